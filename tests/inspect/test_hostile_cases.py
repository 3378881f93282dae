"""The evaluation: every hostile case of our own, run through the real engine in one inspection of one folder."""

from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.model.inspections import Inspection, Verdict
from tests.samples.hostile.cases import Case, by_class, every_case, lay_out, missed

LEAST_RECALL = 0.97
FEWEST_CASES = 200
FEWEST_CLASSES = 60


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return every_case()


@pytest.fixture(scope="module")
def inspection(cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> Inspection:
    root: Path = tmp_path_factory.mktemp("hostile")
    lay_out(cases, root)
    return engine.inspect(str(root))


def test_the_cases_are_many_and_of_many_classes(cases: dict[str, Case]) -> None:
    assert len(cases) >= FEWEST_CASES
    assert len({case.kind for case in cases.values()}) >= FEWEST_CLASSES


def test_nearly_every_hostile_case_is_found_for_what_it_is(cases: dict[str, Case], inspection: Inspection) -> None:
    misses = missed(cases, inspection.findings)
    told = [f"{name} ({cases[name].kind}): {', '.join(cases[name].files)}" for name in misses]
    recalls = [found / total for _, total, found in by_class(cases, misses)]
    assert sum(recalls) / len(recalls) >= LEAST_RECALL, told
    assert len(cases) - len(misses) >= LEAST_RECALL * len(cases), told


def test_no_reader_stops_on_a_hostile_case(inspection: Inspection) -> None:
    assert [finding for finding in inspection.findings if finding.id == "parser.crashed"] == []


def test_the_medium_as_a_whole_is_called_hostile(inspection: Inspection) -> None:
    assert inspection.verdict is Verdict.HOSTILE


def test_a_finding_that_is_taken_away_is_missed(cases: dict[str, Case], inspection: Inspection) -> None:
    fewer = tuple(finding for finding in inspection.findings if finding.id != "pdf.launch")
    assert {cases[name].kind for name in missed(cases, fewer)} >= {"PDF: starts something outside"}
