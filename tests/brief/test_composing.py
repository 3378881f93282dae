"""What goes into a brief, in which order, why, and what stays out."""

from datetime import UTC, date, datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.brief.blocks import Block, BlockKind, Library, Source, library
from gifthorse.brief.clauses import told_reason
from gifthorse.brief.composed import TITLES, Brief, WhyLeftOut
from gifthorse.brief.composing import DeskContact, Limits, compose, count_words
from gifthorse.brief.conditions import Condition
from gifthorse.brief.kinds import DeviceKind, ElementKind, Payer, VenueKind
from gifthorse.brief.place import PlaceBlock, PlaceKind
from gifthorse.brief.situation import Device, KnowHow, Situation
from gifthorse.brief.trip_facts import situation_of
from gifthorse.model.words import Phrase
from tests.samples.trips import TODAY, trip

SOURCE = Source(document="A rule", clause="4", date="2020")


def english(text: Phrase | str) -> str:
    return text if isinstance(text, str) else text.in_english()


def block(block_id: str, *sentences: str, kind: BlockKind = BlockKind.MONEY, **given_fields) -> Block:
    usual = {"source": SOURCE, "author": "A", "reviewed": TODAY, "expires": TODAY + timedelta(days=100), "priority": 50}
    return Block(id=block_id, kind=kind, sentences=sentences or (f"Sentence of {block_id}.",), **{**usual, **given_fields})


def of(*blocks: Block) -> Library:
    return Library(blocks=blocks)


def texts(brief: Brief) -> list[str]:
    return [sentence.text.in_english() for sentence in brief.sentences()]


def test_a_block_is_said_when_its_facts_hold_and_only_then():
    pays = of(block("host-pays", rule=(Condition(fact="payer", any_of=("host",)),)))
    assert texts(compose(Situation(payer=Payer.HOST), (), pays, TODAY)) == ["Sentence of host-pays."]
    assert texts(compose(Situation(payer=Payer.OWN_HOUSE), (), pays, TODAY)) == []


def test_a_sentence_says_which_facts_asked_for_it():
    rule = (
        Condition(fact="know-how.carried", any_of=("step",)),
        Condition(fact="venue", any_of=("trade-fair", "conference")),
        Condition(fact="payer", any_of=("host",)),
    )
    situation = Situation(
        know_how=(
            KnowHow(id="a", title="sealing step", kind=ElementKind.STEP, carried=True),
            KnowHow(id="b", title="burner curve", kind=ElementKind.PARAMETER, carried=True),
            KnowHow(id="c", title="drying order", kind=ElementKind.STEP),
        ),
        venues=frozenset({VenueKind.TRADE_FAIR}),
        payer=Payer.HOST,
    )
    sentence = compose(situation, (), of(block("x", rule=rule)), TODAY).sentences()[0]
    assert told_reason(sentence.because, english) == "because you take sealing step with you, you go to a trade fair and the host pays"
    assert sentence.source == SOURCE


def test_a_block_without_conditions_belongs_in_every_brief():
    sentence = compose(Situation(), (), of(block("x")), TODAY).sentences()[0]
    assert told_reason(sentence.because, english) == "because it belongs in every brief"


def test_an_expired_block_is_left_out_and_named():
    late = of(block("old", expires=TODAY - timedelta(days=1), reviewed=TODAY - timedelta(days=9)), block("new"))
    brief = compose(Situation(), (), late, TODAY)
    assert texts(brief) == ["Sentence of new."]
    assert [(left.block, left.why) for left in brief.left_out] == [("old", WhyLeftOut.EXPIRED)]


def test_a_block_holds_on_the_day_on_which_it_expires():
    assert texts(compose(Situation(), (), of(block("x", expires=TODAY)), TODAY)) == ["Sentence of x."]


def test_an_expired_block_that_would_not_be_said_is_not_named():
    late = of(block("old", expires=TODAY, rule=(Condition(fact="fee", any_of=("yes",)),)))
    assert compose(Situation(), (), late, TODAY + timedelta(days=1)).left_out == ()


def test_when_room_is_short_the_most_important_stays_and_the_rest_is_listed():
    blocks = of(block("least", priority=1), block("most", priority=99), block("middle", priority=50))
    brief = compose(Situation(), (), blocks, TODAY, limits=Limits(words=6))
    assert texts(brief) == ["Sentence of most.", "Sentence of middle."]
    assert [(left.block, left.why) for left in brief.left_out] == [("least", WhyLeftOut.NO_ROOM)]


def test_a_brief_is_good_until_its_first_block_expires():
    blocks = of(block("a", expires=date(2027, 5, 1)), block("b", expires=date(2027, 3, 1)))
    assert compose(Situation(), (), blocks, TODAY).good_until == date(2027, 3, 1)


def test_each_agreed_line_is_said_and_elements_without_one_get_the_usual_line():
    situation = Situation(
        know_how=(
            KnowHow(id="a", title="glue mix", kind=ElementKind.MATERIAL, line="We use a common resin."),
            KnowHow(id="b", title="sealing step", kind=ElementKind.STEP),
            KnowHow(id="c", title="drying order", kind=ElementKind.STEP),
        )
    )
    told = "\n".join(texts(compose(situation, (), library(), TODAY)))
    assert "On glue mix, say this and no more: We use a common resin." in told
    assert "On sealing step, drying order: say what the result does" in told


def test_every_element_gets_a_line_on_every_generated_trip():
    for seed in range(300):
        situation = situation_of(trip(seed), TODAY)
        brief = compose(situation, (), library(), TODAY)
        lines = " ".join(s.text.in_english() for section in brief.sections if section.kind == "line-to-take" for s in section.sentences)
        lines += " ".join(left.text.in_english() for left in brief.left_out if left.kind == "line-to-take")
        assert all(element.title in lines for element in situation.know_how), seed


