"""`gifthorse backup`: one encrypted file with everything that is kept, made while the desk is used."""

from pathlib import Path
from typing import Annotated

import typer

from gifthorse.cli.console import AsJson, DataFolder, counted, desk_in_use
from gifthorse.cli.speech import _


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write; the records' keys go beside it as gifthorse.keys.")],
    data: DataFolder = None,
    json: AsJson = False,
) -> int:
    """Back up the desk. The keyring is not in the backup: keep a copy of it elsewhere, or the backup can never be read."""
    with desk_in_use(data):
        from gifthorse.model.roles import DESK_ITSELF
        from gifthorse.procedures.back_up import Made, back_up

        with counted() as progress:
            made: Made = back_up(DESK_ITSELF, file.resolve(), progress)
    if json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode({"schema": "gifthorse.backup/1", **msgspec.to_builtins(made)}), indent=1).decode())
    else:
        numbers = {"rows": made.rows, "files": made.files, "path": made.path, "megabytes": f"{made.bytes / 1e6:.1f}", "keys": made.keys}
        print(_("{rows} rows and {files} files are in {path} ({megabytes} MB).").format(**numbers))
        print(
            _("The records' keys are in {keys}, which each backup replaces: keep both, and a copy of the keyring elsewhere.").format(
                **numbers
            )
        )
        for sealed_id in made.lost:
            print(_("The file of {id} was missing and is not in the backup. Run `gifthorse verify`.").format(id=sealed_id))
    return 1 if made.lost else 0
