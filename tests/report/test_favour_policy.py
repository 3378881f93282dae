import json
from datetime import date
from decimal import Decimal
from importlib.resources import files

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.custody import ValueBand
from gifthorse.model.errors import NotAccepted
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.report.favour_policy import Rates, band_of, band_of_value, in_euro, message_ids, packaged_policy, read_policy, says

POLICY = packaged_policy()
RATES = Rates(
    as_of=date(2026, 11, 1), source="made for this test", per_euro={"CHF": Decimal("0.95"), "JPY": Decimal(160), "XXX": Decimal(0)}
)
BODY = (files("gifthorse.report") / "data" / "favour_policy.json").read_bytes()


@pytest.mark.parametrize(
    ("euros", "band"),
    [
        ("0", "none"),
        ("0.01", "small"),
        ("50", "small"),
        ("50.01", "medium"),
        ("100.01", "medium"),
        ("250", "medium"),
        ("250.01", "large"),
        ("90000", "large"),
    ],
)
def test_the_bands_end_where_the_policy_says(euros: str, band: str) -> None:
    assert band_of(Decimal(euros), POLICY) is FavourBand(band)


def test_each_step_has_its_own_sentence() -> None:
    said = [says(FavourKind.GIFT, Decimal(amount), POLICY) for amount in ("50", "100", "250", "251")]
    assert len(set(said)) == 4


@pytest.mark.parametrize("kind", [FavourKind.CASH, FavourKind.CRYPTO, FavourKind.TRAVEL, FavourKind.FAMILY])
def test_some_kinds_count_whatever_they_are_worth(kind: FavourKind) -> None:
    assert {says(kind, worth, POLICY) for worth in (None, Decimal(1), FavourBand.SMALL, Decimal(9999))} == {POLICY.always_text}


def test_a_band_gets_the_strictest_sentence_that_it_covers() -> None:
    assert says(FavourKind.GIFT, FavourBand.MEDIUM, POLICY) == says(FavourKind.GIFT, Decimal(250), POLICY)


def test_what_nobody_can_value_and_what_we_gave_have_their_sentences() -> None:
    assert says(FavourKind.GIFT, None, POLICY) == POLICY.unknown_text
    assert says(FavourKind.GIFT, Decimal(10), POLICY, Direction.OUT) == POLICY.given_text


def test_every_answer_is_among_the_texts_to_translate() -> None:
    every = set(message_ids(POLICY))
    assert {says(kind, worth, POLICY) for kind in FavourKind for worth in (None, *FavourBand, Decimal(75))} <= every


def test_amounts_are_turned_into_euros_by_the_rate() -> None:
    assert in_euro(Decimal(160), " jpy", RATES) == Decimal("1.00")
    assert in_euro(Decimal(12), "EUR", RATES) == Decimal("12.00")


@pytest.mark.parametrize(
    ("amount", "currency", "field"),
    [("-1", "EUR", "amount"), ("NaN", "EUR", "amount"), ("Infinity", "CHF", "amount"), ("1", "ABC", "currency"), ("1", "XXX", "currency")],
)
def test_what_cannot_be_converted_is_refused_at_its_field(amount: str, currency: str, field: str) -> None:
    with pytest.raises(NotAccepted) as refusal:
        in_euro(Decimal(amount), currency, RATES)
    assert refusal.value.field == field


def test_old_rates_say_so() -> None:
    assert not RATES.stale(date(2027, 11, 1))
    assert RATES.stale(date(2028, 1, 1))


@settings(deadline=None)
@given(less=st.decimals(0, 10_000, places=2), more=st.decimals(0, 10_000, places=2))
def test_more_money_is_never_a_smaller_band(less: Decimal, more: Decimal) -> None:
    rank = list(FavourBand).index
    low, high = sorted((less, more))
    assert rank(band_of(low, POLICY)) <= rank(band_of(high, POLICY))


def test_the_bands_of_handed_in_gifts_have_theirs() -> None:
    assert {value: band_of_value(value) for value in ValueBand} == {
        ValueBand.UNKNOWN: None,
        ValueBand.UNDER_20: FavourBand.SMALL,
        ValueBand.TO_50: FavourBand.SMALL,
        ValueBand.TO_150: FavourBand.MEDIUM,
        ValueBand.OVER_150: FavourBand.LARGE,
    }


@pytest.mark.parametrize("fault", ["falling", "closed", "wordless", "schema"])
def test_a_policy_with_a_hole_is_refused(fault: str) -> None:
    body = json.loads(BODY)
    if fault == "falling":
        body["steps"][1]["up_to_eur"] = 40
    elif fault == "closed":
        body["steps"][-1]["up_to_eur"] = 900
    elif fault == "wordless":
        del body["steps"][2]["texts"]["fee"]
    else:
        body["schema"] = "other/1"
    with pytest.raises(msgspec.ValidationError):
        read_policy(json.dumps(body).encode())
