"""Which lines of the parsers the seeds of all targets run through: a target that reaches nothing finds nothing.

Only the bodies of functions count: what runs at import is run by every import.
"""

import importlib.util
import inspect
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from types import CodeType, FrameType, ModuleType
from typing import Any, Final, NamedTuple

import gifthorse.brief
import gifthorse.inspect
import gifthorse.report
from tests.fuzz.target import Target

ROOMS: Final[tuple[ModuleType, ...]] = (gifthorse.inspect, gifthorse.brief, gifthorse.report)


class Reach(NamedTuple):
    """How many of the lines of a module's functions were run."""

    run: int
    lines: int

    @property
    def share(self) -> float:
        return self.run / self.lines if self.lines else 1.0


def reached(targets: Iterable[Target]) -> dict[str, Reach]:
    """Of every module of the rooms, by its name without ``gifthorse.``, what the seeds of *targets* run through."""
    run: dict[str, set[int]] = defaultdict(set)
    for target in targets:
        for seed in target.inputs():
            with _Watching(run):
                _borne(target, seed)
    places = {name: path for room in ROOMS for name, path in modules(room)}
    lines = {name: set(lines_of(path)) for name, path in places.items()}
    return {name: Reach(len(lines[name] & run[path]), len(lines[name])) for name, path in places.items() if lines[name]}


def modules(room: ModuleType) -> Iterator[tuple[str, str]]:
    """(name without ``gifthorse.``, path) of every module of *room*."""
    for info in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        spec = importlib.util.find_spec(info.name)
        if spec is not None and spec.origin is not None:
            yield info.name.removeprefix("gifthorse."), spec.origin


def lines_of(path: str) -> Iterator[int]:
    """The lines within functions of the file at *path*, without their heads."""
    with open(path, encoding="utf-8") as file:
        yield from _within(compile(file.read(), path, "exec"))


def _within(code: CodeType) -> Iterator[int]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & inspect.CO_NEWLOCALS:  # no class body
                yield from (line for _start, _end, line in inner.co_lines() if line and line != inner.co_firstlineno)
            yield from _within(inner)


def _borne(target: Target, seed: bytes) -> None:
    try:
        target.parse(seed)
    except target.allowed:
        return


class _Watching:
    """Within it, the lines of the house's files are noted in *run*, by path."""

    def __init__(self, run: dict[str, set[int]]) -> None:
        self._run = run
        self._before: Any = None

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self._entered)

    def __exit__(self, *_error: object) -> None:
        sys.settrace(self._before)

    def _entered(self, frame: FrameType, _event: str, _value: object) -> Any:
        path = frame.f_code.co_filename
        if "/gifthorse/" not in path:
            return None
        lines = self._run[path]

        def noted(frame: FrameType, event: str, _value: object) -> Any:
            if event == "line":
                lines.add(frame.f_lineno)
            return noted

        return noted
