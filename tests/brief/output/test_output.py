"""A brief on paper and as text: two pages, a card, and behind each sentence its reason and source."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pypdfium2
import pytest

from gifthorse.brief import kinds
from gifthorse.brief.blocks import library
from gifthorse.brief.composed import Brief
from gifthorse.brief.composing import DeskContact, compose
from gifthorse.brief.output.as_pdf import as_pdf
from gifthorse.brief.output.as_text import as_text
from gifthorse.brief.output.wording import HIDDEN_WORD, Wording, notes
from gifthorse.brief.place import PlaceBlock, PlaceKind, age_warnings
from gifthorse.brief.place_section import excerpt
from gifthorse.brief.situation import Device, Host, KnowHow, Situation
from gifthorse.brief.trip_facts import situation_of
from tests.samples.trips import TODAY, trip

DESK = DeskContact(desk="Security desk", phone="+00 1 234", phone_at_night="+00 9 876", word="umbrella")
WORDING = Wording(trip="Winter fair", printed_on=TODAY, marking="TLP:AMBER")


def place(kind: PlaceKind, quote: str = "Do not photograph the port. " * 40, **fields) -> PlaceBlock:
    usual = {
        "kind": kind, "place": "IS", "place_title": "Farland", "heading": "Told", "quote": quote, "publisher": "An office", "licence": "Free to quote.",
        "document": "https://example.org/farland", "updated": date(2026, 11, 2), "retrieved": datetime(2026, 11, 28, tzinfo=UTC),
    }  # fmt: skip
    return PlaceBlock(**{**usual, **fields})


def everything_at_once() -> Situation:
    """A trip that asks for all advice there is."""
    return Situation(
        roles=frozenset(kinds.RoleKind),
        seniority=kinds.Seniority.BOARD,
        signs_for_the_house=True,
        know_how=tuple(
            KnowHow(
                id=str(number), title=f"element {kind}", kind=kind, carried=True, export_reference="2B001",
                line="We say what the leaflet says, and ask for a letter." if number % 2 else "",
            )
            for number, kind in enumerate(kinds.ElementKind)
        ),
        devices=tuple(Device(kind=kind, loaner=loaner) for kind in kinds.DeviceKind for loaner in (True, False)),
        data=frozenset(kinds.DataKind),
        venues=frozenset(kinds.VenueKind),
        events=frozenset(kinds.EventKind),
        hosts=tuple(Host(id=str(kind), kind=kind) for kind in kinds.HostKind),
        payer=kinds.Payer.THIRD_PARTY,
        invitation=kinds.InvitationOrigin.INTRODUCTION,
        social=frozenset(kinds.SocialKind),
        reports_on_same_know_how=2,
        reports_on_same_host=3,
        itinerary_gaps=1,
        border_crossings=4,
        nights=6,
        days=7,
        days_until_departure=2,
        paid_fee=True,
    )  # fmt: skip


def fullest() -> Brief:
    return compose(everything_at_once(), [place(kind) for kind in PlaceKind] * 3, library(), TODAY, desk=DESK)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def longer(message: str) -> str:
    """A language that needs a quarter more room."""
    return re.sub(r"(\w{4,})", r"\1en", message) if "{" not in message else message + " " + "Wörter " * (len(message.split()) // 4)


@pytest.mark.parametrize("translate", [str, longer], ids=["English", "a longer language"])
def test_the_fullest_brief_has_two_pages_then_the_card_then_the_reasons(translate):
    wording = Wording(trip="Winter fair", printed_on=TODAY, translate=translate)
    pages = pages_of(as_pdf(fullest(), wording))
    assert "Cut out" in pages[2]
    assert "Farland" not in pages[2]
    assert "because" in pages[3]
    assert not any("Cut out" in page for number, page in enumerate(pages) if number != 2)


def test_every_sentence_is_on_paper_with_its_reason_and_source():
    brief = fullest()
    around = re.compile(r"Brief: Winter fair|TLP:AMBER|gifthorse\s*\d / \d")  # head and foot of a page stand inside what runs on
    paper = " ".join(around.sub("", page) for page in pages_of(as_pdf(brief, WORDING)))
    squeezed = re.sub(r"\W|\d", "", paper)
    for sentence in (*brief.sentences(), *brief.card):
        assert re.sub(r"\W|\d", "", WORDING.sentence(sentence))[:60] in squeezed, sentence.block
    _, listed = notes(brief, WORDING)
    for note in listed:
        assert re.sub(r"\W|\d", "", note.reason)[:60] in squeezed
        assert re.sub(r"\W|\d", "", note.source)[:40] in squeezed


def test_the_agreed_word_is_on_paper_only_when_asked_for():
    brief = fullest()
    assert "umbrella" not in " ".join(pages_of(as_pdf(brief, WORDING)))
    assert "umbrella" not in as_text(brief, WORDING)
    assert WORDING.say(HIDDEN_WORD) in as_text(brief, WORDING)
    assert "umbrella" in as_text(brief, Wording(show_agreed_word=True))


def test_the_same_brief_gives_the_same_paper():
    assert as_pdf(fullest(), WORDING) == as_pdf(fullest(), WORDING)


def test_the_paper_is_tagged_titled_and_holds_nothing_that_acts():
    with pikepdf.open(io.BytesIO(as_pdf(fullest(), WORDING))) as document:
        assert "/StructTreeRoot" in document.Root
        assert str(document.docinfo["/Title"]) == "Brief: Winter fair"
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(document.Root.keys())


def test_a_title_written_as_markup_is_printed_and_not_obeyed():
    held = KnowHow(id="a", title='#panic("typst") *x* $y$', kind=kinds.ElementKind.STEP)
    brief = compose(Situation(know_how=(held,)), (), library(), TODAY)
    assert '#panic("typst")*x*$y$' in "".join(pages_of(as_pdf(brief, WORDING))).replace(" ", "").replace("\r\n", "")


def test_right_to_left_is_typeset():
    assert pages_of(as_pdf(fullest(), Wording(language="ar", direction="rtl")))[0]


@pytest.mark.parametrize(
    ("title", "told"), [("Glaze of 小林", True), ("Glaze of Sørensen, Тарас", False)], ids=["han", "latin and cyrillic"]
)
def test_paper_says_when_it_may_not_show_a_script(title, told):
    held = KnowHow(id="a", title=title, kind=kinds.ElementKind.STEP)
    paper = " ".join("".join(pages_of(as_pdf(compose(Situation(know_how=(held,)), (), library(), TODAY), WORDING))).split())
    assert ("may show as empty boxes" in paper) is told


def test_an_empty_brief_is_still_paper():
    brief = compose(Situation(), (), library(), TODAY + timedelta(days=10_000))
    assert brief.sentences() == ()
    assert pages_of(as_pdf(brief, WORDING))
    assert "its review is overdue" in as_text(brief, WORDING)


def test_text_has_a_mark_behind_every_sentence_that_leads_to_a_reason():
    for seed in range(60):
        brief = compose(situation_of(trip(seed), TODAY), [place(PlaceKind.LAW)], library(), TODAY, desk=DESK)
        text = as_text(brief, WORDING)
        body, _, listed = text.partition("Why, and who says so")
        marks = re.findall(r"^- .*\[(\d+)\]$", body, re.MULTILINE)
        assert len(marks) == len(brief.sentences()) + len(brief.card), seed
        assert set(marks) == set(re.findall(r"^\[(\d+)\] because", listed, re.MULTILINE))


def test_quotations_carry_who_says_it_when_and_under_which_licence():
    old = place(
        PlaceKind.HEALTH, quote="Boil the water.", level="Level 2", updated=date(2024, 1, 1), retrieved=datetime(2026, 10, 1, tzinfo=UTC)
    )
    text = as_text(compose(Situation(), [old], library(), TODAY), WORDING)
    assert "Farland: “Level 2”. Told: “Boil the water.”" in text
    assert "An office, changed 2024-01-01, fetched 2026-10-01. Free to quote. https://example.org/farland" in text
    assert "Fetched 61 days ago" in text
    assert "Not changed for 1065 days" in text


def test_fresh_advice_has_no_warning_and_undated_advice_has_one():
    assert age_warnings(place(PlaceKind.LAW), TODAY) == ()
    assert [warning.in_english() for warning in age_warnings(place(PlaceKind.LAW, updated=None), TODAY)] == ["The publisher gives no date."]


def test_what_matters_on_a_trip_is_quoted_first_and_gaps_are_marked():
    quote = "The people are kind. Bread is good. Drones need a permit. The sea is cold."
    assert excerpt(quote, 100) == quote
    assert excerpt(quote, 4) == "[…] Drones need a permit. […]"
    assert excerpt(quote, 8) == "The people are kind. […] Drones need a permit. […]"
    assert excerpt("word " * 50, 3) == "word word word […]"


def test_words_are_translated_before_values_are_filled_in():
    held = KnowHow(id="a", title="glue mix", kind=kinds.ElementKind.MATERIAL, line="It is a common resin.")
    german = {
        "On {title}, say this and no more: {line}": "Zu {title} nur dies: {line}",
        "a line was agreed for it": "ein Satz dafür vereinbart ist",
        "because {reason}": "weil {reason}",
    }
    text = as_text(
        compose(Situation(know_how=(held,)), (), library(), TODAY), Wording(translate=lambda message: german.get(message, message))
    )
    assert "Zu glue mix nur dies: It is a common resin." in text
    assert "weil ein Satz dafür vereinbart ist" in text
