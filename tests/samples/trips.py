"""Trips made by a seeded generator: every kind of role, venue, device and payer, in all mixtures; names and places are invented."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

import msgspec

from gifthorse.brief import kinds
from gifthorse.brief.situation import Device, KnowHow
from gifthorse.brief.trip_facts import HostFacts, LegFacts, StayFacts, TravellerFacts, TripFacts

Word = TypeVar("Word", bound=StrEnum)
TODAY = date(2026, 12, 1)
PLACES = ("AA", "QM", "QN", "QO", "XA", "XB", "XC", "ZZ")
ELSEWHERE = {"AA": "TT", "QM": "TU", "QN": "TV", "QO": "TW", "XA": "TX", "XB": "TY", "XC": "TZ", "ZZ": "UA"}
NAMES = ("Ada Quill", "Bo Tern", "Cy Marsh", "Dee Holt", "Eli Wren", "Fay Loam", "Gus Pike")
TITLES = ("sealing step", "burner curve", "glue mix", "coil maker", "bore fit", "cracking at cold", "the one who tunes it", "drying order")


def trip(seed: int) -> TripFacts:
    """The trip of that seed."""
    chance = random.Random(seed)
    nights = chance.choice((0, 0, 1, 2, 3, 9, 40))
    leaves = datetime(2026, 12, 1, 6, tzinfo=UTC) + timedelta(days=chance.choice((0, 1, 3, 14, 60)), hours=chance.randrange(12))
    home, *stops = chance.sample(PLACES, k=chance.choice((1, 2, 2, 3)))
    return TripFacts(
        id=f"trip-{seed}",
        traveller=_traveller(chance),
        companions=chance.choice((0, 0, 2)),
        hosts=tuple(
            HostFacts(
                id=f"host-{number}", name=chance.choice(NAMES), country=chance.choice(PLACES), kind=chance.choice(list(kinds.HostKind))
            )
            for number in range(chance.choice((0, 1, 1, 2)))
        ),
        legs=_legs(home, stops, leaves, nights),
        stays=_stays(chance, leaves.date(), nights),
        devices=tuple(
            Device(kind=chance.choice(list(kinds.DeviceKind)), loaner=chance.random() < 0.5) for _ in range(chance.choice((0, 1, 2, 4)))
        ),
        data=some(chance, kinds.DataKind),
        venues=some(chance, kinds.VenueKind, at_least=1),
        events=some(chance, kinds.EventKind),
        payer=chance.choice(list(kinds.Payer)),
        invitation=chance.choice(list(kinds.InvitationOrigin)),
        social=some(chance, kinds.SocialKind),
        paid_fee=chance.random() < 0.3,
        reports_on_same_know_how=chance.choice((0, 0, 1, 4)),
        reports_on_same_host=chance.choice((0, 0, 1, 2)),
    )


def swapped(facts: TripFacts) -> TripFacts:
    """The same trip of somebody else, to somebody else, somewhere else."""
    traveller = msgspec.structs.replace(facts.traveller, name="Ἰω Ω", nationality=ELSEWHERE[facts.traveller.nationality])
    hosts = tuple(msgspec.structs.replace(host, name=host.name[::-1], country=ELSEWHERE[host.country]) for host in facts.hosts)
    legs = tuple(
        msgspec.structs.replace(
            leg,
            from_country=ELSEWHERE[leg.from_country],
            to_country=ELSEWHERE[leg.to_country],
            from_place=f"new {leg.from_place}",
            to_place=f"new {leg.to_place}",
        )
        for leg in facts.legs
    )
    stays = tuple(msgspec.structs.replace(stay, where="elsewhere") for stay in facts.stays)
    return msgspec.structs.replace(facts, traveller=traveller, hosts=hosts, legs=legs, stays=stays)


def some(chance: random.Random, kind: type[Word], at_least: int = 0) -> frozenset[Word]:
    return frozenset(chance.sample(list(kind), k=max(at_least, chance.choice((0, 1, 1, 2, 3)))))


def _traveller(chance: random.Random) -> TravellerFacts:
    return TravellerFacts(
        id=f"person-{chance.randrange(200)}",
        name=chance.choice(NAMES),
        nationality=chance.choice(PLACES),
        home_zone=chance.choice(("UTC", "Europe/Lisbon", "Pacific/Auckland", "America/St_Johns")),
        roles=some(chance, kinds.RoleKind, at_least=1),
        seniority=chance.choice(list(kinds.Seniority)),
        signs_for_the_house=chance.random() < 0.3,
        know_how=tuple(_element(chance, number) for number in range(chance.choice((0, 1, 2, 5)))),
    )


def _element(chance: random.Random, number: int) -> KnowHow:
    return KnowHow(
        id=f"element-{number}",
        title=chance.choice(TITLES),
        kind=chance.choice(list(kinds.ElementKind)),
        protection=chance.choice(list(kinds.Protection)),
        carried=chance.random() < 0.5,
        export_reference=chance.choice(("", "", "2B001")),
        line=chance.choice(("", "It does what the sheet says.")),
    )


def _legs(home: str, stops: Sequence[str], leaves: datetime, nights: int) -> tuple[LegFacts, ...]:
    way = [home, *stops, home] if stops else [home, home]
    legs = []
    moment = leaves
    for start, end in pairwise(way):
        arrives = moment + timedelta(hours=5)
        legs.append(LegFacts(leaves=moment, arrives=arrives, from_place=start, from_country=start, to_place=end, to_country=end))
        moment = arrives + timedelta(days=nights / max(1, len(way) - 2), hours=2)
    return tuple(legs)


def _stays(chance: random.Random, first: date, nights: int) -> tuple[StayFacts, ...]:
    slept = nights - chance.choice((0, 0, 1))
    return (StayFacts(arrives=first, leaves=first + timedelta(days=slept), where="inn"),) if slept > 0 else ()
