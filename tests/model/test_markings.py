from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.markings import Marking, combined


@given(st.lists(st.sampled_from(Marking), min_size=1))
def test_a_whole_is_marked_as_its_strictest_part(parts: list[Marking]) -> None:
    assert all(combined(*parts) >= part for part in parts)
    assert combined(*parts) in parts


def test_what_has_no_marking_is_for_named_eyes_only() -> None:
    assert combined() is Marking.RED


def test_labels_are_written_as_in_the_standard() -> None:
    assert [marking.label for marking in Marking] == ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
