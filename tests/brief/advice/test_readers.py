"""Files of publishers as quotations: dated, attributed, with the publisher's own grade, and never a crash for a missing field."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.brief.advice.reading import Advice, for_places, read_advice, read_many
from gifthorse.brief.place import PlaceBlock, PlaceKind
from gifthorse.model.errors import Unreadable

FOLDER = Path(__file__).parents[2] / "samples" / "advice"
FETCHED = datetime(2026, 11, 25, 7, tzinfo=UTC)
FILES = sorted(path.name for path in FOLDER.glob("*.json"))


def read(name: str) -> Advice:
    return read_advice((FOLDER / name).read_bytes(), FETCHED)


def told(advice: Advice) -> dict[str, PlaceBlock]:
    return {f"{block.place or block.place_title}: {block.heading}": block for block in advice.blocks}


def test_every_recorded_file_gives_dated_attributed_licensed_quotations():
    assert len(FILES) == 4
    for name in FILES:
        for block in read(name).blocks:
            assert block.publisher
            assert block.licence
            assert block.document.startswith("https://")
            assert block.retrieved == FETCHED
            assert block.quote or block.level


def test_gov_uk_is_read_by_its_headings():
    found = told(read("gov_uk_gambia.json"))
    law = found["GM: Safety and security – Laws and cultural differences"]
    assert law.kind is PlaceKind.LAW
    assert (
        law.quote == "Invented: do not photograph the harbour & the bridge.\nA permit is needed for drones.\nCarry a copy of your papers."
    )
    assert law.updated == date(2026, 10, 4)
    assert found["GM: Safety and security – Transport risks"].kind is PlaceKind.TRANSPORT
    assert "alert" not in found["GM: Safety and security – Transport risks"].quote
    assert found["GM: Health"].kind is PlaceKind.HEALTH
    assert found["GM: Latest update"].level == "avoid_all_but_essential_travel_to_parts"


def test_a_withdrawn_page_is_a_note_and_no_quotation():
    page = msgspec.json.decode((FOLDER / "gov_uk_gambia.json").read_bytes())
    page["withdrawn_notice"] = {"explanation": "gone", "withdrawn_at": "2026-11-01"}
    advice = read_advice(msgspec.json.encode(page), FETCHED)
    assert advice.blocks == ()
    assert "withdrawn" in advice.not_read[0].why.in_english()


def test_us_levels_are_kept_in_the_publishers_words_and_places_found_by_name():
    advice = read("us_state.json")
    found = told(advice)
    assert found["FJ: Summary"].level == "Level 2: Exercise Increased Caution"
    assert found["FJ: Summary"].quote == "Invented: exercise increased caution in Fiji due to falling coconuts."
    assert found["FJ: Summary"].updated == date(2026, 9, 15)
    assert found["FJ: Local law"].kind is PlaceKind.LAW
    assert found["MM: Summary"].level == "Level 4: Do Not Travel"
    assert found["MM: Summary"].updated == date(2026, 5, 1)
    assert found["MM: Summary"].document == "https://travel.state.gov/"
    assert found["Atlantis: Summary"].updated is None


def test_what_was_passed_over_in_a_list_is_noted():
    notes = [f"{note.about}: {note.why.in_english()}" for note in read("us_state.json").not_read]
    assert any("Atlantis" in note for note in notes)
    assert any("Entry 4" in note for note in notes)


def test_the_canadian_index_gives_states_with_number_and_words():
    advice = read("index-alpha-eng.json")
    found = told(advice)
    assert found["IS: Latest update"].level == "Take normal security precautions (advisory-state 0)"
    assert found["IS: Latest update"].updated == date(2026, 11, 2)
    assert found["California: Latest update"].level == "advisory-state 1"
    notes = [f"{note.about}: {note.why.in_english()}" for note in advice.not_read]
    assert any("broken" in note for note in notes)
    assert any("California" in note for note in notes)


def test_a_canadian_page_is_read_by_its_parts():
    found = told(read("cta-cap-IS.json"))
    assert found["IS: Safety and security – Road travel"].kind is PlaceKind.TRANSPORT
    assert found["IS: Laws and culture – Photography"].kind is PlaceKind.LAW
    assert found["IS: Health – Hot springs"].quote == "Invented: they are hot."
    assert found["IS: Entry and exit requirements"].kind is PlaceKind.LAW


@pytest.mark.parametrize(
    ("name", "path", "hostile"),
    [
        ("gov_uk_gambia.json", ("base_path",), "@evil.example/foreign-travel-advice/gambia"),
        ("gov_uk_gambia.json", ("base_path",), "/foreign-travel-advice/../../evil"),
        ("us_state.json", (0, "Link"), "https://travel.state.gov@evil.example/"),
        ("us_state.json", (0, "Link"), "https://travel.state.gov.evil.example/"),
        ("us_state.json", (0, "Link"), "javascript:alert(1)"),
        ("cta-cap-IS.json", ("data", "eng", "url-slug"), "../../evil?x=iceland"),
    ],
    ids=["host in path", "path upwards", "user in link", "host in link", "script", "slug upwards"],
)
def test_a_link_never_leads_away_from_its_publisher(name, path, hostile):
    body = msgspec.json.decode((FOLDER / name).read_bytes())
    put(body, path, hostile)
    for block in read_advice(msgspec.json.encode(body), FETCHED).blocks:
        assert "evil" not in block.document
        assert block.document.startswith(
            ("https://www.gov.uk/foreign-travel-advice/", "https://travel.state.gov/", "https://travel.gc.ca/")
        )


def test_an_item_of_the_older_form_has_its_summary_read():
    body = msgspec.json.decode((FOLDER / "gov_uk_gambia.json").read_bytes())
    body["details"]["summary"] = [
        {"content_type": "text/govspeak", "content": "no"},
        {"content_type": "text/html", "content": "<p>Invented: in short.</p>"},
    ]
    assert told(read_advice(msgspec.json.encode(body), FETCHED))["GM: Summary"].quote == "Invented: in short."


def test_a_folder_keeps_the_newest_and_notes_what_it_could_not_read():
    index = (FOLDER / "index-alpha-eng.json").read_bytes()
    older = datetime(2026, 1, 1, tzinfo=UTC)
    advice = read_many([("new", index, FETCHED), ("old", index, older), ("bad", b"<html>", FETCHED), ("empty", b"", FETCHED)])
    assert {block.retrieved for block in advice.blocks} == {FETCHED}
    notes = [f"{note.about}: {note.why.in_english()}" for note in advice.not_read]
    assert any(note.startswith("bad: This file is damaged") for note in notes)
    assert any(note.startswith("empty: This file is damaged") for note in notes)


def test_blocks_come_in_the_order_of_the_places_of_the_trip():
    blocks = (*read("cta-cap-IS.json").blocks, *read("gov_uk_gambia.json").blocks)
    found = for_places(blocks, ["gm", "IS", "XX"])
    assert [block.place for block in found] == sorted(block.place for block in blocks)
    assert len(found) == len(blocks)
    assert for_places(blocks, []) == ()


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_anywhere_is_refused_or_read_but_never_crashes(name):
    body = (FOLDER / name).read_bytes()
    for end in range(0, len(body) - 2, 37):
        with pytest.raises(Unreadable):
            read_advice(body[:end], FETCHED)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("wrong", [None, 7, "text", [], {}, [None], {"a": None}, True], ids=repr)
def test_any_field_may_be_missing_or_of_another_kind(name, wrong):
    """Each value of the file in turn is replaced; what is left is read or refused in words."""
    body = msgspec.json.decode((FOLDER / name).read_bytes())
    for path in paths_of(body):
        changed = msgspec.json.decode(msgspec.json.encode(body))
        put(changed, path, wrong)
        try:
            advice = read_advice(msgspec.json.encode(changed), FETCHED)
        except Unreadable:
            continue
        assert all(isinstance(block.quote, str) for block in advice.blocks)


def paths_of(value, path=()):
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from paths_of(child, (*path, key))


def put(value, path, new):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = new


@settings(deadline=None)
@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_other_json_is_refused_in_words(value):
    with pytest.raises(Unreadable, match="travel advice"):
        read_advice(msgspec.json.encode([value]), FETCHED)


def test_a_file_with_a_byte_order_mark_is_read():
    assert read_advice(b"\xef\xbb\xbf" + (FOLDER / "us_state.json").read_bytes(), FETCHED).blocks


def test_endless_nesting_is_refused():
    with pytest.raises(Unreadable):
        read_advice(b"[" * 200_000, FETCHED)
