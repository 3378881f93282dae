"""An inspection outside of any desk: a source is looked into, nothing is kept, no store is needed."""

from collections.abc import Callable, Sequence

from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.inspect.safe_copy.making import make_safe_copy
from gifthorse.inspect.safe_copy.writing import Manifest, check_place
from gifthorse.inspect.sources import Source, open_source
from gifthorse.model.errors import NotAccepted
from gifthorse.model.inspections import Inspection
from gifthorse.model.words import N_

__all__ = ["Manifest", "Options", "Source", "check_safe_copy", "copy_safely", "inspect_source", "open_sources"]


def open_sources(paths: Sequence[str], as_kind: str) -> list[Source]:
    """Each of *paths* opened read-only; raises Unreadable or NotAccepted for the first that can't be, with all others closed."""
    opened: list[Source] = []
    try:
        for path in paths:
            opened.append(open_source(path, as_kind=as_kind))  # noqa: PERF401 - what is open must be known when one fails
    except BaseException:
        for source in opened:
            source.close()
        raise
    return opened


def inspect_source(source: Source, options: Options, progress: Callable[[str, int, int], None] | None = None) -> Inspection:
    """The inspection of an open *source*."""
    return engine.inspect(source, options=options, progress=progress)


def check_safe_copy(folder: str, paths: Sequence[str]) -> None:
    """Raises NotAccepted when no safe copy of the one source can be laid into *folder*."""
    if len(paths) != 1:
        raise NotAccepted(N_("A safe copy is made of one source at a time. Give one."), field="safe-copy")
    check_place(folder, paths[0])


def copy_safely(source: Source, folder: str, inspection: Inspection, options: Options) -> Manifest:
    """*folder* holds a harmless copy of what the open *source*, of which *inspection* is, says."""
    return make_safe_copy(source, folder, inspection, workers=options.workers, passwords=options.passwords)
