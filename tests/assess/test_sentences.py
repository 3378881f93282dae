"""What each reason says: of one observation, of several within a month, and of several over months."""

import pytest

from gifthorse.assess.reasons import FLOOR, GROUP_RULES, MITIGATORS
from gifthorse.assess.scale import scale_of, standard_scale
from gifthorse.assess.score import score
from gifthorse.assess.sentences import sentence
from gifthorse.assess.weights import standard_weights
from gifthorse.model.tactics import catalogue
from tests.samples.threads import seen


def told(rule, *thread, scale=None):
    return sentence(rule, range(len(thread)), thread, scale or standard_scale()).in_english()


GROUPS = [
    ("evidence.contact", "T01", "How they met: an unasked message online"),
    ("evidence.probe", "T21", "Probing: questions about weak spots"),
    ("evidence.favour", "T31", "Given or held out: a personal gift"),
    ("evidence.secrecy", "T51", "Kept out of sight: a request to keep it secret"),
    ("evidence.ask", "T62", "Asked: documents, code or samples"),
    ("evidence.coercion", "T71", "Pressure: a threat or blackmail"),
    ("evidence.technical", "T82", "Devices and rooms: malicious software"),
]


@pytest.mark.parametrize(("rule", "tactic", "said"), GROUPS, ids=[rule for rule, *_ in GROUPS])
def test_evidence_names_what_was_done_and_how_often_it_was_reported(rule, tactic, said):
    assert told(rule, seen(0, tactic)) == f"{said}."
    assert told(rule, seen(0, tactic), seen(1, tactic)) == f"{said} (reported 2 times)."
    assert told(rule, seen(0, tactic), seen(1, tactic), seen(9, tactic)) == f"{said} (reported 3 times)."


def test_evidence_names_the_tactics_of_its_own_group_alone():
    everything = seen(0, *(tactic for _, tactic, _ in GROUPS))
    for rule, _, said in GROUPS:
        assert told(rule, everything) == f"{said}."
    assert {rule for rule, *_ in GROUPS} == set(GROUP_RULES.values())


ASKED = "restricted know-how or access"
JOINED = [
    (
        *("ask.protected", (), f"The contact asked for {ASKED}."),
        f"The contact asked 2 times for what is not public, up to {ASKED}, within a month.",
        f"The contact asked 2 times for what is not public, up to {ASKED}, within 7 months.",
    ),
    (
        *("ask.after_favour", (), f"A favour and an ask for {ASKED} came together."),
        f"Favours came first, then asks, up to {ASKED}, within a month.",
        f"Favours came first, then asks, up to {ASKED}, within 7 months.",
    ),
    (
        *("ask.after_affection", (), f"Affection came together with an ask for {ASKED}."),
        f"Affection came first, then an ask for {ASKED}, within a month.",
        f"Affection came first, then an ask for {ASKED}, within 7 months.",
    ),
    (
        *("ask.after_closeness", (), f"Growing closeness came together with an ask for {ASKED}."),
        f"The contact grew close, then asked for {ASKED}, within a month.",
        f"The contact grew close, then asked for {ASKED}, within 7 months.",
    ),
    (
        *("ask.after_hiding", (), f"Something kept out of sight came together with an ask for {ASKED}."),
        f"Something was kept out of sight, then came an ask for {ASKED}, within a month.",
        f"Something was kept out of sight, then came an ask for {ASKED}, within 7 months.",
    ),
    (
        *("task.after_favour", ("T24", "T62"), "A favour came together with a task: a harmless test task."),
        "Favours came first, then a task within a month: a harmless test task.",
        "Favours came first, then a task within 7 months: a harmless test task.",
    ),
    (
        *("debt.after_favour", (), "A favour was given and called in at once."),
        "Favours were given and called in within a month.",
        "Favours were given and called in within 7 months.",
    ),
    (
        *("secrecy.after_favour", ("T52", "T62"), "After a favour, something was kept out of sight: covert means of communication."),
        "Within a month of favours, something was kept out of sight: covert means of communication.",
        "Within 7 months of favours, something was kept out of sight: covert means of communication.",
    ),
    (
        *("weakness.answered", (), "Questions about a weak spot came together with money or help."),
        "Questions about a weak spot and money or help came within a month.",
        "Questions about a weak spot and money or help came within 7 months.",
    ),
    (
        *("travel.private_line", (), "Travel at the contact's expense came together with a private line."),
        "Travel at the contact's expense and a private line came within a month.",
        "Travel at the contact's expense and a private line came within 7 months.",
    ),
    ("handling", ("T41", "T62"), *("This is how somebody who runs people works: a handover to a successor.",) * 3),
    ("pressure", (), *("One of us was put under pressure. Offer help now.",) * 3),
    ("contact.several", (), *("The same contact approached several of us.",) * 3),
    (
        *("ask.ladder", (), f"The asks climbed up to {ASKED}."),
        f"Within a month the asks climbed, up to {ASKED}.",
        f"Within 7 months the asks climbed, up to {ASKED}.",
    ),
    (
        *("reporters", (), "1 people reported this."),  # never told of one: the rule needs two
        "2 people reported this within a month.",
        "2 people reported this within 7 months.",
    ),
    (MITIGATORS, (), *("Speaks for ordinary business: our house paid, a colleague was present.",) * 3),
    (FLOOR, (), *("What speaks for ordinary business outweighs the rest: no score goes below zero.",) * 3),
]