def test_numbers_of_the_desk_are_filled_in_and_asked_for_when_missing():
    with_numbers = texts(
        compose(Situation(nights=2), (), library(), TODAY, desk=DeskContact(desk="Gate 4", phone="+00 12", phone_at_night="+00 99"))
    )
    assert "Call Gate 4 on +00 12 about anything that feels odd." in with_numbers
    assert "Outside office hours call +00 99." in with_numbers
    without = texts(compose(Situation(nights=2), (), library(), TODAY))
    assert "No number of the desk is filled in here." in without
    assert not any("{" in text for text in without)


def test_the_agreed_word_is_marked_as_secret_and_nowhere_on_the_card():
    brief = compose(Situation(), (), library(), TODAY, desk=DeskContact(desk="D", phone="1", word="umbrella"))
    holding = [sentence for sentence in brief.sentences() if "umbrella" in sentence.text.in_english()]
    assert holding
    assert all(sentence.secret for sentence in holding)
    assert not any("umbrella" in sentence.text.in_english() for sentence in brief.card)


def test_every_sentence_has_a_reason_and_a_source_on_every_generated_trip():
    for seed in range(500):
        brief = compose(situation_of(trip(seed), TODAY), (), library(), TODAY)
        for sentence in (*brief.sentences(), *brief.card):
            assert sentence.because, (seed, sentence)
            assert sentence.source.document, (seed, sentence)
            assert sentence.block
            sentence.text.in_english()


def test_card_and_pages_keep_to_their_words_on_every_generated_trip():
    limits = Limits()
    for seed in range(500):
        brief = compose(situation_of(trip(seed), TODAY), (), library(), TODAY)
        assert brief.card_words == sum(count_words(sentence.text) for sentence in brief.card) <= limits.card_words
        assert brief.words == sum(count_words(sentence.text) for sentence in brief.sentences()) <= limits.words
        assert brief.card[0].block == "call.no-number"


def test_what_fits_the_trip_is_either_said_or_listed():
    narrow, wide = Limits(words=300), Limits(words=100_000)
    for seed in range(100):
        situation = situation_of(trip(seed), TODAY)
        everything = compose(situation, (), library(), TODAY, limits=wide)
        brief = compose(situation, (), library(), TODAY, limits=narrow)
        assert everything.left_out == ()
        assert {s.block for s in everything.sentences()} == {s.block for s in brief.sentences()} | {left.block for left in brief.left_out}


def test_parts_come_in_reading_order_and_the_return_last():
    fair = Situation(venues=frozenset({VenueKind.TRADE_FAIR}), devices=(Device(kind=DeviceKind.LAPTOP),), nights=2, border_crossings=2)
    place = PlaceBlock(
        kind=PlaceKind.HEALTH, place="XX", place_title="Farland", heading="Health", quote="Boil the water.", publisher="P", document="https://p/",
        licence="L", retrieved=datetime(2026, 11, 30, tzinfo=UTC),
    )  # fmt: skip
    kinds = [section.kind for section in compose(fair, (place,), library(), TODAY).sections]
    order = list(TITLES)
    assert kinds[0] == "who-to-call"
    assert kinds[-2:] == ["place-health", "after"]
    assert kinds[:-2] == sorted(kinds[:-2], key=order.index)


def test_a_long_text_about_a_place_pushes_no_advice_out():
    tried = (situation_of(trip(seed), TODAY) for seed in range(500))
    situation = next(one for one in tried if compose(one, (), library(), TODAY).left_out)  # its pages are full
    place = PlaceBlock(
        kind=PlaceKind.LAW, place="XX", place_title="Farland", heading="Law", quote="No photographs of the port. " * 900, publisher="P",
        document="https://p/", licence="L", retrieved=datetime(2026, 11, 30, tzinfo=UTC),
    )  # fmt: skip
    alone, beside = compose(situation, (), library(), TODAY), compose(situation, (place,) * 40, library(), TODAY)
    assert texts(alone) == [
        s.text.in_english() for section in beside.sections if not section.kind.startswith("place-") for s in section.sentences
    ]
    assert sum(left.kind == "place-law" for left in beside.left_out) > 30


def test_a_brief_survives_being_kept_as_json():
    brief = compose(situation_of(trip(3), TODAY), (), library(), TODAY)
    assert msgspec.json.decode(msgspec.json.encode(brief), type=Brief) == brief


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=60), st.sampled_from(list(ElementKind)))
def test_titles_and_lines_of_any_text_compose(titles, kind):
    situation = Situation(know_how=tuple(KnowHow(id=str(n), title=title, kind=kind, line=title[:20]) for n, title in enumerate(titles)))
    brief = compose(situation, (), library(), TODAY)
    assert all(sentence.text.in_english() for sentence in brief.sentences())


def test_elements_without_a_line_share_one_sentence_however_many_they_are():
    many = Situation(know_how=tuple(KnowHow(id=str(n), title=f"step {n}", kind=ElementKind.STEP) for n in range(300)))
    said = [text for text in texts(compose(many, (), library(), TODAY)) if text.startswith("On step 0")]
    assert said == ["On step 0, step 1, step 2 (+297): say what the result does for the customer, not the order of steps."]


def test_a_line_typed_over_several_rows_is_one_sentence():
    held = Situation(know_how=(KnowHow(id="a", title="glue\n mix", kind=ElementKind.MATERIAL, line="We use\r\n a common\tresin. "),))
    assert "On glue mix, say this and no more: We use a common resin." in texts(compose(held, (), library(), TODAY))
