"""name.look-alike: endings spelt with another alphabet's letters."""

import pytest

from gifthorse.inspect.detectors import name_look_alike as detector
from gifthorse.model.findings import Severity
from tests.samples.files import severities


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("photo.ехе", Severity.HIGH),
        ("offer.рdf", Severity.MEDIUM),
        ("tool.ｅｘｅ", Severity.HIGH),
        ("plan.dосx", Severity.MEDIUM),
        ("x.ѕсr", Severity.HIGH),
    ],
)
def test_an_ending_that_reads_as_a_known_one_is_found(name: str, severity: Severity) -> None:
    assert severities(detector, b"x", name) == [severity]


@pytest.mark.parametrize(
    "name", ["отчёт.doc", "файл.документ", "фото.jpg", "Ελλάδα", "δοκιμή.κείμενο", "报告.文档", "noending", "résumé.pdf"]
)
def test_names_in_other_alphabets_with_ordinary_endings_are_silent(name: str) -> None:
    assert severities(detector, b"x", name) == []


@pytest.mark.parametrize(
    ("name", "severity"),
    [("report\uff0epdf.exe", Severity.HIGH), ("photo\u2024jpg.scr", Severity.HIGH), ("plan\uff0edocx", Severity.MEDIUM)],
)
def test_a_sign_that_only_looks_like_a_dot_is_found(name: str, severity: Severity) -> None:
    assert severities(detector, b"x", name) == [severity]


@pytest.mark.parametrize("name", ["第１．２章.pdf", "a\u2024b.pdf", "verse\u06d4 two.txt", "v1\uff0e2"])
def test_such_a_sign_in_the_middle_of_an_ordinary_name_is_silent(name: str) -> None:
    assert severities(detector, b"x", name) == []
