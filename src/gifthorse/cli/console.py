"""What the verbs of the machine's console share: the desk in a data folder, opened without serving it, and a bar that counts."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from gifthorse.cli.speech import N_, _
from gifthorse.model.errors import Unreadable, WrongState

DataFolder = Annotated[Path | None, typer.Option("--data", envvar="GIFTHORSE_DATA", metavar="DIR", help="The desk's data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
PHASES = {
    "ledger": N_("Checking the ledger"),
    "records": N_("Checking the records"),
    "files": N_("Copying files"),
    "restore": N_("Reading the backup"),
}


@contextmanager
def desk_at(data: Path | None) -> Iterator[None]:
    """Within, the desk in the folder *data* can be used. What its database refuses becomes one line that says what to do."""
    folder = (data or Path("data")).resolve()
    os.environ["GIFTHORSE_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gifthorse.desk.settings")
    import django
    from django.db import DatabaseError

    django.setup()
    try:
        yield
    except DatabaseError as error:
        raise Unreadable(f"The desk's database doesn't answer: {error}. Run `gifthorse doctor` to see what is wrong.") from error


@contextmanager
def desk_in_use(data: Path | None) -> Iterator[None]:
    """As `desk_at`, for a desk that has been set up. Raises WrongState when there is none, or its tables are of another version."""
    with desk_at(data):
        from gifthorse.procedures.examine_desk import is_set_up, is_up_to_date

        if not is_set_up():
            raise WrongState(N_("There is no desk in this data folder. Say which one with --data, or start one with `gifthorse desk`."))
        if not is_up_to_date():
            raise WrongState(
                N_("The desk's tables are of another version of gifthorse. Start `gifthorse desk` once: it brings them up to date.")
            )
        yield


@contextmanager
def counted() -> Iterator[Callable[[str, int, int], None]]:
    """What to tell a phase, how much is done and of how much: a bar on standard error, for a person at a terminal alone."""
    if not sys.stderr.isatty():
        yield lambda _phase, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(phase: str, done: int, total: int) -> None:
            bar.update(task, description=_(PHASES.get(phase, phase)), completed=done, total=max(total, 1))

        yield tell
