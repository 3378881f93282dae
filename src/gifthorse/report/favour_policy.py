"""What the house's policy says about a favour: one sentence, by what it is and roughly what it is worth."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from gifthorse.model.custody import ValueBand
from gifthorse.model.errors import NotAccepted
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.model.words import N_

SCHEMA: Final = "gifthorse.favour-policy/1"
RATES_STALE_AFTER_DAYS: Final = 400  # a band is wide: a rate of last year still falls into the right one
_WORDED: Final = {FavourKind.GIFT: "gift", FavourKind.HOSPITALITY: "hospitality", FavourKind.FEE: "fee"}
_OF_VALUE: Final = {
    ValueBand.UNDER_20: FavourBand.SMALL,
    ValueBand.TO_50: FavourBand.SMALL,
    ValueBand.TO_150: FavourBand.MEDIUM,
    ValueBand.OVER_150: FavourBand.LARGE,  # the band has no upper end, so the careful reading is taken
}


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Favours worth up to `up_to_eur` euros (None: anything above the step before); `texts` has gift, hospitality, fee and other."""

    up_to_eur: Decimal | None
    band: FavourBand
    texts: dict[str, str]


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reviewed policy on favours; kinds in `always` count whatever they are worth."""

    schema: str
    reviewed_on: date
    note: str
    always: frozenset[FavourKind]
    always_text: str
    steps: tuple[Step, ...]
    unknown_text: str
    given_text: str


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """Reviewed exchange rates: how many units of a currency one euro buys, by ISO 4217 code, on the day `as_of`."""

    as_of: date
    source: str
    per_euro: dict[str, Decimal]

    def stale(self, today: date) -> bool:
        """Whether the rates are so old that the desk should say so."""
        return (today - self.as_of).days > RATES_STALE_AFTER_DAYS


@lru_cache(maxsize=1)
def packaged_policy() -> Policy:
    """The policy that comes with this version, validated."""
    return read_policy((files("gifthorse.report") / "data" / "favour_policy.json").read_bytes())


def read_policy(body: bytes) -> Policy:
    """The policy in *body*; raises msgspec.ValidationError when its steps don't rise to an open end or a sentence is missing."""
    found = msgspec.json.decode(body, type=Policy)
    ends = [step.up_to_eur for step in found.steps]
    closed = [end for end in ends if end is not None]
    rising = closed == sorted(set(closed)) and ends[-1:] == [None] and len(closed) == len(ends) - 1
    worded = all(set(step.texts) == {*_WORDED.values(), "other"} for step in found.steps)
    if found.schema != SCHEMA or not rising or not worded:
        raise msgspec.ValidationError(f"expected {SCHEMA} with rising steps, the last one open, each with its four sentences")
    return found


def in_euro(amount: Decimal, currency: str, rates: Rates) -> Decimal:
    """*amount* in euros, to the cent; raises NotAccepted for an amount that is no amount or a currency without a rate."""
    if not amount.is_finite() or amount < 0:
        raise NotAccepted(N_("Please give an amount of zero or more."), field="amount")
    per_euro = {"EUR": Decimal(1), **rates.per_euro}.get(currency.strip().upper())
    if per_euro is None or not per_euro > 0:
        raise NotAccepted(N_("There is no rate for this currency. Please choose a band instead."), field="currency")
    return (amount / per_euro).quantize(Decimal("0.01"))


def band_of(amount_eur: Decimal, policy: Policy) -> FavourBand:
    """The band of an amount in euros; nothing is NONE."""
    return _step(amount_eur, policy).band if amount_eur > 0 else FavourBand.NONE


def band_of_value(value: ValueBand) -> FavourBand | None:
    """The band of a gift that was described in bands of value, None when its worth is unknown."""
    return _OF_VALUE.get(value)


def says(kind: FavourKind, worth: FavourBand | Decimal | None, policy: Policy, direction: Direction = Direction.IN) -> str:
    """The policy's one sentence (a message id); *worth* is an amount in euros, a band, or None when nobody knows.

    A band covers several steps: the strictest of them speaks.
    """
    if direction is not Direction.IN:
        return policy.given_text
    if kind in policy.always:
        return policy.always_text
    if worth is None:
        return policy.unknown_text
    return _text(_step(worth, policy).texts, kind)


def message_ids(policy: Policy) -> tuple[str, ...]:
    """Every text of the policy that a person reads."""
    steps = [text for step in policy.steps for text in step.texts.values()]
    return tuple(dict.fromkeys([*steps, policy.always_text, policy.unknown_text, policy.given_text]))


def _step(worth: FavourBand | Decimal, policy: Policy) -> Step:
    if isinstance(worth, FavourBand):
        return next((step for step in reversed(policy.steps) if step.band is worth), policy.steps[0])
    return next(step for step in policy.steps if step.up_to_eur is None or worth <= step.up_to_eur)


def _text(texts: Mapping[str, str], kind: FavourKind) -> str:
    return texts[_WORDED.get(kind, "other")]
