"""The weights as data: reviewed, complete, and refused when they don't hold together."""

import json
from importlib.resources import files

import msgspec
import pytest

from gifthorse.assess.scale import scale_of, standard_scale
from gifthorse.assess.score import score
from gifthorse.assess.sentences import sentence
from gifthorse.assess.tactic_words import TACTIC_WORDS
from gifthorse.assess.weights import Reviewed, read_weights, standard_weights
from gifthorse.model.errors import NotAccepted
from gifthorse.model.tactics import catalogue
from tests.samples.threads import seen

SHIPPED = (files("gifthorse.assess") / "data" / "weights.json").read_bytes()


def reviewed(value):
    if isinstance(value, Reviewed):
        yield value
    if isinstance(value, msgspec.Struct):
        value = {field: getattr(value, field) for field in value.__struct_fields__}
    if isinstance(value, dict):
        for part in value.values():
            yield from reviewed(part)


def test_every_weight_has_one_sentence_of_reason_a_reviewer_and_a_day():
    found = list(reviewed(standard_weights()))
    assert len(found) > 80
    for weight in found:
        assert weight.reason.endswith(".")
        assert ". " not in weight.reason
        assert weight.reviewer
        assert weight.reviewed_on.year >= 2026


def test_every_number_in_the_weights_belongs_to_something_reviewed():
    def loose(value, covered):
        if isinstance(value, dict):
            inside = covered or "reason" in value
            return [number for part in value.values() for number in loose(part, inside)]
        return [] if covered or not isinstance(value, int | float) else [value]

    assert loose(json.loads(SHIPPED), covered=False) == []


def test_a_tactic_weighs_what_the_catalogue_says_unless_it_is_overridden():
    scale = standard_scale()
    for tactic in catalogue().tactics:
        override = standard_weights().tactics.get(tactic.id)
        assert scale.tactics[tactic.id].weight == (override.value if override else tactic.prior_weight)
    assert standard_weights().tactics["T53"].value != catalogue().tactic("T53").prior_weight


def test_each_tactic_has_its_words():
    assert set(TACTIC_WORDS) == {tactic.id for tactic in catalogue().tactics}


def changed(*path, to):
    document = json.loads(SHIPPED)
    place = document
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "body",
    [
        changed("schema", to="other/1"),
        changed("groups", "contact", to=None),
        changed("groups", "contact", "cap", to=0),
        changed("groups", "contact", "reason", to=""),
        changed("groups", "contact", "reviewed_on", to=None),
        changed("mitigators", "employer_paid", to=None),
        changed("mitigators", "employer_paid", "softens_to", to=1.2),
        changed("reliability", "F", to=None),
        changed("credibility", "6", to=None),
        changed("tactics", "T53", "value", to=-1),
        changed("tactics", "T999", to={"value": 1, "reason": "x.", "reviewer": "y", "reviewed_on": "2026-01-01"}),
        changed("measures", "task", "tactics", to={"T999": 1}),
        changed("measures", "task", "tactics", to={}),
        changed("measures", "ask", "ask", to=[0, 1, 0.5, 1, 1]),
        changed("measures", "ask", "ask", to=[0.5, 1, 1, 1, 1]),
        changed("rules", "handling", "then", to="nonsense"),
        changed("rules", "handling", "first", to="task"),
        changed("rules", "ask.after_favour", "first", to=None),
        changed("rules", "ask.after_favour", "points", to=0),
        changed("repeat", "value", to=1),
        changed("grade_of_reference", "value", to=0),
        changed("surprise", to=1),
        b"{}",
        b"",
    ],
    ids=lambda body: "",
)
def test_weights_that_do_not_hold_together_are_refused(body):
    with pytest.raises(msgspec.DecodeError):
        read_weights(body, catalogue())


def test_two_tactics_may_be_switched_off_and_no_others():
    thread = [seen(0, "T07", "T12", "T30")]
    off = scale_of(standard_weights(), catalogue(), {"T07", "T12"})
    assert score(thread, scale=off).score == score([seen(0, "T30")]).score < score(thread).score
    with pytest.raises(NotAccepted, match="T07 and T12") as refused:
        scale_of(standard_weights(), catalogue(), {"T53"})
    assert refused.value.field == "switched_off"


def test_a_rule_of_a_house_of_its_own_gets_a_plain_sentence():
    weights = standard_weights()
    own = msgspec.structs.replace(weights, rules=weights.rules | {"house.own": weights.rules["handling"]})
    reasons = score([seen(0, "T64")], scale=scale_of(own, catalogue())).reasons
    assert next(r.sentence.in_english() for r in reasons if r.rule == "house.own") == "A rule of this house applies (reports: 1)."


def test_a_rule_can_be_left_out_to_see_what_it_adds():
    less = scale_of(standard_weights().without(["handling"]), catalogue())
    thread = [seen(0, "T64")]
    assert score(thread).score - score(thread, scale=less).score == pytest.approx(0.6)
    with pytest.raises(KeyError):
        standard_weights().without(["nonsense"])


@pytest.mark.parametrize("rule", sorted(standard_weights().rules))
def test_each_rule_has_a_sentence_of_its_own(rule):
    thread = [seen(0, "T10", "T64", "T53", "T13", "T71", ask=4, favour="small"), seen(5, "T52", ask=3)]
    assert "rule of this house" not in sentence(rule, (0, 1), thread, standard_scale()).in_english()
