from pathlib import Path

from gifthorse.inspect.detectors import shortcut_command
from gifthorse.inspect.detectors.shortcut_target_on_medium import examine_medium
from gifthorse.inspect.engine import inspect
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity
from tests.samples.files import pe, seen_of, shortcut


def link(target: str, arguments: str = "", path: str = "Photos.lnk") -> Seen:
    return seen_of(shortcut_command, shortcut(target, arguments), path)


def test_a_shortcut_to_a_hidden_program_of_the_medium_is_high() -> None:
    program = Seen(path="data/a.exe", size=1, filetype=FileType.PE, hidden=True)
    (finding,) = examine_medium([link(r"E:\data\a.exe"), program])
    assert finding.severity is Severity.HIGH
    assert [place.path for place in finding.evidence] == ["Photos.lnk", "data/a.exe"]


def test_a_script_named_in_the_arguments_is_found() -> None:
    script = Seen(path="data/a.vbs", size=1, filetype=FileType.SCRIPT)
    (finding,) = examine_medium([link(r"C:\Windows\System32\wscript.exe", r'//b "data\a.vbs"'), script])
    assert finding.severity is Severity.MEDIUM


def test_a_library_beside_the_shortcut_in_a_disk_image_is_found() -> None:
    library = Seen(path="a.iso > x.dll", size=1, filetype=FileType.PE, hidden=True)
    (finding,) = examine_medium([link(r"C:\Windows\System32\rundll32.exe", "x.dll Start", "a.iso > Document.lnk"), library])
    assert finding.severity is Severity.HIGH


def test_a_shortcut_to_a_program_in_the_open_is_low() -> None:
    program = Seen(path="viewer.exe", size=1, filetype=FileType.PE)
    (finding,) = examine_medium([link(r"E:\viewer.exe"), program])
    assert finding.severity is Severity.LOW


def test_a_shortcut_to_a_document_or_to_elsewhere_is_nothing() -> None:
    letter = Seen(path="letter.pdf", size=1, filetype=FileType.PDF)
    assert list(examine_medium([link(r"E:\letter.pdf"), letter, link(r"C:\Windows\notepad.exe", path="b.lnk")])) == []


def test_it_is_found_in_a_small_folder_by_the_whole_inspection(tmp_path: Path) -> None:
    (tmp_path / ".x").mkdir()
    (tmp_path / ".x" / "a.exe").write_bytes(pe())
    (tmp_path / "Photos.lnk").write_bytes(shortcut(r"E:\.x\a.exe"))
    findings = [finding for finding in inspect(str(tmp_path)).findings if finding.id == "shortcut.target-on-medium"]
    assert [finding.severity for finding in findings] == [Severity.HIGH]
