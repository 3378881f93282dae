import hashlib
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from gifthorse.inspect.engine import inspect
from gifthorse.inspect.safe_copy.making import make_safe_copy
from gifthorse.inspect.safe_copy.writing import check_place
from gifthorse.inspect.sources import open_source
from gifthorse.model.errors import NotAccepted
from gifthorse.model.inspections import Verdict
from tests.samples.files import pe, zip_of
from tests.samples.rule_samples import SAMPLES

WORD = (
    b'<?xml version="1.0"?><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Hello</w:t></w:r></w:p>'
    b"<w:p><w:r><w:t>office</w:t></w:r></w:p></w:body></w:document>"
)
TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    b'PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def photo(width: int = 64, height: int = 48) -> bytes:
    facts = Image.Exif()
    facts[0x010F] = "Maker with a secret"
    facts[0x0112] = 6  # turned by a quarter
    written = io.BytesIO()
    Image.effect_noise((width, height), 50).convert("RGB").save(written, "JPEG", exif=facts)
    return written.getvalue()


def pdf(words: str) -> bytes:
    drawn = f"BT /F 24 Tf 30 100 Td ({words}) Tj ET".encode()
    return (
        b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\n"
        b"endobj\ntrailer\n<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%%%EOF\n" % (len(drawn), drawn)
    )


def copied(gift: Path, to: Path) -> dict[str, object]:
    inspection = inspect(str(gift))
    with open_source(str(gift)) as source:
        make_safe_copy(source, str(to), inspection, workers=1)
    found: dict[str, object] = json.loads((to / "manifest.json").read_text())
    return found


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    made = tmp_path / "gift"
    made.mkdir()
    return made


def test_a_picture_keeps_its_dots_and_loses_everything_else(gift: Path, tmp_path: Path) -> None:
    (gift / "a.jpg").write_bytes(photo() + SAMPLES["masked_windows_program"][1])
    copied(gift, tmp_path / "safe")
    body = (tmp_path / "safe" / "a.jpg").read_bytes()
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.size == (48, 64)  # turned as the camera said
        assert not picture.getexif()
    assert b"secret" not in body
    assert body.endswith(b"\xff\xd9")


