"""Binary Word documents as blocks: all their text in order, what it is, and nothing that was struck out or is a command."""

import io

import pytest
from PIL import Image

from gifthorse.inspect.safe_copy.office.blocks import Block, Heading, Paragraph, Picture, Table
from gifthorse.inspect.safe_copy.office.reading import gathered_from
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from tests.samples.binary_office import DELETED, HEADING_1, IN_TABLE, ROW_END, Line, inline_picture, picture_at, word_95, word_97
from tests.samples.binary_slides import JPEG, METAFILE, PNG, blip, dots, entry, store
from tests.samples.documents import an_item


def blocks_of(document: bytes) -> list[Block]:
    return gathered_from(an_item(document, "a.doc")).blocks


def said_by(document: bytes) -> list[str]:
    return [block.text for block in blocks_of(document) if isinstance(block, Paragraph | Heading)]


def colour_of(block: Block) -> tuple[int, ...]:
    assert isinstance(block, Picture)
    with Image.open(io.BytesIO(block.jpeg)) as opened:
        return tuple(round(part / 255) for part in opened.convert("RGB").getpixel((5, 5)))  # type: ignore[union-attr]


def test_the_text_comes_in_order_from_pieces_of_one_and_of_two_bytes_to_the_letter() -> None:
    document = word_97(Line("Größe “x” – 5 €"), Line("Привет, 漢字 and 😀"), narrow=12)
    assert said_by(document) == ["Größe “x” – 5 €", "Привет, 漢字 and 😀"]


def test_headings_and_lists_are_told_from_paragraphs() -> None:
    document = word_97(Line("Plan", style=HEADING_1), Line("point", marks=b"\x0b\x46\x01\x00"), Line("rest"))
    assert blocks_of(document) == [Heading(text="Plan", level=1), Paragraph(text="point", in_list=True), Paragraph(text="rest")]


def table(*, marked: bool) -> bytes:
    cell, row = (IN_TABLE, ROW_END) if marked else (b"", b"")
    return word_97(
        Line("before"),
        Line("a1", "\x07", marks=cell),
        Line("b1", "\r", marks=cell),
        Line("b1 too", "\x07", marks=cell),
        Line("", "\x07", marks=row),
        Line("", "\x07", marks=cell),
        Line("b2", "\x07", marks=cell),
        Line("", "\x07", marks=row),
        Line("after"),
    )


def test_cells_stand_in_the_rows_that_their_marks_say() -> None:
    assert blocks_of(table(marked=True)) == [
        Paragraph(text="before"),
        Table(rows=(("a1", "b1\nb1 too"), ("", "b2"))),
        Paragraph(text="after"),
    ]


def test_what_was_struck_out_and_the_codes_of_fields_are_not_said_and_their_results_are() -> None:
    link = '\x13 HYPERLINK "http://x.invalid" \x14the link\x15 and \x13 IF \x13 PAGE \x142\x15 > 1 \x14more\x15'
    assert said_by(word_97(Line([("keep", b""), (" gone", DELETED), (" this", b"")]), Line(link))) == ["keep this", "the link and more"]


def test_a_field_without_end_hides_no_paragraph_behind_it() -> None:
    assert said_by(word_97(Line("\x13 DDE x"), Line("still here"))) == ["still here"]


def test_headers_footers_notes_comments_and_boxes_stand_under_titles_behind_the_text() -> None:
    stories = ["\r"] * 6 + ["", "top\r", "", "bottom\r"]
    document = word_97(Line("text"), footnotes="a note\r", stories=stories, comments="a comment\r", endnotes="an end\r", boxes="boxed\r")
    told = ["text", "In the header", "top", "In the footer", "bottom", "Footnotes", "a note", "Endnotes", "an end", "Comments", "a comment"]
    assert said_by(document) == [*told, "In text boxes", "boxed"]


def test_pictures_stand_where_the_text_has_them_and_those_beside_it_behind_it() -> None:
    red, blue = blip(PNG, dots("PNG", "red"), digests=2), blip(JPEG, dots("JPEG", "blue"))
    data = b"\0" * 7 + inline_picture(entry(red), "c:\\a.png")
    empty = word_97(Line("x\x01y", marks=b""), data=data)
    place = word_97(Line([("see", b""), ("\x01", picture_at(7)), ("here", b"")]), Line("end"), data=data)
    assert not any(isinstance(block, Picture) for block in blocks_of(empty))
    first, picture, second, _end = blocks_of(place)
    assert (first, second, colour_of(picture)) == (Paragraph(text="see"), Paragraph(text="here"), (1, 0, 0))
    behind = len(place) and 0x600 + 3 * 512  # the text's page and the two of its marks stand before
    beside = blocks_of(word_97(Line("text"), drawings=store(entry(blue, behind)), behind=blue))
    assert beside[1] == Heading(text="Pictures beside the text", level=3)
    assert colour_of(beside[2]) == (0, 0, 1)


def test_a_picture_of_commands_is_told_of() -> None:
    gathered = gathered_from(
        an_item(word_97(Line([("\x01", picture_at(0))]), data=inline_picture(entry(blip(METAFILE, b"\1" * 60)))), "a.doc")
    )
    assert [block.text for block in gathered.blocks if isinstance(block, Paragraph)] == ["[a picture that is not drawn here]"]
    assert "pictures of a kind that is not drawn" in gathered.cut


def test_a_document_of_word_95_says_its_text() -> None:
    assert said_by(word_95(b"Old \xfcber text\rSecond\r")) == ["Old über text", "Second"]


@pytest.mark.parametrize("flags", [0x0100, 0x8100], ids=["encrypted", "obfuscated"])
def test_an_encrypted_document_is_no_garbage(flags: int) -> None:
    with pytest.raises(NotRebuilt, match="encrypted"):
        blocks_of(word_97(Line("x"), flags=flags))


def test_pieces_that_lie_over_each_other_are_said_once() -> None:
    (said,) = said_by(word_97(Line("once only"), again=(5, 2, 1, 9)))
    assert said.startswith("once ")
    assert len(said) <= len("once only\r")
