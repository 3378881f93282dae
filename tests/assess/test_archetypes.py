"""Archetypes and rates as data: how far each figure may go, and what is said of one that goes further."""

import json
from contextlib import nullcontext
from importlib.resources import files

import msgspec
import pytest

from gifthorse.assess.archetypes import MOST_PER_YEAR, SCHEMA, ordinary_life, read_archetypes, read_rates
from gifthorse.model.errors import NotAccepted
from gifthorse.model.tactics import catalogue

SHIPPED = json.loads((files("gifthorse.assess") / "data" / "archetypes.json").read_bytes())


def changed(*path, to):
    document = json.loads(json.dumps(SHIPPED))
    place = document["archetypes"][0]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return json.dumps(document).encode()


FIRST = SHIPPED["archetypes"][0]["id"]


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (("encounters",), {"least": 1, "mean_more": 0, "most": 1}, None),
        (("encounters",), {"least": 1, "mean_more": 9, "most": 100}, None),
        (("encounters",), {"least": 0, "mean_more": 1, "most": 3}, ">= 1"),
        (("encounters",), {"least": 1, "mean_more": -1, "most": 3}, ">= 0"),
        (("encounters",), {"least": 1, "mean_more": 1, "most": 101}, "<= 100"),
        (("encounters",), {"least": 1, "mean_more": 1, "most": 0}, ">= 1"),
        (("first", "tactics"), {tactic.id: 0.5 for tactic in catalogue().tactics}, None),
        (("first", "tactics"), {}, None),
        (("first", "tactics"), {"T999": 0.5}, f"^{FIRST}: unknown tactic, or nothing to choose from"),
        (("later", "tactics"), {"T999": 0.5}, f"^{FIRST}: unknown tactic"),
        (("first", "ask"), [0, 0, 0, 0, 0.1], None),
        (("first", "ask"), [0, 0, 0, 0, 0], "nothing to choose from"),
        (("later", "favour"), [0, 0.1, 0, 0], None),
        (("later", "favour"), [0, 0, 0, 0], "nothing to choose from"),
        (("first", "surprise"), 1, "unknown field `surprise`"),
        (("encounters", "surprise"), 1, "unknown field `surprise`"),
        (("surprise",), 1, "unknown field `surprise`"),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else "",
)
def test_an_archetype_may_go_to_the_end_of_its_range_and_no_further(path, to, said):
    with pytest.raises(msgspec.ValidationError, match=said) if said else nullcontext():
        assert read_archetypes(changed(*path, to=to)).archetypes[0].id == FIRST


def test_the_file_says_what_it_is_and_holds_nothing_unknown():
    assert ordinary_life().schema == SCHEMA == "gifthorse.archetypes/1"
    with pytest.raises(msgspec.ValidationError, match="unknown field `surprise`"):
        read_archetypes(json.dumps(SHIPPED | {"surprise": 1}).encode())
    with pytest.raises(msgspec.ValidationError, match=r"expected gifthorse\.archetypes/1 with distinct ids"):
        read_archetypes(json.dumps(SHIPPED | {"schema": "x"}).encode())
    with pytest.raises(msgspec.ValidationError, match="with distinct ids"):
        read_archetypes(json.dumps(SHIPPED | {"archetypes": SHIPPED["archetypes"][:1] * 2}).encode())


@pytest.mark.parametrize("rate", [0, 0.001, 9999.5, 10_000], ids=str)
def test_a_rate_may_be_from_nothing_to_ten_thousand_a_year(rate):
    assert MOST_PER_YEAR == 10_000
    assert read_rates(json.dumps({FIRST: rate}).encode()) == {FIRST: float(rate)}


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'{"rates": 1}', json.dumps({FIRST: 10_000.1}).encode(), json.dumps({FIRST: -0.001}).encode(), b'{"wizard": 1}'],
    ids=["cut", "list", "no rates", "above", "below", "unknown"],
)
def test_rates_are_refused_with_their_field(body):
    with pytest.raises(NotAccepted) as refused:
        read_rates(body)
    assert refused.value.field == "rates"


def test_an_unknown_kind_is_shown_shortened_with_all_that_are_known():
    known = ", ".join(sorted(archetype["id"] for archetype in SHIPPED["archetypes"]))
    for refusing in (lambda kind: read_rates(json.dumps({kind: 1}).encode()), lambda kind: ordinary_life().with_rates({kind: 1.0})):
        with pytest.raises(NotAccepted) as refused:
            refusing("w" * 80)
        assert str(refused.value) == f"There is no archetype '{'w' * 59}. Known are: {known}."
        assert refused.value.field == "rates"


def test_a_rate_beyond_all_sense_is_named_with_its_range():
    with pytest.raises(NotAccepted, match=rf"^The rate of {FIRST} must be a number from 0 to 10000: new contacts"):
        read_rates(json.dumps({FIRST: 20_000}).encode())
