"""`gifthorse verify`: the check of everything that is kept against the tamper-evident ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gifthorse.cli.console import AsJson, DataFolder, counted, desk_in_use
from gifthorse.cli.speech import N_, _, told
from gifthorse.model.errors import Unreadable

if TYPE_CHECKING:
    from gifthorse.procedures.verify_records import Report


def run(
    checkpoint: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A checkpoint that was kept elsewhere. May be given again.")
    ] = None,
    data: DataFolder = None,
    json: AsJson = False,
) -> int:
    """Check every record against the ledger; each damaged record is named."""
    documents = [_read(path) for path in checkpoint or []]
    with desk_in_use(data):
        from gifthorse.model.roles import DESK_ITSELF
        from gifthorse.procedures.verify_records import verify

        with counted() as progress:
            report = verify(DESK_ITSELF, untrusted_checkpoints=documents, progress=progress)
    print(_document(report) if json else _text(report, compared=len(documents)))
    return 0 if report.whole else 1


def _text(report: "Report", *, compared: int) -> str:
    numbers = {"entries": report.entries, "records": report.records, "files": report.files, "checkpoints": report.checkpoints}
    lines = [
        _("{entries} ledger entries, {records} records, {files} files and {checkpoints} checkpoints were checked.").format(**numbers),
        _("The ledger ends with {head}.").format(head=report.head),
    ]
    if compared:
        lines.append(_("Compared with {count} checkpoints that were kept elsewhere.").format(count=compared))
    lines += [f"  {damage.table} {damage.id}: {told(damage.what)}" for damage in report.damages]
    if report.whole:
        lines.append(_("Everything is as the desk left it."))
        if not compared:
            lines.append(
                _(N_("A ledger whose end was cut off can't be told without a checkpoint kept elsewhere: give one with --checkpoint."))
            )
    else:
        lines.append(
            _(
                "{count} things are not as the desk left them. Keep a copy of the data folder as it is, then restore the last good backup."
            ).format(count=len(report.damages))
        )
    return "\n".join(lines)


def _document(report: "Report") -> str:
    import msgspec

    document = {
        "schema": "gifthorse.verify/1",
        "whole": report.whole,
        "entries": report.entries,
        "records": report.records,
        "files": report.files,
        "checkpoints": report.checkpoints,
        "head": report.head,
        "damages": [{"table": damage.table, "id": damage.id, "what": damage.what.in_english()} for damage in report.damages],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"The checkpoint {path} can't be read: {error.strerror}. Check the name.") from error
