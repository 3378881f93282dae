"""What the notices say about erasure is what the desk does."""

from pathlib import Path

from gifthorse.model.reports import RetentionClass
from gifthorse.report.retention import packaged_schedule

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "privacy"


def test_the_months_in_the_notice_are_those_of_the_schedule():
    months = {name: term.months for name, term in packaged_schedule().classes.items()}
    text = (FOLDER / "notice-to-staff.md").read_text(encoding="utf-8")
    told = (
        f"nothing happened, {months[RetentionClass.SHORT]} months; ordinary business, {months[RetentionClass.BENIGN]}; "
        f"worth watching, {months[RetentionClass.WATCH]}; something was done, {months[RetentionClass.ACT]}; "
        f"pressure, until you say so, {months[RetentionClass.REPORTER_DECIDES]} at most"
    )
    assert told in text


def test_the_assessment_names_every_term():
    text = (FOLDER / "dpia-template.md").read_text(encoding="utf-8")
    for months in {term.months for term in packaged_schedule().classes.values()}:
        assert str(months) in text
