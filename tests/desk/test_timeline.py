"""The drawn way: bars on the days of each place, and the nights of which nobody knows where."""

from datetime import UTC, date, datetime

from gifthorse.desk.timeline import WIDTH, timeline
from gifthorse.model.itineraries import Day, Leg, LegKind
from tests.samples import travel as samples

START = datetime(2027, 1, 1, 12, tzinfo=UTC)


def test_a_stay_covers_the_nights_and_without_it_they_are_open():
    covered = timeline(samples.legs(0, nights=3, start=START))
    assert (covered.first, covered.last, covered.number_open) == (date(2027, 1, 1), date(2027, 1, 4), 0)
    assert [bar.kind for bar in covered.bars] == ["way", "stay", "way"]
    assert timeline(samples.legs(0, nights=3, start=START, stay=False)).number_open == 3


def test_bars_stand_where_their_hours_are():
    drawn = timeline(samples.legs(0, nights=3, start=START, stay=False))
    out, back = drawn.bars
    day = WIDTH / 4
    assert float(out.x) == round(day * 13 / 24, 1)  # 13:00 in Berlin
    assert float(back.x) == round(day * 3 + day * 13 / 24, 1)
    assert 0 < float(out.width) < day / 4


def test_a_night_on_the_train_is_no_open_night():
    night = Leg(kind=LegKind.TRAIN, departs=samples.at(0.4, start=START), arrives=samples.at(0.8, start=START))
    assert timeline((night,)).number_open == 0


def test_a_meeting_that_lasts_two_days_tells_nothing_about_the_night():
    talks = Leg(kind=LegKind.EVENT, departs=Day(on=date(2027, 1, 1)), arrives=Day(on=date(2027, 1, 2)))
    assert timeline((talks,)).number_open == 1


def test_what_has_no_time_is_not_drawn_and_what_was_cancelled_neither():
    assert timeline((Leg(kind=LegKind.TRAIN),)) is None
    assert timeline((Leg(kind=LegKind.TRAIN, departs=samples.at(0), cancelled=True),)) is None
    assert timeline(()) is None


def test_a_trip_of_years_is_not_drawn():
    long = Leg(kind=LegKind.EVENT, departs=Day(on=date(2027, 1, 1)), arrives=Day(on=date(2029, 1, 1)))
    assert timeline((long,)) is None
