"""What the house counts as small or large is what people are asked, on the desk's page and on the phone; old answers keep their words."""

import pytest

from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportKind
from gifthorse.procedures import house_settings
from gifthorse.procedures.hand_in import hand_in
from gifthorse.procedures.house_interviews import house_interview, house_interviews
from gifthorse.procedures.pack_for_trip import pack
from gifthorse.procedures.tell import as_told, tell
from gifthorse.procedures.view_report import report_for
from gifthorse.report.interview import interview_of, interviews
from gifthorse.report.questions import Interview

pytestmark = pytest.mark.django_db
STICK = {"what": ["stick"], "worth": ["medium"]}


def asked(interview: Interview) -> list[str]:
    question = interview.question("worth")
    return [] if question is None else [option.text for option in question.options]


def set_bands(actors, **bands: object) -> None:
    house_settings.set_setting(actors["officer"], house_settings.POLICY_BANDS, {"small": 30, "medium": 90, "currency": "CHF"} | bands)


def test_until_the_house_says_otherwise_the_packaged_words_stand(actors):
    assert house_interviews() == interviews()
    set_bands(actors, small=50, medium=250, currency="EUR")
    assert house_interview(ReportKind.GIFT) == interview_of(ReportKind.GIFT)


def test_the_bands_of_the_house_are_asked_everywhere(actors):
    set_bands(actors)
    wanted = ["≤ 30 CHF", "30–90 CHF", "> 90 CHF", "I can't tell"]
    assert asked(house_interview(ReportKind.GIFT)) == wanted
    assert {tuple(asked(form.interview)) for form in pack(actors["staff"]).forms} == {tuple(wanted), ()}
    assert "euros" not in str([question.help for form in pack(actors["staff"]).forms for question in form.interview.questions])


def test_an_answer_keeps_the_words_that_it_answered_when_the_bands_change(actors):
    set_bands(actors)
    report = tell(actors["staff"], ReportKind.GIFT, STICK)
    set_bands(actors, small=5, medium=6)
    shown = [text for one in report_for(actors["officer"], report.pk).answers for text in one.chosen]
    assert "30–90 CHF" in shown
    assert report.favours.get().band == FavourBand.MEDIUM
    assert hand_in(actors["staff"], report.pk).reporter_id == actors["staff"].person
    assert as_told(tell(actors["staff"], ReportKind.GIFT, STICK)).digest != as_told(report).digest
