from gifthorse.inspect.detectors.name_program_twin import examine_medium
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity


def severities(*seen: Seen) -> list[Severity]:
    return [finding.severity for finding in examine_medium(seen)]


def program(path: str) -> Seen:
    return Seen(path=path, size=1, filetype=FileType.PE)


def test_a_program_in_the_place_of_a_hidden_document_is_high() -> None:
    hidden = Seen(path="a/report.docx", size=1, filetype=FileType.OOXML_WORD, hidden=True)
    assert severities(program("a/Report.exe"), hidden) == [Severity.HIGH]
    assert severities(program("a/report.docx.exe"), hidden) == [Severity.HIGH]


def test_a_program_in_the_place_of_a_hidden_folder_is_high() -> None:
    folder = Seen(path="Holiday", size=0, filetype=FileType.EMPTY, folder=True, hidden=True)
    assert severities(program("Holiday.exe"), folder) == [Severity.HIGH]
    assert severities(Seen(path="Holiday.vbs", size=1, filetype=FileType.SCRIPT), folder) == [Severity.HIGH]


def test_a_program_and_its_manual_in_the_open_are_worth_a_line() -> None:
    manual = Seen(path="setup.pdf", size=1, filetype=FileType.PDF)
    assert severities(program("setup.exe"), manual) == [Severity.INFO]


def test_other_folders_and_partitions_do_not_count() -> None:
    hidden = Seen(path="b/report.pdf", size=1, filetype=FileType.PDF, hidden=True)
    elsewhere = Seen(path="a/report.pdf", size=1, filetype=FileType.PDF, hidden=True, partition=1)
    assert severities(program("a/report.exe"), hidden, elsewhere) == []


def test_the_finding_names_both() -> None:
    hidden = Seen(path="report.pdf", size=1, filetype=FileType.PDF, hidden=True)
    (finding,) = examine_medium([program("report.exe"), hidden])
    assert [place.path for place in finding.evidence] == ["report.exe", "report.pdf"]
