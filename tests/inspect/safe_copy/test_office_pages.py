"""Office files as pages of our own: all that they say is there, in any script, and nothing that acts."""

import io
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.examine import Place
from gifthorse.inspect.safe_copy.bound_pdf import bound
from gifthorse.inspect.safe_copy.copier import Copier
from gifthorse.inspect.safe_copy.facts import LARGEST, Copied
from gifthorse.inspect.safe_copy.office import blocks, setting
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.reading import gathered_from
from gifthorse.inspect.unpack.budgets import Budget
from tests.inspect.safe_copy.test_making import TYPES, copied, gift
from tests.samples.documents import an_item, open_document, package, relationships
from tests.samples.files import pe, zip_of

__all__ = ["gift"]
NAMESPACES = 'xmlns:w="w" xmlns:r="r" xmlns:a="a" xmlns:mc="m"'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def word(body: str, **parts: bytes) -> bytes:
    document = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()
    return zip_of({"[Content_Types].xml": TYPES, "word/document.xml": document, "word/vbaProject.bin": pe(), **parts})


def sheet(rows: str) -> bytes:
    return f'<worksheet xmlns="x"><sheetData>{rows}</sheetData></worksheet>'.encode()


def workbook(*sheets: bytes, names: str = "", **parts: bytes) -> bytes:
    listed = names or "".join(f'<sheet name="Part {n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    return package(
        "xlsx",
        {
            "xl/workbook.xml": f'<workbook xmlns="x" xmlns:r="r"><sheets>{listed}</sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="x">'
            + b"".join(b'<Relationship Id="rId%d" Type="t/worksheet" Target="worksheets/sheet%d.xml"/>' % (n, n) for n in range(1, 9))
            + b"</Relationships>",
            **{f"xl/worksheets/sheet{n}.xml": body for n, body in enumerate(sheets, 1)},
            **parts,
        },
    )


def said_by(safe: Path) -> str:
    document = pypdfium2.PdfDocument(safe.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)
    finally:
        document.close()


def same(text: str) -> list[str]:
    """The letters of *text*, whatever their form and place."""
    return sorted("".join(unicodedata.normalize("NFKD", text).split()))


def of_copy(gift: Path, tmp_path: Path, name: str, body: bytes) -> tuple[str, dict[str, str]]:
    """What the safe copy of one file says, and its entry in the manifest."""
    (gift / name).write_bytes(body)
    copies = copied(gift, tmp_path / "safe")["copies"]
    assert isinstance(copies, list)
    entry = next(one for one in copies if one["path"] == name)
    return said_by(tmp_path / "safe" / entry["safe_path"]), entry


def test_a_word_file_keeps_headings_lists_and_tables_and_says_that_the_layout_is_ours(gift: Path, tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('left')}</w:tc><w:tc>{paragraph('right')}</w:tc></w:tr></w:tbl>"
    heading = paragraph("Plan", '<w:pStyle w:val="Heading1"/>')
    said, entry = of_copy(gift, tmp_path, "a.docx", word(heading + paragraph("#panic(1) one", "<w:numPr/>") + table + paragraph("end")))
    assert said == "Plan\n• #panic(1) one\nleft right\nend"
    assert entry["how"] == "words and pictures set on pages of our own"
    assert "the layout is not the original's" in entry["lacks"]
    assert "not taken" not in entry["lacks"]
    assert b"vbaProject" not in (tmp_path / "safe" / entry["safe_path"]).read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם 42 טקסט",
        "مرحبا بالعالم هذا نص",
        "in Hebrew שלום said",
        "漢字かな交じり文。中文 한국어",
        "हिन्दी ไทย",
        "a 😀😁 b",
        "Ελληνικά Кириллица ąęłż",
        "fi ffl office",
        "日 and ж stand alone",
    ],
    ids=["hebrew", "arabic", "both ways", "east asian", "indic and thai", "beyond the first plane", "european", "ligatures", "alone"],
)
def test_the_words_under_the_pages_are_those_of_the_file_in_every_script(text: str, gift: Path, tmp_path: Path) -> None:
    said, _entry = of_copy(gift, tmp_path, "a.docx", word(paragraph("before") + paragraph(text) + paragraph("after")))
    assert said == f"before\n{text}\nafter"


def test_a_hyphen_at_the_end_of_a_line_is_kept_and_joins_no_lines() -> None:
    gathered = Gathered()
    for text in ("well-", "known", "a-"):
        gathered.paragraph(text)
    drawn, lacks = setting.set_pages(gathered)
    assert [word.text for word in drawn[0].words] == ["well-", "known", "a-"]
    assert "not taken" not in lacks


def test_letters_without_a_shape_are_told_of(gift: Path, tmp_path: Path) -> None:
    _said, entry = of_copy(gift, tmp_path, "a.docx", word(paragraph("ไทย")))
    assert "3 different letters have no shape" in entry["lacks"]


