"""`gifthorse restore`: the desk becomes what it was when a backup was made."""

from pathlib import Path
from typing import Annotated

import typer

from gifthorse.cli.console import AsJson, DataFolder, counted, desk_at
from gifthorse.cli.speech import _, told


def run(  # noqa: PLR0917 - the options of the verb
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    keys: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The records' keys. [default: gifthorse.keys beside the backup]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace everything in a desk that is in use.")] = False,
    damaged: Annotated[bool, typer.Option("--damaged", help="Restore even what was damaged before the backup was made.")] = False,
    data: DataFolder = None,
    json: AsJson = False,
) -> int:
    """Restore a backup into an empty data folder that has the keyring in place, and check every record of it."""
    with desk_at(data):
        from gifthorse.model.roles import DESK_ITSELF
        from gifthorse.procedures.restore_backup import prepare, restore

        prepare()
        with counted() as progress:
            restored = restore(DESK_ITSELF, file.resolve(), keys=keys, replace=force, even_damaged=damaged, progress=progress)
    loaded, report = restored.loaded, restored.report
    if json:
        import msgspec

        damages = [{"table": damage.table, "id": damage.id, "what": damage.what.in_english()} for damage in report.damages]
        document = {"schema": "gifthorse.restore/1", **msgspec.to_builtins(loaded), "whole": report.whole, "damages": damages}
        print(msgspec.json.format(msgspec.json.encode(document), indent=1).decode())
    else:
        print(_("Restored as of {at}: {rows} rows and {files} files.").format(at=loaded.made_at, rows=loaded.rows, files=loaded.files))
        if loaded.erased_since:
            print(_("{count} records were erased after that and stay erased.").format(count=len(loaded.erased_since)))
        for damage in report.damages:
            print(f"  {damage.table} {damage.id}: {told(damage.what)}")
        if report.whole:
            print(_("Every record was checked against the ledger: everything is as the desk left it."))
    return 0 if report.whole else 1
