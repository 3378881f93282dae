from gifthorse.inspect import engine
from gifthorse.inspect.detectors import archive_password_beside
from gifthorse.inspect.detectors.archive_password_beside import examine_medium
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from tests.samples.files import seen_of, zip_of


def locked_zip() -> bytes:
    body = bytearray(zip_of({"a.txt": b"hello"}))
    body[6] |= 1
    return bytes(body)


NOTE = Seen(path="x/Password.txt", size=5, filetype=FileType.TEXT)


def test_a_locked_archive_with_its_password_beside_it_is_found() -> None:
    archive = seen_of(archive_password_beside, locked_zip(), "x/papers.zip")
    (finding,) = examine_medium([archive, NOTE])
    assert [place.path for place in finding.evidence] == ["x/papers.zip", "x/Password.txt"]


def test_an_open_archive_is_nothing() -> None:
    archive = seen_of(archive_password_beside, zip_of({"a.txt": b"hello"}), "x/papers.zip")
    assert list(examine_medium([archive, NOTE])) == []


def test_a_note_in_another_folder_is_nothing() -> None:
    archive = seen_of(archive_password_beside, locked_zip(), "y/papers.zip")
    assert list(examine_medium([archive, NOTE])) == []


def test_a_locked_7z_and_rar_are_told_by_their_headers() -> None:
    seven = b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 24 + b"\x24\x06\xf1\x07\x01\x13" + b"\0" * 20
    rar = b"Rar!\x1a\x07\x01\x00" + b"\0\0\0\0" + b"\x10\x04\0\0" + b"\0" * 40
    assert archive_password_beside.about(_item(seven)) == {"locked": "yes"}
    assert archive_password_beside.about(_item(rar)) == {"locked": "yes"}


def _item(body: bytes) -> object:
    from tests.samples.files import item_of

    return item_of(body, "a.bin")


def test_the_pair_is_found_by_the_engine(tmp_path) -> None:
    (tmp_path / "papers.zip").write_bytes(locked_zip())
    (tmp_path / "Password.txt").write_text("1234")
    assert archive_password_beside.BESIDE.id in {finding.id for finding in engine.inspect(str(tmp_path)).findings}