def test_a_picture_of_the_file_is_seen_on_its_page(gift: Path, tmp_path: Path) -> None:
    red = io.BytesIO()
    Image.new("RGB", (600, 400), "red").save(red, "PNG")
    body = f'{paragraph("above")}<w:p><w:r><w:drawing><a:blip r:embed="rId5"/></w:drawing></w:r></w:p>'
    rels = b'<Relationships xmlns="x"><Relationship Id="rId5" Type="y/image" Target="media/p.png"/></Relationships>'
    of_copy(gift, tmp_path, "a.docx", word(body, **{"word/_rels/document.xml.rels": rels, "word/media/p.png": red.getvalue()}))
    document = pypdfium2.PdfDocument((tmp_path / "safe" / "a_docx.pdf").read_bytes())
    drawn = document[0].render(scale=0.5).to_pil().convert("RGB")
    document.close()
    reds = sum(count for count, colour in drawn.getcolors(1 << 20) if colour[0] > 200 and colour[1] < 60)
    assert reds == pytest.approx(600 * 0.48 / 2 * 400 * 0.48 / 2, rel=0.1)


def test_a_broken_picture_is_told_of_and_the_words_stay(gift: Path, tmp_path: Path) -> None:
    rels = b'<Relationships xmlns="x"><Relationship Id="r1" Type="y/image" Target="media/p.emf"/></Relationships>'
    body = word(
        paragraph("words") + '<a:blip r:embed="r1"/>', **{"word/_rels/document.xml.rels": rels, "word/media/p.emf": b"\1\0\0\0" * 9}
    )
    said, entry = of_copy(gift, tmp_path, "a.docx", body)
    assert said == "words\n[a picture that is not drawn here]"
    assert "pictures of a kind that is not drawn" in entry["lacks"]


def test_the_second_form_of_a_shape_is_not_said_twice(gift: Path, tmp_path: Path) -> None:
    box = f"<mc:AlternateContent><mc:Choice>{paragraph('boxed')}</mc:Choice><mc:Fallback>{paragraph('boxed')}</mc:Fallback></mc:AlternateContent>"
    said, _entry = of_copy(gift, tmp_path, "a.docx", word(f"<w:p><w:r><w:t>around</w:t>{box}</w:r></w:p>"))
    assert sorted(said.split()) == ["around", "boxed"]


def test_a_workbook_shows_values_dates_and_hidden_sheets_by_name_and_no_formula(gift: Path, tmp_path: Path) -> None:
    styles = b'<styleSheet xmlns="x"><numFmts><numFmt numFmtId="170" formatCode="d. mmm yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    strings = b"<sst xmlns='x'><si><t>Anna</t></si><si><r><t>two </t></r><r><t>runs</t></r></si></sst>"
    first = sheet(
        '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>1</v></c></row><row r="5"><c r="B5" s="1"><v>45000</v></c><c r="C5"><f>HYPERLINK("http://x.example")</f><v>7</v></c></row>'
    )
    names = '<sheet name="Pay" r:id="rId1"/><sheet name="Secret" state="veryHidden" r:id="rId2"/>'
    second = sheet('<row><c t="inlineStr"><is><t>kept</t></is></c></row>')
    body = workbook(first, second, names=names, **{"xl/styles.xml": styles, "xl/sharedStrings.xml": strings})
    said, _entry = of_copy(gift, tmp_path, "a.xlsx", body)
    assert said.split("\n") == ["Pay", "A B C D", "3 Anna two runs", "5 2023-03-15 7", "Secret (hidden)", "A", "1 kept"]
    assert "HYPERLINK" not in said


def test_dates_of_old_macintosh_workbooks_count_from_1904(gift: Path, tmp_path: Path) -> None:
    rows = sheet('<row r="1"><c r="A1" s="0"><v>1</v></c></row>')
    styles = b'<styleSheet xmlns="x"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    book = workbook(rows, **{"xl/styles.xml": styles})
    changed = workbook(rows, names='</sheets><workbookPr date1904="1"/><sheets><sheet name="P" r:id="rId1"/>', **{"xl/styles.xml": styles})
    assert "1899-12-31" in of_copy(gift, tmp_path, "a.xlsx", book)[0]
    (gift / "a.xlsx").write_bytes(changed)
    copied(gift, tmp_path / "again")
    assert "1904-01-02" in said_by(tmp_path / "again" / "a_xlsx.pdf")


