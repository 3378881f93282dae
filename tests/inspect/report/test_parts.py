"""The sentences and groups that all forms of the report share."""

import re

import msgspec
import pytest

from gifthorse.inspect.report import parts, words
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Reason, SourceKind, Verdict
from tests.samples import inspections

ALL = (
    inspections.camera_card,
    inspections.dangerous_stick,
    inspections.encrypted_archive,
    inspections.hostile_names,
    inspections.nothing_read,
)


@pytest.mark.parametrize("made", ALL)
def test_no_sentence_ever_says_clean_or_safe(made):
    inspection = made()
    told = [
        parts.verdict_sentence(inspection),
        *parts.verdict_meaning(inspection),
        *parts.verdict_limits(inspection),
        *parts.next_steps(inspection),
    ]
    told += [*parts.coverage_lines(inspection), parts.confinement_sentence(inspection)]
    text = " ".join(phrase.in_english() for phrase in told) + " ".join(words.VERDICT_WORDS.values())
    assert not re.search(r"\b(clean|safe|harmless|secure)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("kind", [SourceKind.IMAGE, SourceKind.DEVICE, SourceKind.USB])
def test_whatever_the_verdict_a_medium_is_told_not_to_be_plugged_in(kind):
    card = inspections.camera_card()
    limits = parts.verdict_limits(msgspec.structs.replace(card, source=msgspec.structs.replace(card.source, kind=kind)))
    assert "Don't plug it in" in limits[0].in_english()


def test_a_folder_is_not_told_about_a_controller():
    assert "controller" not in " ".join(limit.in_english() for limit in parts.verdict_limits(inspections.many_contents(10)))


def test_caution_for_what_could_not_be_seen_reads_differently_from_caution_for_a_finding():
    unseen = inspections.encrypted_archive()
    found = msgspec.structs.replace(unseen, findings=(inspections.ENCRYPTED.found(severity=Severity.MEDIUM),))
    assert unseen.verdict is Verdict.CAUTION
    assert "not everything could be looked into" in parts.verdict_sentence(unseen).in_english()
    assert "closer look" in parts.verdict_sentence(found).in_english()


def test_findings_are_told_gravest_first_and_those_of_one_kind_together():
    groups = parts.findings_by_severity(inspections.dangerous_stick())
    assert [str(group.severity) for group in groups] == ["high", "low", "info"]
    assert [matter.kind.id for matter in groups[0].matters] == ["executable.disguised", "shortcut.command", "layout.hidden-partition"]
    assert [matter.number for group in groups for matter in group.matters] == [1, 2, 3, 4, 5]
    assert groups[1].matters[0].positions == (4, 5)
    assert groups[1].count == 2


def test_each_finding_has_the_number_of_its_matter():
    assert parts.numbering(inspections.dangerous_stick()) == {3: 1, 1: 2, 2: 3, 4: 4, 5: 4, 0: 5}


def test_only_a_finding_of_weight_decides_the_verdict():
    deciding = parts.deciding_matter(inspections.dangerous_stick())
    assert deciding is not None
    assert deciding.kind.id == "executable.disguised"
    assert parts.deciding_matter(inspections.encrypted_archive()) is None


def test_what_was_not_seen_is_grouped_by_reason_and_counted():
    many = inspections.many_contents(50_000)
    (group,) = parts.coverage_groups(many)
    assert group.reason is Reason.UNSUPPORTED
    assert group.count == len(many.coverage.not_inspected) == 516
    assert len(group.shown) + group.more == group.count
    assert parts.coverage_lines(many)[0].in_english() == "Of a format that this version can't open: 516."


def test_bytes_that_nothing_accounts_for_are_said():
    lines = parts.coverage_lines(inspections.hostile_names())
    assert lines[-1].in_english() == "Bytes of the source that could not be read or placed: 4.19 MB."


def test_a_missing_confinement_is_said_loudly():
    assert "NOT confined" in parts.confinement_sentence(inspections.encrypted_archive()).in_english()
    assert "landlock, seccomp" in parts.confinement_sentence(inspections.camera_card()).in_english()


def test_every_grade_kind_and_reason_has_its_words():
    for table, members in (
        (words.VERDICT_WORDS, Verdict),
        (words.REASON_WORDS, Reason),
        (words.SEVERITY_WORDS, Severity),
        (words.SOURCE_WORDS, SourceKind),
    ):
        assert set(table) == set(members)
