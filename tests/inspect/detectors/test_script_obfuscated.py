"""script.obfuscated: concrete habits of hiding."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import script_obfuscated as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, item_of, severities

LONG = base64.b64encode(bytes(range(256)) * 2).decode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ps1", f"powershell -NoP -enc {LONG}"),
        ("b.bat", f"@powershell.exe -w hidden -e {LONG}\r\n"),
        ("c.ps1", f"IEX ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{LONG}')))"),
        ("d.ps1", "$a=" + "+".join(f"[char]{number}" for number in range(60, 90))),
        ("e.ps1", "\n".join("&(\"{3}{1}{0}{2}\" -f 'b','a','c','d')" for _ in range(4))),
        ("f.vbs", "x = " + " & ".join(f"Chr({number})" for number in range(65, 95)) + ' & Chr(1) & ""\nExecute x'),
        ("g.vbs", 'Execute(StrReverse("1 xoBgsM"))'),
        ("h.bat", "set a=abcdefghij\r\n" + "%a:~1,1%%a:~2,1%" * 20),
        ("i.cmd", "p^o^w^e^r^s^h^e^l^l c^a^l^c " * 4),
        ("j.py", f"import base64\nexec(base64.b64decode('{LONG}'))\n"),
        ("k.py", "exec(__import__('zlib').decompress(b'x'))\n"),
        ("l.sh", f"echo {LONG} | base64 -d | bash\n"),
        ("m.php", f"<?php eval(gzinflate(base64_decode('{LONG}')));"),
        ("n.js", 'var s=new ActiveXObject("WScr"+"ipt.Shell");eval(String.fromCharCode(1,2));'),
        ("o.js", "var a = WScript.CreateObject('x');" + "".join(f"var _0x{number:06x}=1;" for number in range(30))),
    ],
)
def test_a_script_that_decodes_and_runs_or_spells_its_words_is_high(name: str, text: str) -> None:
    assert severities(detector, text.encode(), name) == [Severity.HIGH]


def test_it_is_found_in_utf_16_too_and_its_place_is_right() -> None:
    body = ("\ufeffrem\r\n" + f"powershell -enc {LONG}").encode("utf-16-le")
    (finding,) = findings_of(detector, body, "a.ps1")
    assert finding.severity is Severity.HIGH


def test_microsofts_encoding_is_medium() -> None:
    assert severities(detector, b"#@~^AQAAAA==xAQAAAA==^#~@", "a.vbe") == [Severity.MEDIUM]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lib.min.js", "!function(e){e.x=String.fromCharCode(1);eval('1')}(window);" * 50),
        ("packed.js", "eval(function(p,a,c,k,e,d){return p}('document.x',1,1,''.split('|'),0,{}))"),
        ("tool.ps1", "$bytes = [Convert]::FromBase64String($text)\nWrite-Host `\n  $bytes\n"),
        ("deploy.sh", 'TOKEN=$(echo "$SECRET" | base64 -d)\neval "$(ssh-agent -s)"\n'),
        ("build.bat", "@echo off\r\nset VERSION=%DATE:~-4,4%\r\necho a ^& b\r\n"),
        ("mod.py", "import base64\nDATA = base64.b64decode('aGk=')\nexec(compile(open('x').read(), 'x', 'exec'))\n"),
        ("a.vbs", 'MsgBox "a" & Chr(13) & Chr(10) & "b"'),
    ],
)
def test_ordinary_scripts_are_silent(name: str, text: str) -> None:
    assert severities(detector, text.encode(), name) == []


@given(st.binary(max_size=400), st.sampled_from(["a.ps1", "a.js", "a.py", "a.bat", "a"]))
def test_any_bytes_are_taken(body: bytes, name: str) -> None:
    list(detector.examine(item_of(body, name)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ps1", "$x=[Convert]::FromBase64String('aGk=')\niex ([Text.Encoding]::UTF8.GetString($x))"),
        ("a.ps1", "for (;;) { $d[$i] = $d[$i] -bxor 7 }\nIEX $t"),
        ("a.ps1", "$m = 'FromBase' + '64String'"),
        ("a.ps1", "i`M`po`Rt-m`O`du`Le x; s`Et-`I`te`M y; `Cl`S"),
        ("a.bat", "\xff\xfe&cls\r\n@echo off\r\n"),
        ("b.bat", "@echo off\r\nset x=pow\r\nset y=ershell\r\n%x%%y% -nop -w hidden -enc SQBFAFgA\r\n"),
        ("a.ps1", '$ExecutionContext.InvokeCommand.InvokeScript([Text.Encoding]::Unicode.GetString([Convert]::FromBase64String("JABh")))'),
        ("a.js", 'var _=["\\x57\\x53\\x63\\x72\\x69\\x70\\x74\\x2e\\x53"];var a=new ActiveXObject(_[0]);a["R"+"un"]("x")'),
        ("b.js", 'this["\\u0041\\u0063\\u0074\\u0069\\u0076\\u0065\\u0058"]'),
        ("a.py", "_ = lambda x: __import__('zlib').decompress(x);exec((_)(b'x'))"),
        ("a.sh", '#!/bin/sh\neval "$(echo ' + "QUJD" * 400 + ' | base64 --decode)"'),
    ],
)
def test_further_ways_to_hide_are_found(name: str, text: str) -> None:
    (severity,) = severities(detector, text.encode("latin-1"), name)
    assert severity.rank >= Severity.MEDIUM.rank


@pytest.mark.parametrize(
    "text",
    [
        'Write-Host "one`r`ntwo`tthree`nfour`r`nfive`0six`aseven`u{41}"\n' * 9,
        "$b = [Convert]::FromBase64String($env:CERT); [IO.File]::WriteAllBytes('a.pfx', $b)",
        "Get-Item `\n  -Path a `\n  -Force\n" * 9,
    ],
)
def test_escapes_line_joins_and_plain_decoding_of_powershell_are_silent(text: str) -> None:
    assert severities(detector, text.encode(), "a.ps1") == []
