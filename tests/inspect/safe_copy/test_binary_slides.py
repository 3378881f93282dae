"""Binary presentations as blocks: each slide with its texts, pictures and notes, as the last edit has them."""

import struct

import pytest

from gifthorse.inspect.safe_copy.office import drawn_records
from gifthorse.inspect.safe_copy.office.blocks import Heading, NewPage, Paragraph, Picture
from gifthorse.inspect.safe_copy.office.drawn_records import Records
from gifthorse.inspect.safe_copy.office.reading import gathered_from
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from tests.samples.binary_slides import BITMAP, BODY, JPEG, OTHER, TITLE, Slide, art, blip, dots, said, shape, slides_97
from tests.samples.documents import an_item, compound_file


def told(presentation: bytes) -> list[str]:
    return [
        block.text if isinstance(block, Paragraph | Heading) else type(block).__name__
        for block in gathered_from(an_item(presentation, "a.ppt")).blocks
    ]


def test_slides_come_in_order_with_titles_lines_pictures_and_notes() -> None:
    first = Slide(
        shape(texts=[said(TITLE, "Начало")]) + shape(picture=2) + shape(texts=[said(OTHER, "one\rtwo\x0bmore", narrow=True)]),
        notes="spoken",
    )
    second = Slide(shape(texts=[said(OTHER, "*")]) + shape(texts=[said(BODY, "last")]), hidden=True)
    pictures = [blip(JPEG, dots("JPEG")), blip(BITMAP, dots("BMP")[14:])]
    assert told(slides_97(first, second, pictures=pictures)) == [
        "Slide 1", "Начало", "Picture", "one", "two\nmore", "Notes", "spoken", "NewPage", "Slide 2 (hidden)", "last",
    ]  # fmt: skip


def test_text_of_the_outline_stands_where_its_shape_is_and_is_not_lost_without_one() -> None:
    refers = shape(texts=[art(0x0F9E, struct.pack("<I", 1))])
    slide = Slide(refers + shape(texts=[said(OTHER, "box")]), outline=said(TITLE, "title") + said(BODY, "line"))
    assert told(slides_97(slide)) == ["Slide 1", "line", "box", "title"]


def test_what_an_edit_replaced_is_not_said() -> None:
    assert told(slides_97(Slide(shape(texts=[said(OTHER, "new")])), dead=shape(texts=[said(OTHER, "old")]))) == ["Slide 1", "new"]


def test_slides_are_found_where_the_list_of_places_is_lost() -> None:
    slides = [Slide(shape(texts=[said(OTHER, text)])) for text in ("a", "b")]
    assert [line for line in told(slides_97(*slides, lost=True)) if len(line) == 1] == ["a", "b"]


def test_a_presentation_without_slides_is_no_empty_page() -> None:
    with pytest.raises(NotRebuilt, match="no slide"):
        gathered_from(an_item(compound_file({"PowerPoint Document": art(0x03E8, b"", holds=True)}), "a.ppt"))


def test_one_slide_named_many_times_is_read_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_records, "MOST_RECORDS", 300)
    shapes = b"".join(shape(texts=[said(OTHER, str(number))]) for number in range(50))
    presentation = slides_97(*[Slide(shapes)] * 20)
    assert len([line for line in told(presentation) if line.isdigit()]) < 100


def test_records_within_records_end_where_the_outer_one_does() -> None:
    inner = art(0x0FA0, b"ab")
    stream = art(0x03EE, inner[:4] + struct.pack("<I", 500) + b"ab", holds=True) + inner
    records = Records(stream)
    assert [(one.kind, one.end) for one in records.descendants(0, len(stream))] == [(0x03EE, 18), (0x0FA0, 18), (0x0FA0, 28)]


def test_a_picture_number_that_no_picture_has_is_told_of() -> None:
    gathered = gathered_from(an_item(slides_97(Slide(shape(picture=9)), pictures=[blip(JPEG, dots("JPEG"))]), "a.ppt"))
    assert not any(isinstance(block, Picture | NewPage) for block in gathered.blocks)
    assert "pictures of a kind that is not drawn" in gathered.cut


def test_an_encrypted_presentation_is_no_garbage() -> None:
    whole = slides_97(Slide(shape(texts=[said(OTHER, "secret")])))
    locked = whole.replace(struct.pack("<II", 0x14, 0xE391C05F), struct.pack("<II", 0x14, 0xF3D1C4DF))
    with pytest.raises(NotRebuilt, match="encrypted"):
        gathered_from(an_item(locked, "a.ppt"))
