import re

from gifthorse.model.reports import ReportKind
from gifthorse.report.interview import interview_of
from gifthorse.report.messages import message_ids

LONGEST_OPTION = 60  # letters: two lines on a telephone


def test_every_text_is_handed_out_once() -> None:
    texts = list(message_ids())
    assert len(texts) == len(set(texts)) > 400
    assert all(text == text.strip() != "" for text in texts)


def test_no_text_accuses_or_promises_too_much() -> None:
    wrong = re.compile(r"\b(suspects?|suspected|suspicious|clean|harmless|guilty|culprits?|enem(?:y|ies))\b", re.IGNORECASE)
    assert [text for text in message_ids() if wrong.search(text)] == []


def test_an_option_fits_on_a_telephone() -> None:
    options = [option.text for kind in ReportKind for question in interview_of(kind).questions for option in question.options]
    assert [text for text in options if len(text) > LONGEST_OPTION] == []


def test_a_text_holds_no_places_for_values() -> None:
    assert [text for text in message_ids() if "{" in text] == []