def test_a_pdf_is_drawn_anew_with_its_words_and_without_its_actions(gift: Path, tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    pypdfium2 = pytest.importorskip("pypdfium2", reason="the renderer is an optional dependency until it is in pyproject")
    (gift / "a.pdf").write_bytes(pdf("Plain words here"))
    copied(gift, tmp_path / "safe")
    safe = tmp_path / "safe" / "a.pdf"
    assert b"JavaScript" not in safe.read_bytes()
    with pikepdf.open(safe) as opened:
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
    document = pypdfium2.PdfDocument(safe.read_bytes())
    assert "Plain words here" in document[0].get_textpage().get_text_range()
    drawn = document[0].render(scale=1).to_pil().convert("L")
    assert drawn.size == (300, 200)
    assert min(drawn.tobytes()) < 100  # the letters are there as dots
    document.close()


def test_office_files_become_pages_and_pictures(gift: Path, tmp_path: Path) -> None:
    (gift / "a.docx").write_bytes(
        zip_of({"[Content_Types].xml": TYPES, "word/document.xml": WORD, "word/media/image1.jpeg": photo(), "word/vbaProject.bin": pe()})
    )
    manifest = copied(gift, tmp_path / "safe")
    safe = (tmp_path / "safe" / "a_docx.pdf").read_bytes()
    assert safe.startswith(b"%PDF-1.5")
    assert b"JavaScript" not in safe
    assert (tmp_path / "safe" / "a_docx" / "word" / "media" / "image1.jpg").is_file()
    assert "macros" in json.dumps(manifest)


def test_text_shows_what_does_not_show(gift: Path, tmp_path: Path) -> None:
    (gift / "a.txt").write_text("to \u202eyou\x1b[31m\u200b\tand me\r\n", newline="")
    copied(gift, tmp_path / "safe")
    assert (tmp_path / "safe" / "a.txt").read_text() == "to \\u{202E}you\\u{001B}[31m\\u{200B}\tand me\n"


def test_pages_and_mails_become_text(gift: Path, tmp_path: Path) -> None:
    (gift / "a.html").write_text("<html><head><title>t</title></head><body><p>Hello<script>alert(1)</script></p></body></html>")
    (gift / "a.eml").write_text("From: a@b.invalid\nTo: c@d.invalid\nSubject: hi\nMIME-Version: 1.0\nContent-Type: text/plain\n\nBody\n")
    copied(gift, tmp_path / "safe")
    assert (tmp_path / "safe" / "a_html.txt").read_text() == "Hello"
    assert (tmp_path / "safe" / "a_eml.txt").read_text() == "From: a@b.invalid\nTo: c@d.invalid\nSubject: hi\n\nBody\n"


def test_members_of_an_archive_stand_in_a_folder_of_its_name(gift: Path, tmp_path: Path) -> None:
    (gift / "a.zip").write_bytes(zip_of({"x/letter.txt": b"hello", "../../up.txt": b"up", "p.exe": pe(), "CON.txt": b"device"}))
    manifest = copied(gift, tmp_path / "safe")
    assert (tmp_path / "safe" / "a_zip" / "x" / "letter.txt").read_text() == "hello"
    assert not (tmp_path / "up.txt").exists()
    assert not list(tmp_path.glob("**/CON.txt"))
    reasons = {entry["path"]: entry["reason"] for entry in manifest["left_out"]}  # type: ignore[index, attr-defined]
    assert reasons["a.zip > p.exe"] == "it is a program"
    assert "container" in reasons["a.zip"]


def test_the_manifest_leads_from_each_original_to_its_copy(gift: Path, tmp_path: Path) -> None:
    (gift / "a.txt").write_bytes(b"hello\r\n")
    (gift / "b.exe").write_bytes(pe())
    manifest = copied(gift, tmp_path / "safe")
    assert manifest["schema"] == "gifthorse.safe-copy/1"
    (copy,) = manifest["copies"]  # type: ignore[misc]
    assert copy["sha256"] == hashlib.sha256(b"hello\r\n").hexdigest()
    assert copy["safe_sha256"] == hashlib.sha256((tmp_path / "safe" / copy["safe_path"]).read_bytes()).hexdigest()
    assert [entry["path"] for entry in manifest["left_out"]] == ["b.exe"]  # type: ignore[index, attr-defined]


@pytest.mark.slow
def test_nothing_that_acts_passes(gift: Path, tmp_path: Path) -> None:
    for rule, (name, body) in SAMPLES.items():
        (gift / rule).mkdir()
        (gift / rule / name).write_bytes(body)
    (gift / "evil\u202egpj.exe").write_bytes(pe())
    (gift / "holiday.jpg.exe").write_bytes(pe())
    (gift / "photo.jpg").write_bytes(photo())
    assert inspect(str(gift)).verdict is Verdict.HOSTILE
    copied(gift, tmp_path / "safe")
    again = inspect(str(tmp_path / "safe"))
    assert again.verdict is Verdict.CLEAR
    assert [finding.id for finding in again.findings if finding.severity.rank >= 2] == []
    assert (tmp_path / "safe" / "photo.jpg").is_file()


def test_a_folder_with_something_in_it_or_inside_the_source_is_refused(gift: Path, tmp_path: Path) -> None:
    (gift / "a.txt").write_text("x")
    with pytest.raises(NotAccepted, match="new or empty"):
        check_place(str(gift), str(tmp_path / "other"))
    with pytest.raises(NotAccepted, match="elsewhere"):
        check_place(str(gift / "inner"), str(gift))
    check_place(str(tmp_path / "new"), str(gift))
