import json
from importlib.resources import files

import msgspec
import pytest

from gifthorse.assess.diagnosticity import WORDS, Bearing, Hypothesis, diagnosticity, kinds_of_evidence, read_diagnosticity
from gifthorse.model.tactics import catalogue

BODY = (files("gifthorse.assess") / "data" / "diagnosticity.json").read_bytes()


def changed(change) -> bytes:
    content = json.loads(BODY)
    change(content)
    return json.dumps(content).encode()


def test_every_tactic_ask_favour_and_mitigator_has_its_row():
    rows = diagnosticity()
    assert set(rows) == kinds_of_evidence()
    assert {f"tactic:{tactic.id}" for tactic in catalogue().tactics} <= set(rows)
    assert {"ask:1", "ask:4", "favour:small", "favour:large", "mitigator:employer_paid", "circumstance:several_reporters"} <= set(rows)
    assert not {"ask:0", "favour:none"} & set(rows)


def test_no_row_fits_nothing_and_none_speaks_against_all():
    for row in diagnosticity().values():
        bearings = [row.bearing(hypothesis) for hypothesis in Hypothesis]
        assert Bearing.CONSISTENT in bearings, row.evidence


def test_no_tactic_speaks_against_cultivation_and_no_single_one_proves_it_alone():
    for evidence, row in diagnosticity().items():
        if evidence.startswith("tactic:"):
            assert row.cultivation is Bearing.CONSISTENT, evidence


def test_mitigators_never_speak_against_ordinary_business_and_never_only_for_cultivation():
    for evidence, row in diagnosticity().items():
        if evidence.startswith("mitigator:"):
            assert row.ordinary_business is Bearing.CONSISTENT
            assert row.cultivation is not Bearing.CONSISTENT


def test_the_tactics_closest_to_origin_speak_against_nothing_harmless():
    for tactic in ("T07", "T12"):
        row = diagnosticity()[f"tactic:{tactic}"]
        assert Bearing.INCONSISTENT not in (row.ordinary_business, row.friendship, row.cultivation)


def test_each_row_has_a_reason_of_its_own():
    reasons = [row.reason for row in diagnosticity().values()]
    assert all(len(reason.split()) >= 5 for reason in reasons)
    assert len(set(reasons)) == len(reasons)
    assert not any("suspect" in reason.lower() for reason in reasons)


def test_every_hypothesis_has_words():
    assert set(WORDS) == set(Hypothesis)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(schema="gifthorse.diagnosticity/2"),
        lambda c: c["rows"].append(c["rows"][0]),
        lambda c: c["rows"].pop(),
        lambda c: c["rows"][0].update(evidence="tactic:T999"),
        lambda c: c["rows"][0].update(reason="  "),
        lambda c: c["rows"][0].update(grudge="perhaps"),
        lambda c: c["rows"][0].pop("friendship"),
        lambda c: c["rows"][0].update(extra="x"),
        lambda c: c.pop("note"),
    ],
    ids=["schema", "doubled", "missing", "unknown", "no reason", "no bearing", "no cell", "extra", "no note"],
)
def test_a_damaged_table_is_not_read(change):
    with pytest.raises(msgspec.ValidationError):
        read_diagnosticity(changed(change))


def test_the_packaged_table_is_the_one_that_is_read():
    assert read_diagnosticity(BODY) == diagnosticity()
    assert len(diagnosticity()) == 77


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(schema="x"), "expected gifthorse.diagnosticity/1 with each kind of evidence once"),
        (lambda c: c["rows"][0].update(reason=" "), "every row needs its reason"),
    ],
    ids=["schema", "reason"],
)
def test_an_error_says_what_the_table_lacks(change, message):
    with pytest.raises(msgspec.ValidationError) as caught:
        read_diagnosticity(changed(change))
    assert str(caught.value) == message


def test_what_is_missing_is_named():
    with pytest.raises(msgspec.ValidationError, match="circumstance:nothing_hidden"):
        read_diagnosticity(changed(lambda c: c["rows"].pop()))
