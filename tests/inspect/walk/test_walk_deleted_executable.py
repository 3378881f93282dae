from gifthorse.inspect.detectors.walk_deleted_executable import examine_medium
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity


def seen(path: str, filetype: FileType, **about: object) -> Seen:
    return Seen(path=path, size=100, filetype=filetype, sha256="ab" * 32, partition=0, **about)


def test_a_deleted_program_that_can_be_recovered_is_found_and_live_files_and_pictures_are_not():
    met = [
        seen("_ool.exe", FileType.PE, deleted=True),
        seen("_un.ps1", FileType.SCRIPT, deleted=True),
        seen("_icture.jpg", FileType.JPEG, deleted=True),
        seen("tool.exe", FileType.PE),
    ]
    found = [(finding.evidence[0].path, finding.severity) for finding in examine_medium(met)]
    assert found == [("_ool.exe", Severity.MEDIUM), ("_un.ps1", Severity.LOW)]
