"""Case files replayed through the assessment that the desk uses. No database is needed, and nothing is written."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from gifthorse.assess.case_files import read_cases
from gifthorse.assess.levels import read_thresholds, standard_thresholds
from gifthorse.assess.replay import ReplayedCase, replay
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Thresholds

Found = TypeVar("Found")


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """All cases of a file with the thresholds that were used."""

    thresholds: Thresholds
    cases: tuple[ReplayedCase, ...]


def replay_cases(cases_file: str, thresholds_file: str | None = None, progress: Callable[[str, int, int], None] | None = None) -> Replay:
    """Every case of the file, step by step. Raises NotAccepted for other content, OSError for what can't be read."""
    thresholds = standard_thresholds() if thresholds_file is None else _read(thresholds_file, read_thresholds)
    cases = _read(cases_file, read_cases)
    replayed = []
    for done, case in enumerate(cases, 1):
        replayed.append(replay(case, thresholds))
        if progress is not None:
            progress("replay", done, len(cases))
    return Replay(thresholds=thresholds, cases=tuple(replayed))


def _read(path: str, reader: Callable[[bytes], Found]) -> Found:
    with open(path, "rb") as file:
        body = file.read()
    try:
        return reader(body)
    except NotAccepted as error:
        raise NotAccepted(f"{path}: {error}", field=error.field) from error
