import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.safe_copy.names import HarmlessNames, harmless_part


@given(st.text(max_size=300))
def test_a_part_is_short_has_no_dot_no_slash_and_nothing_unseen(name: str) -> None:
    part = harmless_part(name)
    assert 0 < len(part.encode()) <= 81
    assert not set(part) & set('./\\:*?"<>|\0')
    assert all(unicodedata.category(letter)[0] in "LNMZPS" for letter in part)
    assert not any(letter in part for letter in "\u202e\u200b\u2066")
    assert part == part.strip(" ")


@given(st.lists(st.text(alphabet="aA.é\u0301 >/\u202e", max_size=12), max_size=20))
def test_no_two_items_get_the_same_path_on_any_system(paths: list[str]) -> None:
    names = HarmlessNames()
    given_paths = [names.path_for(path, None, "txt") for path in paths]
    alike = [unicodedata.normalize("NFKC", path).casefold() for path in given_paths]
    assert len(set(alike)) == len(alike)
    assert not any(part in {"", ".", ".."} for path in given_paths for part in path.split("/"))


def test_devices_get_another_name() -> None:
    assert [harmless_part(name) for name in ("CON", "nul", "com1", "LPT9")] == ["_CON", "_nul", "_com1", "_LPT9"]


def test_the_manifest_keeps_its_name() -> None:
    assert HarmlessNames().path_for("manifest.json", None, "json") != "manifest.json"


def test_an_ending_that_promised_something_else_becomes_part_of_the_name() -> None:
    assert HarmlessNames().path_for("a/invoice.pdf.exe", 1, "txt") == "partition 1/a/invoice_pdf_exe.txt"
