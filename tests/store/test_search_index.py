"""Sealed texts are found by words, by those who may, and the index tells nothing by itself."""

import pytest
from django.db import transaction

from gifthorse.store import search_index
from gifthorse.store.tables.search_word import SearchWord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noted(db):
    with transaction.atomic():
        search_index.note("contact", "contact-1", "person-1", ["Jörg Müller-Brandt", "ВОЛКОВ Андрей", "consulting"])
        search_index.note("contact", "contact-2", "person-2", ["王小明", "Müller Consulting"])
        search_index.note("trip", "trip-1", "person-1", ["Müller"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("muller", ["contact-2", "contact-1"]),
        ("MÜLLER brandt", ["contact-1"]),
        ("mül", ["contact-2", "contact-1"]),
        ("волков", ["contact-1"]),
        ("小明", ["contact-2"]),
        ("王小明", ["contact-2"]),
        ("小王", []),
        ("ller", []),
        ("", []),
        ("!!", []),
    ],
)
def test_a_record_is_found_by_its_words_and_their_beginnings(query, found):
    assert [record for _, record in search_index.find(query, kinds=["contact"])] == found


def test_only_the_kinds_and_the_owner_that_are_asked_for_are_found():
    assert search_index.find("müller", kinds=["trip"]) == [("trip", "trip-1")]
    assert search_index.find("müller", kinds=["contact", "trip"], owner="person-2") == [("contact", "contact-2")]


def test_a_changed_text_is_found_by_its_new_words_alone():
    search_index.note("contact", "contact-1", "person-1", ["Somebody Else"])
    assert [record for _, record in search_index.find("brandt", kinds=["contact"])] == []
    assert [record for _, record in search_index.find("somebody", kinds=["contact"])] == ["contact-1"]


def test_prose_is_found_by_whole_words_alone():
    search_index.note("report", "report-1", "person-1", ["Dinner"], ["They asked about the furnace curve", "炉の温度"])
    assert search_index.find("furnace curve", kinds=["report"]) == [("report", "report-1")]
    assert search_index.find("温度", kinds=["report"]) == [("report", "report-1")]
    assert search_index.find("furn", kinds=["report"]) == []


def test_a_forgotten_record_is_found_no_more():
    search_index.forget("contact-2")
    assert search_index.find("小明", kinds=["contact"]) == []


def test_no_word_stands_readable_in_the_index():
    kept = b"".join(bytes(digest) for digest in SearchWord.objects.values_list("digest", flat=True))
    assert b"ller" not in kept
    assert {len(bytes(digest)) for digest in SearchWord.objects.values_list("digest", flat=True)} == {search_index.DIGEST}


def test_a_mark_knows_the_same_text_again_in_any_case_and_no_other():
    assert search_index.mark("Ann@Example.org") == search_index.mark("ann@example.ORG") != search_index.mark("ann@example.com")
