from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model import moments
from gifthorse.model.errors import NotAccepted

AWARE = st.datetimes(
    min_value=datetime(1, 1, 2),
    max_value=datetime(9999, 12, 30),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-9))]),
)


@given(AWARE)
def test_a_written_moment_reads_back_to_the_same_instant(moment: datetime) -> None:
    assert moments.read(moments.written(moment)) == moment


@given(AWARE, AWARE)
def test_the_order_of_the_texts_is_the_order_of_the_moments(one: datetime, other: datetime) -> None:
    assert (moments.written(one) < moments.written(other)) == (one < other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NotAccepted, match="time zone"):
        moments.as_utc(datetime(2026, 11, 22, 9, 30))


@pytest.mark.parametrize("text", ["2026-11-22", "2026-11-22T09:30:00Z", "tomorrow", ""])
def test_other_forms_of_time_are_refused(text: str) -> None:
    with pytest.raises(NotAccepted):
        moments.read(text)


def test_the_month_is_counted_in_utc() -> None:
    last_evening = datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-2)))
    assert moments.month_of(last_evening) == moments.month_of(datetime(2027, 1, 1, tzinfo=UTC))
