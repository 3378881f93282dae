"""An inspection outside of any desk: a source is looked into, nothing is kept, no store is needed."""

from collections.abc import Callable, Sequence

from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.inspect.sources import Source, open_source
from gifthorse.model.inspections import Inspection

__all__ = ["Options", "Source", "inspect_source", "open_sources"]


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
