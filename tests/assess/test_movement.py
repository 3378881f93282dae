import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.movement import ReasonPoints, ThreadState, state_of, threads_that_moved
from gifthorse.assess.movement_words import BEFORE, NEW_ASKS, NEW_TACTICS
from gifthorse.assess.reasons import Reason
from gifthorse.model.observations import AskLevel, FavourBand, Level, Observation
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import Phrase


def state(thread: str = "t", level: Level = Level.WATCH, score: float = 1.0, **more) -> ThreadState:
    return ThreadState(thread=thread, level=level, score=score, **more)


def moved(before: ThreadState | None, now: ThreadState):
    (movement,) = threads_that_moved([] if before is None else [before], [now])
    return movement


def sentence(before: ThreadState | None, now: ThreadState) -> str:
    return moved(before, now).sentence.in_english()


def test_a_contact_who_paid_two_trips_now_asks_for_internal_papers():
    before = state(tactics={"T33": 2, "T30": 4}, ask_level=AskLevel.PUBLIC)
    now = state(level=Level.TALK, score=3, tactics={"T33": 2, "T30": 4, "T62": 1}, ask_level=AskLevel.INTERNAL, people=2)
    assert sentence(before, now) == "A contact who paid 2 trips now asks for internal papers, code or samples; 2 colleagues told of it."


def test_a_movement_says_what_changed():
    before = state(
        score=2.0,
        reasons=(ReasonPoints(rule="favour", points=1.0), ReasonPoints(rule="gone", points=0.25), ReasonPoints(rule="same", points=0.75)),
    )
    now = state(
        level=Level.ACT,
        score=4.5,
        reasons=(
            ReasonPoints(rule="favour", points=1.5),
            ReasonPoints(rule="secrecy", points=2.25),
            ReasonPoints(rule="same", points=0.75),
        ),
    )
    movement = moved(before, now)
    assert (movement.thread, movement.before, movement.now, movement.rise) == ("t", Level.WATCH, Level.ACT, 2.5)
    assert [(reason.rule, reason.points) for reason in movement.changed] == [("secrecy", 2.25), ("favour", 0.5), ("gone", -0.25)]


def test_rounding_is_no_change():
    before = state(reasons=(ReasonPoints(rule="a", points=0.3),))
    now = state(level=Level.TALK, reasons=(ReasonPoints(rule="a", points=0.1), ReasonPoints(rule="a", points=0.2)))
    assert moved(before, now).changed == ()


def test_a_new_thread_counts_from_nothing():
    movement = moved(None, state(score=1.5, tactics={"T50": 1}))
    assert (movement.before, movement.rise) == (Level.NONE, 1.5)
    assert movement.sentence.in_english() == "A contact now keeps away from the official way of writing; one colleague told of it."


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (state(), state()),
        (state(), state(score=1.2499)),
        (state(score=3), state(score=1)),
        (state(level=Level.NONE), state(level=Level.NONE, score=1.9)),
    ],
    ids=["the same", "decay and rounding", "a lower score alone", "below watch"],
)
def test_what_is_no_news(before, now):
    assert threads_that_moved([before], [now]) == ()


def test_a_quarter_of_a_point_within_a_level_is_news():
    assert sentence(state(), state(score=1.25)) == "A contact was met again; one colleague told of it."


def test_a_thread_that_is_gone_is_no_news():
    assert threads_that_moved([state()], []) == ()


def test_a_lowered_level_is_told_after_all_rises():
    before = [state("down", Level.TALK, tactics={"T33": 1}), state("up"), state("within"), state("new")]
    now = [
        state("down", Level.WATCH, 0.5, tactics={"T33": 1, "T71": 1}),
        state("up", Level.TALK, 2),
        state("within", score=9),
    ]
    found = threads_that_moved(before, now)
    assert [movement.thread for movement in found] == ["up", "within", "down"]
    assert found[2].sentence.in_english() == "A contact who paid a trip matters less than last week; one colleague told of it."
    assert found[2].rise == -0.5


def test_at_most_three_the_highest_level_first_then_the_largest_rise():
    now = [
        state("a", Level.WATCH, 1),
        state("b", Level.ACT, 3),
        state("c", Level.TALK, 2),
        state("d", Level.TALK, 2.5),
        state("e", Level.TALK, 2),
    ]
    assert [m.thread for m in threads_that_moved([], now)] == ["b", "d", "c"]
    assert [m.thread for m in threads_that_moved([], now, most=5)] == ["b", "d", "c", "e", "a"]


def test_a_raised_level_comes_before_a_rise_within_a_higher_one():
    before = [state("within", Level.ACT, 5), state("raised", Level.NONE, 0.5)]
    now = [state("within", Level.ACT, 9), state("raised", Level.WATCH, 1)]
    assert [m.thread for m in threads_that_moved(before, now)] == ["raised", "within"]


def test_falls_come_from_the_highest_first_then_the_deepest():
    before = [state("a", Level.TALK, 3), state("b", Level.ACT, 3), state("c", Level.TALK, 3)]
    now = [state("a", Level.WATCH, 2), state("b", Level.WATCH, 2), state("c", Level.WATCH, 1)]
    assert [m.thread for m in threads_that_moved(before, now)] == ["b", "c", "a"]


