"""How far each weight may go, and what is said of one that goes further."""

import msgspec
import pytest

from gifthorse.assess.weights import SCHEMA, read_weights, standard_weights
from gifthorse.model.tactics import catalogue
from tests.assess.test_weights import changed

OTHER = {"reason": "x", "reviewer": "y", "reviewed_on": "2026-01-01"}


@pytest.mark.parametrize(
    "body",
    [
        changed("grade_of_reference", "value", to=1),
        changed("repeat", "value", to=0),
        changed("repeat", "value", to=0.999),
        changed("groups", "contact", "cap", to=0.001),
        changed("groups", "contact", "reason", to="x"),
        changed("tactics", "T53", "value", to=0),
        changed("measures", "debt", "tactics", "T40", to=0),
        changed("measures", "debt", "tactics", "T40", to=1),
        changed("measures", "ask", "ask", to=[0, 0, 0, 0, 1]),
        changed("mitigators", "employer_paid", to=OTHER | {"points": 0, "softens_to": 1}),
        changed("mitigators", "employer_paid", "softens_to", to=0.001),
        changed("mitigators_most", "value", to=0),
    ],
    ids=["reference", "no repeat", "repeat", "cap", "reason", "tactic", "none", "whole", "ask", "off", "softens", "most"],
)
def test_a_weight_may_go_to_the_very_end_of_its_range(body):
    assert read_weights(body, catalogue()).schema == SCHEMA == "gifthorse.weights/1"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (changed("schema", to="other/1"), "expected gifthorse.weights/1"),
        (changed("groups", "contact", to=None), "no weight for the group contact"),
        (changed("mitigators", "employer_paid", to=None), "no weight for the mitigator employer_paid"),
        (changed("reliability", "F", to=None), "no weight for the reliability F"),
        (changed("credibility", "6", to=None), "no weight for the credibility 6"),
        (changed("tactics", "T999", to=OTHER | {"value": 1}), "unknown tactic T999"),
        (changed("measures", "debt", "tactics", to={"T998": 1}), "unknown tactic T998"),
        (changed("repeat", "value", to=1), "^a repeat must count for less than one, and the grade of reference for a share"),
        (changed("grade_of_reference", "value", to=0), "^a repeat must count"),
        (changed("grade_of_reference", "value", to=1.001), "^a repeat must count"),
        (changed("measures", "debt", "tactics", to={}), "measure debt must read tactics, asks or favours"),
        (changed("measures", "debt", "favour", to=[0, 0, 0, 1]), "measure debt must read tactics, asks or favours"),
        (changed("measures", "favour", "favour", to=[0, 1, 0.9, 1]), "measure favour must begin at nothing and not fall"),
        (changed("measures", "ask", "ask", to=[0.1, 1, 1, 1, 1]), "measure ask must begin at nothing and not fall"),
        (changed("rules", "handling", "then", to=None), "rule handling needs a known measure as its `then`, or none"),
        (changed("rules", "handling", "first", to="task"), "rule handling needs a known measure as its `first`, or none"),
        (changed("rules", "weakness.answered", "first", to="nonsense"), "rule weakness.answered needs a known measure as its `first`"),
        (changed("rules", "secrecy.after_favour", "then", to=None), "rule secrecy.after_favour needs a known measure as its `then`"),
        (changed("rules", "ask.ladder", "then", to="ask"), "rule ask.ladder needs a known measure as its `then`, or none"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_hold_together_is_named(body, said):
    with pytest.raises(msgspec.ValidationError, match=said):
        read_weights(body, catalogue())


@pytest.mark.parametrize(
    "path",
    [
        ("groups", "contact"),
        ("tactics", "T53"),
        ("measures", "debt"),
        ("rules", "handling"),
        ("mitigators", "employer_paid"),
        ("repeat",),
        (),
    ],
    ids=["group", "tactic", "measure", "rule", "mitigator", "number", "whole"],
)
def test_a_field_that_nobody_knows_is_refused_wherever_it_stands(path):
    with pytest.raises(msgspec.ValidationError, match="unknown field `surprise`"):
        read_weights(changed(*path, "surprise", to=1), catalogue())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("groups", "contact", "cap"), 0),
        (("groups", "contact", "half_life_months"), 0),
        (("measures", "debt", "tactics", "T40"), 1.001),
        (("measures", "debt", "tactics", "T40"), -0.001),
        (("tactics", "T53", "value"), -0.001),
        (("mitigators", "employer_paid", "softens_to"), 0),
        (("mitigators", "employer_paid", "softens_to"), 1.001),
        (("mitigators", "employer_paid", "points"), -0.001),
        (("rules", "handling", "reviewer"), ""),
    ],
    ids=lambda value: value[0] + "." + value[-1] if isinstance(value, tuple) else str(value),
)
def test_a_weight_beyond_its_range_is_refused(path, value):
    with pytest.raises(msgspec.ValidationError, match="Expected"):
        read_weights(changed(*path, to=value), catalogue())


def test_every_group_of_the_catalogue_has_its_weights():
    assert set(standard_weights().groups) == {tactic.group for tactic in catalogue().tactics}