@pytest.mark.parametrize(("rule", "tactics", "once", "soon", "long"), JOINED, ids=[rule for rule, *_ in JOINED])
def test_a_rule_says_what_it_saw_and_over_how_long(rule, tactics, once, soon, long):
    first = seen(3, *tactics, ask=4, mitigators=("colleague_present", "employer_paid"))
    assert told(rule, first) == once
    assert told(rule, first, seen(4, ask=1, reporter="r2")) == soon
    assert told(rule, first, seen(4.6, ask=1, reporter="r2")).replace(" 2 months", " 7 months") == long
    assert told(rule, first, seen(10, ask=1, reporter="r2")) == long


def test_what_takes_off_has_ids_that_never_change():
    assert (MITIGATORS, FLOOR) == ("mitigators", "floor")


def test_every_rule_that_is_shipped_is_told_above():
    assert {rule for rule, *_ in JOINED} == {*standard_weights().rules, MITIGATORS, FLOOR}


@pytest.mark.parametrize(
    ("level", "said"),
    [(0, "nothing"), (1, "public knowledge or an opinion"), (2, "personal matters or colleagues"), (3, "internal matters"), (4, ASKED)],
    ids=["none", "public", "personal", "internal", "restricted"],
)
def test_the_furthest_ask_is_the_one_that_is_named(level, said):
    assert told("ask.ladder", seen(0), seen(0, ask=level), seen(9)) == f"Within 9 months the asks climbed, up to {said}."


def test_all_mitigators_are_named_in_one_order():
    all_of_them = ("identity_verified", "contract_countervalue", "colleague_present", "official_channel", "employer_paid")
    said = "an official channel, our house paid, a contract, the contact's identity was verified, a colleague was present"
    assert told(MITIGATORS, seen(0, mitigators=all_of_them)) == f"Speaks for ordinary business: {said}."


def test_tactics_are_named_once_in_the_catalogues_order():
    thread = (seen(0, "T33", "T31"), seen(1, "T30", "T31"))
    assert told("evidence.favour", *thread) == "Given or held out: lavish hospitality, a personal gift, paid travel (reported 2 times)."


def test_what_is_counted_is_counted_from_the_observations_that_carry_the_reason():
    thread = (seen(0, ask=1), seen(5, "T01", ask=3), seen(8, ask=2, reporter="r2"), seen(30, "T30", reporter="r3"))
    said = sentence("reporters", (1, 2), thread, standard_scale())
    assert said.in_english() == "2 people reported this within 3 months."
    assert said.values == {"people": "2", "months": "3"}


def test_a_tactic_that_is_switched_off_is_not_named():
    off = scale_of(standard_weights(), catalogue(), {"T07"})
    assert told("evidence.contact", seen(0, "T07", "T06"), scale=off) == "How they met: an approach at a fair, conference or reception."
    assert all("trade-office" not in reason.sentence.in_english() for reason in score([seen(0, "T07", "T06")], scale=off).reasons)


def test_a_rule_that_nobody_wrote_a_sentence_for_says_how_many_reports_it_rests_on():
    assert told("house.own", seen(0), seen(1), seen(9)) == "A rule of this house applies (reports: 3)."
