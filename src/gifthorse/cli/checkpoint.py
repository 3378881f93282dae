"""`gifthorse checkpoint`: signs what the ledger is now, to be kept where the desk's own administrators can't change it."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from gifthorse.cli.console import DataFolder, desk_in_use
from gifthorse.model.errors import NotAccepted


def run(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to write it; standard output unless given.")] = None,
    data: DataFolder = None,
    json: Annotated[bool, typer.Option("--json", help="A checkpoint is JSON in any case.")] = False,  # noqa: ARG001 - part of every verb
) -> int:
    """Sign a checkpoint of the ledger; keep it away from this machine, and give it to `gifthorse verify` later."""
    with desk_in_use(data):
        from gifthorse.model.roles import DESK_ITSELF
        from gifthorse.procedures.sign_checkpoint import sign

        document = sign(DESK_ITSELF)
    if file is None:
        sys.stdout.write(document.decode())
    else:
        _write(file, document)
    return 0


def _write(path: Path, document: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644), "wb") as out:
            out.write(document)
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError as error:
        raise NotAccepted(f"There is a file {path} already. Choose another name; checkpoints are kept, not replaced.") from error
