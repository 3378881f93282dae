from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.persistence import persistent_topics
from gifthorse.model.observations import Observation


def seen(month: float, *elements: str, thread: str = "t", reporter: str = "r") -> Observation:
    return Observation(month=month, thread=thread, reporter=reporter, elements=elements)


def test_an_element_asked_in_two_encounters_is_persistent():
    (topic,) = persistent_topics([seen(4, "furnace", "alloy"), seen(1, "furnace"), seen(2)])
    assert (topic.thread, topic.element, topic.months, topic.observations) == ("t", "furnace", (1, 4), (0, 1))
    assert topic.sentence.in_english() == "The same piece of know-how was asked for in 2 encounters."


def test_two_reports_of_one_month_are_one_encounter():
    assert persistent_topics([seen(4, "a"), seen(4, "a", reporter="s")]) == ()


def test_one_report_that_names_an_element_twice_is_one():
    (topic,) = persistent_topics([seen(4, "a", "a"), seen(5, "a")])
    assert topic.observations == (0, 1)


def test_threads_are_kept_apart():
    assert persistent_topics([seen(1, "a"), seen(2, "a", thread="u")]) == ()


def test_what_was_asked_most_comes_first_then_by_thread_and_element():
    observations = [seen(month, "b", "a", thread="u") for month in (1, 2)] + [seen(month, "a") for month in (1, 2)]
    observations += [seen(month, "c", thread="z") for month in (1, 2, 3)]
    assert [(topic.thread, topic.element) for topic in persistent_topics(observations)] == [("z", "c"), ("t", "a"), ("u", "a"), ("u", "b")]


@given(st.lists(st.builds(seen, st.integers(0, 3), st.sampled_from("ab"), thread=st.sampled_from("tu")), max_size=8))
def test_removing_an_observation_never_adds_a_topic(observations):
    def topics(of):
        return {(topic.thread, topic.element) for topic in persistent_topics(of)}

    for index in range(len(observations)):
        assert topics(observations[:index] + observations[index + 1 :]) <= topics(observations)
    assert topics(observations[::-1]) == topics(observations)
