"""The library of advice: every block is whole, sourced, dated, short and reachable."""

import re
from datetime import date

import msgspec
import pytest

from gifthorse.brief.blocks import SCHEMA, BlockKind, Said, library, library_with, read_library
from gifthorse.brief.clauses import CLAUSES
from gifthorse.brief.composing import DeskContact, compose
from gifthorse.brief.facts import COUNT, VOCABULARY
from gifthorse.brief.kinds import ElementKind, VenueKind
from gifthorse.brief.trip_facts import situation_of
from gifthorse.model.errors import Unreadable
from tests.samples.trips import TODAY, trip

BLOCKS = library().blocks
FULL_DESK = DeskContact(desk="Security desk", phone="+00 1", phone_at_night="+00 2", word="umbrella")
WHOLE = {
    "id": "x", "kind": "money", "sentences": ["Keep the slip."], "source": {"document": "A rule", "date": "2020"}, "author": "A", "priority": 5,
    "reviewed": "2026-01-01", "expires": "2027-01-01",
}  # fmt: skip


def file_of(*blocks: dict) -> bytes:
    return msgspec.json.encode({"schema": SCHEMA, "blocks": list(blocks)})


def test_the_library_holds_more_than_seventy_blocks_and_every_part():
    assert len(BLOCKS) >= 100
    assert {block.kind for block in BLOCKS} == set(BlockKind)


def test_every_block_has_a_source_an_author_and_a_review_that_is_not_over():
    for block in BLOCKS:
        assert block.source.document, block.id
        assert block.author, block.id
        assert block.reviewed <= block.expires, block.id


def test_sentences_are_short():
    lengths = [len(sentence.split()) for block in BLOCKS for sentence in block.sentences]
    assert max(lengths) <= 25
    assert sum(lengths) / len(lengths) <= 14
    assert all(len(block.card.split()) <= 14 for block in BLOCKS)


def test_each_entry_is_one_sentence_so_that_each_has_its_own_reason_and_source():
    for block in BLOCKS:
        for sentence in block.sentences:
            assert not re.search(r"[.!?]\s+[A-Z]", sentence), (block.id, sentence)


def test_no_text_calls_anybody_a_suspect_or_speaks_of_origin():
    for message in library().messages():
        assert not re.search(r"\b(suspect|nationalit|foreign|ethnic|race\b|religio|chines|russian|iranian)", message, re.IGNORECASE), (
            message
        )


@pytest.mark.parametrize("venue", list(VenueKind), ids=str)
def test_every_kind_of_venue_is_told_what_an_approach_looks_like_there(venue):
    said = [b for b in BLOCKS if b.kind is BlockKind.APPROACH and [(c.fact, c.any_of) for c in b.rule] == [("venue", (str(venue),))]]
    assert said
    assert all(block.card for block in said)


@pytest.mark.parametrize("kind", list(ElementKind), ids=str)
def test_every_kind_of_know_how_has_a_line_when_none_was_agreed(kind):
    wanted = {("element.line", ("no",)), ("element.kind", (str(kind),))}
    assert any(block.said is Said.TOGETHER and {(c.fact, c.any_of) for c in block.rule} == wanted for block in BLOCKS)


@pytest.mark.slow
def test_every_block_is_printed_on_some_trip():
    """Each has a generated trip that asks for it, and none is so unimportant that it never finds room."""
    printed: set[str] = set()
    for seed in range(3_000):
        desk = FULL_DESK if seed % 2 else DeskContact()
        printed |= {sentence.block for sentence in compose(situation_of(trip(seed), TODAY), (), library(), TODAY, desk=desk).sentences()}
    assert {block.id for block in BLOCKS} - printed == set()


def test_every_condition_has_words_for_its_reason():
    own = {"know-how", "know-how.carried", "element.kind", "element.carried"}
    for block in BLOCKS:
        for condition in block.rule:
            if condition.fact not in own:
                assert any((condition.fact, word) in CLAUSES for word in (*condition.any_of, "")), (block.id, condition.fact)


def test_every_word_of_the_vocabulary_has_a_clause():
    named = {fact for fact in VOCABULARY if fact in {"know-how", "know-how.carried", "element.kind", "element.carried"}}
    for fact, words in VOCABULARY.items():
        if fact not in named:
            assert all((fact, word) in CLAUSES for word in (("",) if words == COUNT else words)), fact


def test_a_whole_block_is_read():
    found = read_library([file_of(WHOLE)]).blocks[0]
    assert (found.id, found.kind, found.expires) == ("x", BlockKind.MONEY, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"source": None}, "source"),
        ({"expires": "2025-12-31"}, "expires before its review"),
        ({"priority": 0}, "priority"),
        ({"sentences": []}, "no sentence"),
        ({"sentences": ["Ask {somebody}."]}, "places that nothing fills"),
        ({"rule": [{"fact": "nationality", "any_of": ["xx"]}]}, "a fact that doesn't exist"),
        ({"rule": [{"fact": "venue", "any_of": ["moon"]}]}, "can't hold"),
        ({"rule": [{"fact": "nights", "any_of": ["2"]}]}, "can't hold"),
        ({"rule": [{"fact": "venue", "at_least": 1}]}, "can't hold"),
        ({"rule": [{"fact": "venue"}]}, "asks nothing"),
        ({"rule": [{"fact": "element.line", "any_of": ["no"]}]}, "not said about elements"),
        ({"source": {"document": "A", "date": "last year"}}, "not a date of a source"),
        ({"needs": "fax"}, "a setting of the desk that doesn't exist"),
        ({"extra": 1}, "extra"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_a_block_with_an_error_is_refused_and_the_error_named(change, told):
    with pytest.raises(Unreadable, match=re.escape(told)):
        read_library([file_of({**WHOLE, **change})])


def test_two_blocks_with_one_id_are_refused():
    with pytest.raises(Unreadable, match="same id"):
        read_library([file_of(WHOLE), file_of(WHOLE)])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b'{"schema": "other/9", "blocks": []}'], ids=["empty", "cut", "list", "bytes", "schema"]
)
def test_what_is_no_library_is_refused(body):
    with pytest.raises(Unreadable):
        read_library([body])


def test_texts_to_translate_are_every_sentence_and_card():
    told = set(library().messages())
    assert {sentence for block in BLOCKS for sentence in block.sentences} <= told
    assert len(told) > 250


def test_a_house_adds_its_own_blocks_and_replaces_packaged_ones():
    own = library_with([file_of(WHOLE, {**WHOLE, "id": "money.currency", "sentences": ["Use the house's card."]})])
    assert len(own.blocks) == len(BLOCKS) + 1
    replaced = [block for block in own.blocks if block.id == "money.currency"]
    assert [block.sentences for block in replaced] == [("Use the house's card.",)]
    assert library_with([]) == library()


def test_blocks_due_for_review_are_listed_from_the_first_to_expire():
    last = max(block.expires for block in BLOCKS)
    first = min(block.expires for block in BLOCKS)
    due = library().due_for_review(last)
    assert len(due) == len(BLOCKS)
    assert [block.expires for block in due] == sorted(block.expires for block in BLOCKS)
    assert 0 < len(library().due_for_review(first)) < len(BLOCKS)
    assert library().due_for_review(first.replace(year=first.year - 1)) == ()
