"""The progress bar: on standard error, and only for a person at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gifthorse.cli.speech import N_, _

PHASES = {
    "layout": N_("Reading the partitions"),
    "walk": N_("Listing what is on it"),
    "items": N_("Looking into each file"),
    "hash": N_("Reading every byte once"),
    "report": N_("Putting it together"),
}


@contextmanager
def shown_progress(untrusted_name: str) -> Iterator[Callable[[str, int, int], None] | None]:
    """What to tell the phase and the bytes done and known to; None when nobody is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    from gifthorse.inspect.item import shown

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(shown(untrusted_name), total=None)

        def tell(phase: str, done: int, known: int) -> None:
            bar.update(task, description=_(PHASES.get(phase, phase)), completed=min(done, known), total=known or None)

        yield tell
