from datetime import date

import pytest

from gifthorse.model.custody import ItemKind
from gifthorse.model.reports import ReportKind
from gifthorse.report.answers import Allowed, checked
from gifthorse.report.handed_in import item_to_hand_in
from gifthorse.report.interview import interview_of


def item(kind: ReportKind = ReportKind.GIFT, **untrusted: object) -> ItemKind | None:
    return item_to_hand_in(checked(interview_of(kind), untrusted, Allowed(today=date(2026, 11, 22))))


@pytest.mark.parametrize(("what", "kind"), [("stick", ItemKind.MEMORY_STICK), ("charger", ItemKind.CHARGER), ("personal", ItemKind.OBJECT)])
def test_a_gift_that_is_still_here_can_be_handed_in(what: str, kind: ItemKind) -> None:
    assert item(what=what, now="sealed") is kind
    assert item(what=what) is kind


@pytest.mark.parametrize(
    "answers", [{"what": "stick", "now": "declined"}, {"what": "stick", "now": "gone"}, {"what": "given"}, {"what": "usual"}], ids=str
)
def test_what_is_not_here_is_not_handed_in(answers: dict[str, str]) -> None:
    assert item(**answers) is None


def test_other_reports_are_about_no_item() -> None:
    assert item(ReportKind.HOSPITALITY, what=["meal"]) is None


def test_every_thing_in_the_form_was_thought_of() -> None:
    what = interview_of(ReportKind.GIFT).question("what")
    assert what is not None
    assert {option.id for option in what.options if item(what=option.id) is None} == {"usual", "given"}