def test_rises_within_a_level_come_from_the_highest_first_then_the_largest():
    before = [state("a"), state("b", Level.TALK), state("c")]
    now = [state("a", score=2), state("b", Level.TALK, 1.5), state("c", score=3)]
    assert [m.thread for m in threads_that_moved(before, now)] == ["b", "c", "a"]


@given(st.permutations([state("a", Level.WATCH, 1), state("b", Level.ACT, 3), state("c", Level.TALK, 2), state("d", Level.TALK, 2)]))
def test_no_order_of_threads_changes_what_is_shown(now):
    assert [m.thread for m in threads_that_moved([], now)] == ["b", "c", "d"]


@pytest.mark.parametrize("clause", NEW_TACTICS, ids=lambda clause: "-".join(sorted(clause.tactics)))
def test_each_new_tactic_is_said(clause):
    for tactic in clause.tactics:
        assert f"A contact {clause.one}; one" in sentence(None, state(tactics={tactic: 1}))


@pytest.mark.parametrize("clause", BEFORE, ids=lambda clause: "-".join(sorted(clause.tactics)))
def test_each_favour_is_said(clause):
    for tactic in clause.tactics:
        earlier = state(tactics={tactic: 1})
        assert sentence(earlier, state(level=Level.TALK, tactics={tactic: 1})).startswith(f"{clause.one} was met again")


def test_presents_and_trips_are_counted():
    earlier = state(tactics={"T31": 2, "T32": 1})
    assert sentence(earlier, state(score=2, tactics={"T31": 2, "T32": 1})).startswith("A contact who gave 3 presents was met again")
    many = state(tactics={"T36": 3})
    assert sentence(many, state(score=2, tactics={"T36": 3})).startswith("A contact who helped with a family or personal matter was")


def test_what_came_before_this_week_is_counted_and_what_came_this_week_is_not():
    assert sentence(state(tactics={"T33": 1}), state(score=2, tactics={"T33": 3})).startswith("A contact who paid a trip was met")
    assert sentence(state(), state(score=2, tactics={"T33": 2})).startswith("A contact who paid 2 trips was met")


def test_what_happened_once_more_is_new():
    assert "now asks to keep it secret" in sentence(state(tactics={"T51": 1}), state(score=2, tactics={"T51": 2}))
    assert "was met again" in sentence(state(tactics={"T51": 1}), state(score=2, tactics={"T51": 1}))


@pytest.mark.parametrize("level", [level for level in AskLevel if level is not AskLevel.NONE])
def test_a_higher_ask_is_said(level):
    before = state(ask_level=AskLevel(level - 1))
    assert f"A contact {NEW_ASKS[level]}; one" in sentence(before, state(score=2, ask_level=level))


def test_a_larger_favour_is_said_after_tactics_and_asks():
    warmer = state(score=2, favour=FavourBand.MEDIUM)
    assert "now gives more than before" in sentence(state(favour=FavourBand.SMALL), warmer)
    assert "was met again" in sentence(state(favour=FavourBand.MEDIUM), warmer)
    asking = state(score=2, favour=FavourBand.MEDIUM, ask_level=AskLevel.PUBLIC)
    assert "now asks about public matters" in sentence(state(), asking)


def test_clauses_name_tactics_of_the_catalogue_once():
    known = {tactic.id for tactic in catalogue().tactics}
    for clauses in (BEFORE, NEW_TACTICS):
        named = [tactic for clause in clauses for tactic in clause.tactics]
        assert len(named) == len(set(named))
        assert set(named) <= known
    assert set(NEW_ASKS) == set(AskLevel) - {AskLevel.NONE}


def test_each_part_is_translated_before_its_values_are_filled_in():
    asked = []

    def translate(text: str) -> str:
        asked.append(text)
        return text.replace("colleagues told of it", "KOLLEGEN")

    rendered = moved(state(), state(level=Level.TALK, tactics={"T33": 2}, people=2)).sentence.rendered(translate)
    assert rendered == "A contact who paid 2 trips was met again; 2 KOLLEGEN."
    assert set(asked) == {
        "{before} {now}; {people}.",
        "A contact who paid {times} trips",
        "was met again",
        "{people} colleagues told of it",
    }


def test_no_sentence_says_suspect():
    texts = [clause.one for clause in (*BEFORE, *NEW_TACTICS)] + list(NEW_ASKS.values())
    assert not any("suspect" in text.lower() for text in texts)


def test_a_state_holds_what_its_observations_hold():
    reasons = (Reason(rule="a", points=1.0, observations=(0,), sentence=Phrase(text="A.")),)
    observations = [
        Observation(month=0, thread="t", reporter="r", tactics=("T33", "T33", "T30"), favour=FavourBand.LARGE),
        Observation(month=1, thread="t", reporter="s", tactics=("T33",), ask_level=AskLevel.INTERNAL, favour=FavourBand.SMALL),
        Observation(month=2, thread="t", reporter="r", ask_level=AskLevel.PUBLIC),
    ]
    assert state_of("t", Level.TALK, 2.0, observations, reasons) == ThreadState(
        thread="t",
        level=Level.TALK,
        score=2.0,
        reasons=(ReasonPoints(rule="a", points=1.0),),
        tactics={"T30": 1, "T33": 2},
        ask_level=AskLevel.INTERNAL,
        favour=FavourBand.LARGE,
        people=2,
    )
    assert state_of("t", Level.NONE, 0.0, []) == ThreadState(thread="t", level=Level.NONE, score=0.0, people=0)
