"""onenote.embedded-file: files attached to the pages of a notebook, often under a picture that says "double click here"."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.enclosed import RUN_NAMES, Danger, danger_of
from gifthorse.inspect.documents.onenote import NotebookFile, files_in_notebook, is_from_cloud, names_in
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item, TooLarge
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

EMBEDDED: Final = FindingKind(
    id="onenote.embedded-file",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The notebook carries a file"),
    why=N_(
        "Files on a OneNote page can be scripts or programs, laid under a picture that asks for a double click; one click then runs them."
    ),
    what_to_do=N_("Don't open the notebook. A notebook is no form in which strangers hand over documents."),
    benign_explanation=N_("People attach documents to their notes; pictures on a page are stored in the same way."),
    technique=("T1027.009", "T1204.002"),
)
KINDS: Final = (EMBEDDED,)
WANTS: Final = frozenset({FileType.ONENOTE})
_SEVERITIES: Final = {
    Danger.PROGRAM: Severity.HIGH,
    Danger.MACRO: Severity.HIGH,
    Danger.DISK: Severity.HIGH,
    Danger.CONTAINER: Severity.MEDIUM,
    Danger.ACTIVE: Severity.MEDIUM,
}
MOST_NAMED: Final = 50


def examine(item: Item) -> Iterator[Finding]:
    """A finding for each file that is more than a picture or text, and for each name of something that runs."""
    try:
        files = files_in_notebook(item)
        names = names_in(bytes(item.content.whole(256 << 20))) if files or is_from_cloud(item) else []
    except TooLarge:
        return  # `parts.notebook_parts` says that the notebook was not read
    dangers = [(file, danger_of(file.untrusted_name, file.content)) for file in files[:MOST_NAMED]]
    for file, danger in dangers:
        if danger in _SEVERITIES:
            yield found(item, file, danger)
    told = {file.untrusted_name for file in files}
    program = any(danger is Danger.PROGRAM for _, danger in dangers)
    for name in names[:MOST_NAMED]:
        if not program and name not in told and name.rpartition(".")[2].lower() in RUN_NAMES - {"url", "com", "app"}:
            yield EMBEDDED.found(item.here(excerpt=name), detail=phrase(N_("A file on a page bears the name of something that runs.")))


def found(item: Item, file: NotebookFile, danger: Danger) -> Finding:
    """The finding for one file."""
    return EMBEDDED.found(
        item.here(offset=file.offset, length=len(file.content), excerpt=file.untrusted_name),
        severity=_SEVERITIES[danger],
        detail=phrase(N_("It is {what}, {size} bytes."), what=danger.value, size=len(file.content)),
    )
