"""`gifthorse inspect`: looks into what somebody was given, and says what is in there, why it matters and what to do."""

from typing import Annotated

import typer


def run(  # noqa: PLR0917 - Typer reads the options off the parameters
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Disk image, block device (read only), folder, file, mail, or USB description.")
    ],
    as_kind: Annotated[str, typer.Option("--as", metavar="KIND", help="auto, image, device, folder, file, mail or usb.")] = "auto",
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="How many files to read at a time. [default: one per core]")] = None,
    password_file: Annotated[str | None, typer.Option(metavar="FILE", help="Passwords to try on what is encrypted, one per line.")] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Write a report: .html, .pdf, .json, .sarif, .stix.json or .misp.json. May be given again."),
    ] = None,
    rules: Annotated[
        list[str] | None, typer.Option(metavar="DIR", help="YARA rules of your own to look for, a folder or file. May be given again.")
    ] = None,
    safe_copy: Annotated[
        str | None, typer.Option(metavar="DIR", help="Put harmless copies of pictures, documents and texts into this new folder.")
    ] = None,
    cache: Annotated[
        str | None, typer.Option(metavar="DIR", help="Keep verdicts in this folder, sealed, for a second look at the same bytes.")
    ] = None,
    inventory: Annotated[
        bool,
        typer.Option("--inventory", help="Only list what is there: size, type, SHA-256. Nothing is looked into, so nothing is judged."),
    ] = False,
    require_confinement: Annotated[
        bool, typer.Option("--require-confinement", help="Refuse to look where parsers can't be confined.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> int:
    """Look into a gift without trusting it: a memory stick's image, a device, a folder, a file, a mail, what a USB device says."""
    from gifthorse.cli import reports
    from gifthorse.cli.answer import as_text
    from gifthorse.cli.progress import shown_progress
    from gifthorse.model.errors import NotAccepted
    from gifthorse.model.inspections import Verdict
    from gifthorse.model.words import N_
    from gifthorse.procedures.inspect_source import Options, check_safe_copy, copy_safely, inspect_source, open_sources

    options = Options(
        workers=workers,
        passwords=_passwords(password_file),
        rules=tuple(rules or ()),
        require_confinement=require_confinement,
        cache=cache,
        inventory=inventory,
        digests=inventory or bool(report),
    )
    if safe_copy is not None and inventory:
        raise NotAccepted(N_("A safe copy needs a whole inspection. Leave --inventory or --safe-copy out."), field="inventory")
    if safe_copy is not None:
        check_safe_copy(safe_copy, sources)
    opened = open_sources(sources, as_kind)
    try:
        wanted = reports.prepared(report or [], sources)
        inspections = []
        for source in opened:
            with shown_progress(source.untrusted_name) as progress:
                inspections.append(inspect_source(source, options, progress))
            if safe_copy is not None:
                copy_safely(source, safe_copy, inspections[-1], options)
    finally:
        for source in opened:
            source.close()
    for path, render in wanted:
        reports.write(path, render(inspections, context.obj))
    if json:
        print(reports.document(inspections))
    else:
        print("\n\n".join(as_text(inspection) for inspection in inspections))
    return 0 if all(inspection.verdict is Verdict.CLEAR for inspection in inspections) else 1


def _passwords(path: str | None) -> tuple[str, ...]:
    """The lines of the file at *path*, without empty ones."""
    from gifthorse.model.errors import Unreadable

    if path is None:
        return ()
    try:
        with open(path, encoding="utf-8") as lines:
            return tuple(line for line in lines.read().splitlines() if line)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: This is no text in UTF-8. Save the passwords as plain text, one per line.") from error
    except OSError as error:
        raise Unreadable(f"{path}: The password file can't be read ({error.strerror}). Check the path.") from error
