from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.reports import ReportKind
from gifthorse.report.answers import Allowed, Answers, checked
from gifthorse.report.colleague_concern import EXPLANATION, FEELING, message_ids, sent_back, traits_in
from gifthorse.report.interview import interview_of
from tests.report.many_tellers import NAMES

INTERVIEW = interview_of(ReportKind.COLLEAGUE_CONCERN)

BEHAVIOUR = (
    "On Tuesday evening she copied the whole tooling folder to a private stick.",
    "He asked three times for the badge of the test bay, which he doesn't need.",
    "They photographed the screen in the control room during the shift change.",
    "She told me that a man pays her rent and wants our price list.",
    "He met a visitor of the trade fair twice and asked me not to mention it.",
    "She took two samples home and said nobody would miss them.",
    "He went to the embassy and came back with an envelope.",
    "She looked at the furnace log for an hour and wrote figures down.",
    "He phoned a Danish supplier from the stairwell, as he said, about our bid.",
    "Am Montag hat er den Ordner mit den Zeichnungen auf einen Stick kopiert.",
    "Sie hat nach dem Passwort der Anlage gefragt und es aufgeschrieben.",
    "Er hat Besuch durch das Lager geführt, ohne ihn anzumelden.",
    "Sie sagte, jemand bezahle ihr die Wohnung und wolle die Preisliste.",
    "Er hat den Prüfstand abends allein eingeschaltet.",
)
TRAITS = (
    ("He is Russian and spends a lot of time at the printer.", "origin"),
    ("She comes from abroad, so I wonder.", "origin"),
    ("A colleague of Turkish descent took the folder.", "origin"),
    ("Er ist Chinese und fragt viel.", "origin"),
    ("Sie ist Ausländerin.", "origin"),
    ("Er kommt aus dem Iran.", "origin"),
    ("She looks foreign.", "ethnicity"),
    ("Er sieht südländisch aus.", "ethnicity"),
    ("He prays at lunch.", "religion"),
    ("Seit kurzem trägt sie Kopftuch.", "religion"),
    ("He speaks with an accent.", "language"),
    ("Sie spricht mit Akzent.", "language"),
    ("He is a communist.", "politics"),
    ("Er ist im Betriebsrat und in der Gewerkschaft.", "politics"),
    ("She is divorced.", "private-life"),
    ("His wife is from there.", "private-life"),
    ("Er ist schwul.", "private-life"),
    ("She is depressed.", "health"),
    ("Er ist Alkoholiker.", "health"),
    ("He seems somehow suspicious.", "character"),
    ("He is a spy.", "character"),
    ("Sie wirkt irgendwie verdächtig.", "character"),
    ("She is too old for this.", "age-gender"),
)


def told(words: str, saw: str = "saw") -> Answers:
    return checked(INTERVIEW, {"saw": saw, "words": words}, Allowed(today=date(2026, 11, 22)))


@pytest.mark.parametrize("words", BEHAVIOUR)
def test_what_was_done_or_said_is_taken(words: str) -> None:
    assert sent_back(INTERVIEW, told(words)) is None


@pytest.mark.parametrize(("words", "category"), TRAITS)
def test_what_somebody_is_goes_back_with_its_words_marked(words: str, category: str) -> None:
    back = sent_back(INTERVIEW, told(words))
    assert back is not None
    assert category in back.categories
    assert back.explanation == EXPLANATION
    assert len(back.reasons) == len(back.passages)


def test_the_text_comes_back_untouched() -> None:
    words = "He’s Russian;\nhe copied the folder “at night”."
    back = sent_back(INTERVIEW, told(words))
    assert back is not None
    assert back.text == words
    assert all(words[passage.start : passage.end] == passage.quote for passage in back.passages)


def test_a_feeling_goes_back_kindly() -> None:
    back = sent_back(INTERVIEW, told("I can't say why.", saw="feeling"))
    assert back is not None
    assert (back.explanation, back.categories) == (FEELING, ())


def test_no_name_is_taken_for_a_trait() -> None:
    found = {name: traits_in(f"{name} copied the folder on Monday.") for name, _ in NAMES}
    assert {name for name, passages in found.items() if passages} == set()


@pytest.mark.parametrize(
    "name",
    [
        "Christian",
        "Christin",
        "Jude",
        "Faith",
        "Dane",
        "Roma",
        "German",
        "Mr French",
        "Ramadan",
        "Gay",
        "Israel",
        "Finn",
        "Thai",
        "Turk",
        "Schweizer",
        "Frau Deutsch",
        "Kirchner",
        "Young",
        "Asia",
        "Brit",
    ],
)
def test_names_that_are_also_words_are_names(name: str) -> None:
    assert traits_in(f"{name} copied the folder on Monday, and I told {name} so.") == ()


@pytest.mark.parametrize(
    "words", ["He is German.", "She is a Christian.", "Er ist Schweizer.", "A Finn did it.", "Er ist Jude.", "He is gay."]
)
def test_the_same_words_said_of_somebody_are_traits(words: str) -> None:
    assert traits_in(words) != ()


@pytest.mark.parametrize(
    "words",
    [
        "Ich glaube, er hat links am Schrank eine Nummer gewählt.",
        "They polish the lens, and he wrote the recipe down.",
        "He phoned a German customer and a Dutch bank.",
    ],
)
def test_ordinary_words_are_no_traits(words: str) -> None:
    assert traits_in(words) == ()


def test_a_business_abroad_is_no_trait() -> None:
    assert traits_in("He called the French embassy and an Indian customer.") == ()
    assert traits_in("He called the Frenchman.") != ()


def test_reasons_are_sentences_to_translate() -> None:
    back = sent_back(INTERVIEW, told("She is divorced."))
    assert back is not None
    assert back.reasons[0].values["what"] in message_ids()
    assert back.reasons[0].in_english() == "“divorced” tells us about private life, family or sexuality, not about what was done."


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_an_answer_and_every_passage_is_in_it(words: str) -> None:
    for passage in traits_in(words):
        assert words[passage.start : passage.end] == passage.quote


@settings(deadline=None)
@given(before=st.sampled_from(BEHAVIOUR), trait=st.sampled_from(TRAITS), after=st.sampled_from(BEHAVIOUR))
def test_a_trait_is_found_between_other_sentences(before: str, trait: tuple[str, str], after: str) -> None:
    assert trait[1] in {passage.category for passage in traits_in(f"{before} {trait[0]}\n{after}")}
