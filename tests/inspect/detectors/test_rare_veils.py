"""script.obfuscated: ways of hiding that were missed once, and honest scripts that look a little like them."""

import base64

import pytest

from gifthorse.inspect.detectors import script_obfuscated as detector
from gifthorse.model.findings import Severity
from tests.samples.files import severities

LONG = base64.b64encode(bytes(range(256))).decode()
PAGE = "".join(f"%{letter:02x}" for letter in b"<script>start the thing</script>")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ps1", "$a = -join ([char[]](73,69,88,32,40,78,101,119,45,79,98)); & ([scriptblock]::Create($a))"),
        ("b.ps1", "&(\"{1}{0}\" -f 'ex','i') $x"),
        ("c.ps1", "$y = $x[-1..-($x.Length)] -join ''; iex $y"),
        ("d.bat", f"@powershell /w 1 /ec {LONG}"),
        ("e.cmd", f"powershell.exe -EncodedCommand {LONG}"),
        ("f.vbs", 'b = Replace("W@@S@@c@@r@@i@@p@@t", "@@", "")\nCreateObject(b).Run "x"'),
        ("g.bat", "@set q=abcdefghij\n%q:~2,1%%q:~4,1%%q:~3,1%%q:~1,1% x"),
        ("h.sh", "#!/bin/sh\necho 6563686f | xxd -r -p | sh\n"),
        ("i.sh", "#!/bin/sh\necho 'rpub uv' | tr 'a-z' 'n-za-m' | sh\n"),
        ("j.command", '#!/bin/bash\nosascript -e "$(echo aGVsbG8= | base64 -D)"\n'),
        ("k.sh", "#!/bin/bash\nsource <(echo aGVsbG8= | base64 --decode)\n"),
        ("l.pl", "#!/usr/bin/perl\neval unpack u=>q{_<')I;G0@(DAE;&QO}"),
        ("m.hta", f"<script>document.write(unescape('{PAGE}'))</script>"),
    ],
)
def test_it_is_high(name: str, text: str) -> None:
    assert severities(detector, text.encode(), name) == [Severity.HIGH]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ps1", "$c = [char[]](48..57) + [char[]](65,66)\n'{0}-{1}' -f $a, $b\n$last = $arr[-1..-3]\nWrite-Host ($last -join ',')"),
        ("b.ps1", "Get-ChildItem -Encoding utf8 -Exclude aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("c.bat", "set d=%date:~6,4%%date:~3,2%%date:~0,2%\nset h=%time:~0,1%%time:~1,1%\nxcopy /s a b%d%"),
        ("d.vbs", 's = Replace(given, "-", "")\nWScript.Echo Replace(s, " ", "_")'),
        ("e.sh", "#!/bin/sh\necho \"$KEY\" | base64 -d > key.pem\ncat x | tr 'a-z' 'A-Z' | sort\nxxd -r -p < a > b\n"),
        ("f.py", "import base64\nprint(base64.b64decode('aGVsbG8='))\n"),
    ],
)
def test_an_honest_script_is_silent(name: str, text: str) -> None:
    assert severities(detector, text.encode(), name) == []
