"""Rich text as blocks: its letters in any code page, its tables, pictures and asides, and none of its commands."""

import pytest

from gifthorse.inspect.safe_copy.office.blocks import MOST_BLOCKS, MOST_TEXT, Block, Heading, Paragraph, Picture, Table
from gifthorse.inspect.safe_copy.office.reading import gathered_from
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from tests.samples.binary_slides import dots
from tests.samples.documents import an_item, rich_text, rtf_object


def blocks_of(body: str, head: str = "") -> list[Block]:
    fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}{\colortbl;\red1;}{\stylesheet{\s1 heading;}}"
    return gathered_from(an_item(rf"{{\rtf1\ansi\ansicpg1252\deff0{head}{fonts}{body}}}".encode("latin-1"), "a.rtf")).blocks


def said(body: str) -> list[str]:
    return [block.text for block in blocks_of(body) if isinstance(block, Paragraph | Heading)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Gr\'f6\'dfe \emdash  \ldblquote x\rdblquote\~y", "Größe — “x”\u00a0y"),
        (r"{\f1 \'cf\'f0\'e8}{\f2 \'93\'fa\'96\'7b} end", "При日本 end"),
        (r"\uc1\u28450 ?\u-10179 ?\u-8704 ?z", "漢😀z"),
        (r"{\uc2\u233 \'65\'66 x}{\uc0\u233 y}", "é xéy"),
        (r"{\upr{old}{\*\ud{\u8364 ?new}}} a", "€new a"),
        (r"a\tab b\line c\-d\_e \{\}\\", "a\tb\ncd\u2011e {}\\"),
        (r"{\deleted gone}kept{\v shown}", "keptshown"),
        (r"{\field{\*\fldinst HYPERLINK {http://x.invalid}}{\fldrslt the link}}{\*\unknown never}", "the link"),
        (r"x{\*\htmltag64 <b>}\htmlrtf {\b \htmlrtf0 bold\htmlrtf }\htmlrtf0 y", "xboldy"),
    ],
    ids=["code page", "fonts", "unicode", "fallbacks", "two forms", "signs", "revisions", "fields", "page inside"],
)
def test_letters_are_read_however_they_are_written(body: str, text: str) -> None:
    assert said(body) == [text]


def test_tables_headings_and_lists_keep_their_shape() -> None:
    body = (
        r"{\pard\outlinelevel0 Plan\par}\pard{\listtext\bullet\tab}\ls1 point\par{\listtext 2.\tab}\ls1 second\par"
        r"\trowd\cellx1\pard\intbl a\cell b\par c\cell\row\trowd \intbl \cell d\cell\row\pard after\par"
    )
    assert blocks_of(body) == [
        Heading(text="Plan", level=1),
        Paragraph(text="point", in_list=True),
        Paragraph(text="2.\tsecond"),
        Table(rows=(("a", "b\nc"), ("", "d"))),
        Paragraph(text="after"),
    ]


def test_headers_notes_comments_and_boxes_stand_behind_the_text_under_their_titles() -> None:
    body = (
        r"{\header\pard top\par}a{\super\chftn{\footnote\pard the note}{\footnote\ftnalt\pard an end}}b{\*\annotation c}"
        r"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv word art}}{\shptxt boxed\par}}{\shprslt boxed}}\par"
    )
    told = [
        "ab",
        "In the header",
        "top",
        "Footnotes",
        "the note",
        "Endnotes",
        "an end",
        "Comments",
        "c",
        "In text boxes",
        "word art",
        "boxed",
    ]
    assert said(body) == told


def test_a_picture_is_seen_once_and_one_of_commands_is_told_of() -> None:
    png = dots("PNG").hex()
    twice = rf"{{\*\shppict{{\pict\pngblip\picw1 {png[:50]}" + "\n" + rf"{png[50:]}}}}}{{\nonshppict{{\pict\wmetafile8 0100}}}}"
    assert [type(block) for block in blocks_of(f"a{twice}b")] == [Paragraph, Picture, Paragraph]
    held = "{\\sv{\\pict\\pngblip " + png + "}}}"
    shaped = rf"{{\shp{{\*\shpinst{{\sp{{\sn fillBlip}}{held}{{\sp{{\sn pib}}{held}}}}}c"
    assert [type(block) for block in blocks_of(shaped)] == [Picture, Paragraph]
    assert said(r"{\pict\emfblip 01000000}") == ["[a picture that is not drawn here]"]


def test_pictures_as_bytes_are_read_by_their_length_whatever_they_hold() -> None:
    jpeg = dots("JPEG")
    body = rb"{\rtf1 {\pict\jpegblip\bin%d " % len(jpeg) + jpeg + b"}after}"
    first, second = gathered_from(an_item(body, "a.rtf")).blocks
    assert (type(first), second) == (Picture, Paragraph(text="after"))


def test_objects_leave_their_picture_and_no_byte_of_themselves() -> None:
    assert said(rtf_object(b"MZ" * 40) + "rest") == ["rest"]
    assert gathered_from(an_item(rich_text(rtf_object(b"x")), "a.rtf")).said == "Hello"


def test_what_stands_behind_the_last_brace_is_no_text() -> None:
    assert gathered_from(an_item(rb"{\rtf1 a}b\par c", "a.rtf")).said == "a"


def test_groups_without_end_end() -> None:
    with pytest.raises(NotRebuilt, match="without end"):
        blocks_of("{" * 3000)
    assert said(r"{\footnote never closed") == ["Footnotes", "never closed"]


def test_more_notes_or_text_than_is_taken_is_cut_and_that_is_said() -> None:
    notes = gathered_from(an_item(rb"{\rtf1 a" + rb"{\footnote x}" * (MOST_BLOCKS + 50) + b"}", "a.rtf"))
    assert MOST_BLOCKS - 9 < len(notes.blocks) < MOST_BLOCKS + 9
    assert "the text behind its beginning" in notes.cut
    one = gathered_from(an_item(rb"{\rtf1 " + rb"\u65 ?" * (MOST_TEXT + 50) + b"}", "a.rtf"))
    assert len(one.said.replace("\n", "")) == MOST_TEXT
    assert "the text behind its beginning" in one.cut
