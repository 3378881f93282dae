import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.inspections import (
    Coverage,
    Engine,
    Inspection,
    NotInspected,
    Reason,
    Source,
    SourceKind,
    Timings,
    Verdict,
    to_json,
    verdict_of,
)
from gifthorse.model.words import phrase

KIND = FindingKind(
    id="name.padded",
    severity=Severity.HIGH,
    confidence=0.9,
    title="t",
    why="w",
    what_to_do="d",
    benign_explanation="b",
    technique=("T1036",),
)
ALL_SEEN = Coverage(bytes_total=10, bytes_accounted=10, items_total=2, items_inspected=2)
ENCRYPTED = Coverage(
    bytes_total=10,
    bytes_accounted=10,
    items_total=2,
    items_inspected=1,
    not_inspected=(NotInspected(path="a.zip", reason=Reason.ENCRYPTED),),
)


def found(severity: Severity) -> Finding:
    return KIND.found(Evidence(path="a"), severity=severity)


@pytest.mark.parametrize(
    ("severity", "verdict"),
    [
        (Severity.INFO, Verdict.CLEAR),
        (Severity.LOW, Verdict.CLEAR),
        (Severity.MEDIUM, Verdict.CAUTION),
        (Severity.HIGH, Verdict.DANGEROUS),
        (Severity.CRITICAL, Verdict.HOSTILE),
    ],
)
def test_the_gravest_finding_decides(severity: Severity, verdict: Verdict) -> None:
    assert verdict_of([found(Severity.INFO), found(severity)], ALL_SEEN) is verdict


def test_what_was_not_seen_forbids_clear() -> None:
    assert verdict_of([], ENCRYPTED) is Verdict.CAUTION
    assert verdict_of([], Coverage(bytes_total=10, bytes_accounted=9, items_total=1, items_inspected=1)) is Verdict.CAUTION


def test_a_source_of_which_nothing_was_seen_is_not_inspected() -> None:
    nothing = Coverage(
        bytes_total=10,
        bytes_accounted=0,
        items_total=1,
        items_inspected=0,
        not_inspected=(NotInspected(path="a", reason=Reason.UNREADABLE),),
    )
    assert verdict_of([], nothing) is Verdict.NOT_INSPECTED


@given(st.lists(st.sampled_from(Severity)), st.sampled_from(Severity))
def test_one_more_finding_never_lowers_a_verdict(severities: list[Severity], added: Severity) -> None:
    order = [Verdict.CLEAR, Verdict.CAUTION, Verdict.DANGEROUS, Verdict.HOSTILE]
    before = verdict_of([found(s) for s in severities], ALL_SEEN)
    after = verdict_of([found(s) for s in [*severities, added]], ALL_SEEN)
    assert order.index(after) >= order.index(before)


def an_inspection() -> Inspection:
    finding = KIND.found(Evidence(path="a > b", offset=3), detail=phrase("Shown as {shown}.", shown="x"))
    return Inspection(
        source=Source(name="stick.img", kind=SourceKind.IMAGE, bytes=10, sha256="00"),
        verdict=Verdict.DANGEROUS,
        findings=(finding,),
        coverage=ENCRYPTED,
        engine=Engine(version="1", rules="1", confinement=("seccomp",)),
        timings=Timings(total_s=0.5),
    )


def test_the_document_has_the_fields_of_the_contract() -> None:
    document = json.loads(to_json(an_inspection()))
    assert document["schema"] == "gifthorse.inspection/1"
    assert {"source", "verdict", "findings", "coverage", "engine", "timings"} <= document.keys()
    finding = document["findings"][0]
    assert {
        "id",
        "severity",
        "confidence",
        "title",
        "why",
        "what_to_do",
        "benign_explanation",
        "technique",
        "detector",
        "evidence",
    } <= finding.keys()
    assert finding["detector"] == "name.padded@1"
    assert finding["detail"] == "Shown as x."
    assert {"path", "partition", "offset", "length", "sha256", "excerpt"} <= finding["evidence"][0].keys()
    assert document["coverage"]["not_inspected"] == [{"path": "a.zip", "reason": "encrypted", "detail": ""}]


def test_the_list_of_contents_comes_only_when_it_is_asked_for() -> None:
    assert "contents" not in json.loads(to_json(an_inspection()))
    assert json.loads(to_json(an_inspection(), contents=True))["contents"] == []