def test_a_huge_sheet_is_cut_and_that_is_said(gift: Path, tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="ZZ{n}"><v>far</v></c></row>' for n in range(1, 1300))
    said, entry = of_copy(gift, tmp_path, "a.xlsx", workbook(sheet(rows)))
    assert "\n1000 1000" in said
    assert "1001" not in said
    assert "rows behind the first 1000 of a sheet" in entry["lacks"]
    assert "columns behind the first 60 of a sheet" in entry["lacks"]
    assert "far" not in said


def test_slides_begin_pages_in_their_order_with_their_notes(gift: Path, tmp_path: Path) -> None:
    def slide(text: str) -> bytes:
        return f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'.encode()

    parts = {f"ppt/slides/slide{n}.xml": slide(f"slide {n}") for n in (10, 2, 1)}
    parts["ppt/notesSlides/notesSlide7.xml"] = slide("spoken")
    parts["ppt/slides/_rels/slide2.xml.rels"] = relationships(("notesSlide", "../notesSlides/notesSlide7.xml", False))
    said, _entry = of_copy(gift, tmp_path, "a.pptx", package("pptx", parts))
    assert said.split("\n") == ["Slide 1", "slide 1", "Slide 2", "slide 2", "Notes", "spoken", "Slide 10", "slide 10"]


def test_open_documents_keep_tables_and_repeated_cells_within_bounds(gift: Path, tmp_path: Path) -> None:
    content = (
        '<text:h text:outline-level="1">Head</text:h><text:p>one<text:tab/>two</text:p><table:table table:name="T"><table:table-row>'
        '<table:table-cell table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row></table:table>'
    )
    said, entry = of_copy(gift, tmp_path, "a.odt", open_document(content=content))
    assert said.split("\n") == ["Head", "one two", "T", "x x x"]
    assert "not taken" not in entry["lacks"]


def test_headers_and_footers_of_open_documents_are_said_once_and_names_of_styles_are_not() -> None:
    styles = (
        b'<s><x:master-page x:name="M"><x:header><t:p>top</t:p></x:header><x:header-first><t:p>first</t:p></x:header-first>'
        b"<x:footer><t:p>foot <t:page-number>1</t:page-number></t:p></x:footer><d:frame><t:p>a place to fill</t:p></d:frame></x:master-page></s>"
    )
    document = open_document({"styles.xml": styles}, content="<text:p>body</text:p>")
    assert gathered_from(an_item(document, "a.odt")).said.split("\n") == ["body", "In the header and footer", "top", "first", "foot 1"]


def test_each_page_shows_that_it_is_a_copy_and_the_text_under_it_is_the_files_alone() -> None:
    gathered = Gathered()
    for number in range(60):
        gathered.paragraph(f"line {number}")
    drawn, _lacks = setting.set_pages(gathered)
    assert len(drawn) == 2
    for page in drawn:
        with Image.open(io.BytesIO(page.jpeg)) as picture:
            foot = picture.convert("L").crop((0, round(picture.height * (1 - 36 / page.height)), picture.width, picture.height))
        assert min(foot.tobytes()) < 160
    assert [word.text for page in drawn for word in page.words][-2:] == ["line", "59"]
    assert same(gathered.said) == same("".join(word.text for page in drawn for word in page.words))
    gathered.lacking("further rows")
    assert "further rows" in setting._note(gathered)


def test_more_text_than_is_taken_is_cut_and_that_is_said() -> None:
    gathered = Gathered()
    for _ in range(blocks.MOST_TEXT // 10_000 + 3):
        gathered.paragraph("x" * 10_000)
    assert len(gathered.said.replace("\n", "")) == blocks.MOST_TEXT
    assert gathered.full
    assert "the text behind its beginning" in gathered.cut


def test_too_many_pages_are_cut_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "MOST_PAGES", 2)
    gathered = Gathered()
    for number in range(4):
        gathered.page()
        gathered.paragraph(f"page {number}")
    drawn, lacks = setting.set_pages(gathered)
    assert len(drawn) == 2
    assert "the pages behind the first 2 of 4" in lacks
    assert sum(len(page.jpeg) for page in drawn) < LARGEST


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=60), min_size=1, max_size=5))
def test_no_letter_of_any_text_gets_lost(texts: list[str]) -> None:
    gathered = Gathered()
    for text in texts:
        gathered.paragraph(text)
    if not gathered.blocks:
        return
    drawn, lacks = setting.set_pages(gathered)
    laid = "".join(word.text for page in drawn for word in page.words)
    assert same(gathered.said) == same(laid)
    assert "letters in the text that can be copied" not in lacks
    assert bound(drawn).endswith(b"%%EOF\n")


def test_an_office_file_whose_pages_cannot_be_set_leaves_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "_template", [b"#panic()"])
    sent: list[Copied] = []
    outcomes = SimpleNamespace(copied=sent.append)
    body = word(paragraph("kept") + paragraph("words"))
    Copier(outcomes)._look_at(MemoryContent(body), Place(path="a.docx", untrusted_name="a.docx"), Budget())  # type: ignore[arg-type]
    assert sent[0].text == "kept\nwords"
    assert sent[0].note is not None
    assert "can't be set on pages" in sent[0].note
