"""Official advice: read out of a folder and from addresses, confined, and quoted where a trip goes."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from gifthorse.model.errors import Refused, Unreadable
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.procedures import refresh_advice, view_brief
from gifthorse.procedures.kept_advice import blocks_about
from gifthorse.store.tables.setting import HouseSetting
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db


def item(slug: str, name: str, text: str) -> bytes:
    """An item of GOV.UK's form, made here."""
    return json.dumps(
        {
            "schema_name": "travel_advice",
            "base_path": f"/foreign-travel-advice/{slug}",
            "title": f"{name} travel advice",
            "public_updated_at": "2026-11-01T10:00:00Z",
            "details": {
                "country": {"name": name, "slug": slug, "synonyms": []},
                "alert_status": [],
                "parts": [{"slug": "laws", "title": "Local laws and customs", "body": f"<h2>Photography</h2><p>{text}</p>"}],
            },
        }
    ).encode()


@pytest.fixture
def folder(tmp_path, settings):
    settings.GIFTHORSE_ADVICE = tmp_path
    settings.GIFTHORSE_ADVICE_ADDRESSES = []
    (tmp_path / "france.json").write_bytes(item("france", "France", "Do not photograph kilns of the army."))
    (tmp_path / "broken.json").write_bytes(b"{")
    (tmp_path / "notes.txt").write_bytes(b"not read at all")
    return tmp_path


def test_what_lies_in_the_folder_is_read_and_what_is_broken_is_told(folder):
    held = refresh_advice.refresh(DESK_ITSELF)
    assert [(one.place, one.title, one.publisher) for one in held.places] == [("FR", "France", "GOV.UK (FCDO)")]
    assert [note.about for note in held.not_read] == ["broken.json"]
    assert held.files == 2
    assert any("photograph kilns" in block.quote for block in blocks_about(["FR"]))
    assert blocks_about(["DE"]) == () == blocks_about([])


def test_a_brief_quotes_the_advice_with_its_source_and_age(actors, folder):
    old = (datetime.now(UTC) - timedelta(days=40)).timestamp()
    os.utime(folder / "france.json", (old, old))
    refresh_advice.refresh(DESK_ITSELF)
    trip = samples.approved(actors["officer"], samples.a_trip(actors["staff"]))
    brief = view_brief.brief_of(actors["staff"], trip.pk).composed
    quoted = [sentence for section in brief.sections if section.kind.startswith("place-") for sentence in section.sentences]
    assert ["photograph kilns" in sentence.text.in_english() for sentence in quoted] == [True]
    assert "Open Government Licence" in quoted[0].attribution.in_english()
    assert ["40 days ago" in warning.in_english() for warning in quoted[0].warnings] == [True]


def test_what_no_file_tells_any_more_is_quoted_no_more(folder):
    refresh_advice.refresh(DESK_ITSELF)
    (folder / "france.json").unlink()
    (folder / "japan.json").write_bytes(item("japan", "Japan", "Carry your passport."))
    held = refresh_advice.refresh(DESK_ITSELF)
    assert [one.place for one in held.places] == ["JP"]
    assert blocks_about(["FR"]) == ()


def test_an_unchanged_place_is_not_written_again(folder):
    refresh_advice.refresh(DESK_ITSELF)
    from gifthorse.store.tables.ledger_entry import LedgerEntry

    refresh_advice.refresh(DESK_ITSELF)
    body = json.loads(bytes(LedgerEntry.objects.order_by("position").last().body))
    titles = {HouseSetting.objects.get(pk=record[1]).title for record in body["records"]}
    assert titles == {"advice"}


def test_addresses_are_fetched_and_one_that_fails_costs_a_note(folder, settings):
    settings.GIFTHORSE_ADVICE_ADDRESSES = ["https://advice.example.org/jp", "https://advice.example.org/gone"]

    def fetch(address: str) -> bytes:
        if address.endswith("gone"):
            raise Unreadable("The address did not answer as it should. Please check it, or upload the file instead.")
        return item("japan", "Japan", "Carry your passport.")

    held = refresh_advice.refresh(DESK_ITSELF, fetch=fetch)
    assert {one.place for one in held.places} == {"FR", "JP"}
    assert "https://advice.example.org/gone" in {note.about for note in held.not_read}


def test_no_folder_is_no_trouble(tmp_path, settings):
    settings.GIFTHORSE_ADVICE = tmp_path / "nowhere"
    assert refresh_advice.refresh(DESK_ITSELF).places == ()
    assert refresh_advice.newest_change() == 0.0


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "spain.json"
    outside.write_bytes(item("spain", "Spain", "Secret."))
    (folder / "spain.json").symlink_to(outside)
    assert [one.place for one in refresh_advice.refresh(DESK_ITSELF).places] == ["FR"]


def test_staff_do_not_bring_advice_in(actors, folder):
    with pytest.raises(Refused):
        refresh_advice.refresh(actors["staff"])
    with pytest.raises(Refused):
        refresh_advice.held(Actor(person=actors["staff"].person, roles=frozenset({Role.STAFF})))
