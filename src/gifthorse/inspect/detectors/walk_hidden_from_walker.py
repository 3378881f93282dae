"""Entries that one way of reading a filesystem shows and another does not."""

from typing import Final

from gifthorse.inspect.walk.entries import Entry
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

KIND: Final = FindingKind(
    id="walk.hidden-from-walker",
    severity=Severity.MEDIUM,
    confidence=0.85,
    title=N_("A file that examination tools do not list"),
    why=N_(
        "The file is on the medium, but a common tool for examining media, or an ordinary computer, does not list it."
        " Someone may have chosen its place so that it is overlooked."
    ),
    what_to_do=N_("Look at this file first. Do not rely on another tool's listing of this medium."),
    benign_explanation=N_("The filesystem is damaged, or a device wrote its folders in an unusual way."),
    technique=("T1564.001", "T1564"),
)
KINDS: Final = (KIND,)

NOT_LISTED: Final = N_("The Sleuth Kit does not list “{name}” ({size} bytes); it was found in the raw folder.")
AFTER_END: Final = N_("“{name}” ({size} bytes) stands behind the mark that ends its folder, where computers do not look.")
LABEL: Final = N_("“{name}” is marked as the name of the volume, but has content ({size} bytes).")
OTHER_TREE: Final = N_("“{name}” ({size} bytes) is named in one directory tree of the disc only; computers choose one of them to show.")
UNNAMED: Final = N_("File number {name} ({size} bytes) is in use, but no folder names it.")


def unlisted(entry: Entry, *, after_end: bool = False, label: bool = False) -> Finding:
    """The finding for *entry*, which only the raw reading of its folder shows."""
    words = AFTER_END if after_end else LABEL if label else NOT_LISTED
    return _found(entry, words, entry.path.rpartition("/")[2])


def unnamed(entry: Entry, *, links: int) -> Finding:
    """The finding for *entry*, a file in use that no folder names; one that says itself that no name leads to it was deleted while open."""
    return _found(entry, UNNAMED, str(entry.inode), None if links else Severity.LOW)


def in_other_tree(entry: Entry) -> Finding:
    """The finding for *entry*, which only a tree of the disc names that most computers do not show."""
    return _found(entry, OTHER_TREE, entry.path.rpartition("/")[2], Severity.LOW)


def _found(entry: Entry, words: str, name: str, severity: Severity | None = None) -> Finding:
    offset = entry.extents[0][0] if entry.extents else None
    place = Evidence(path=entry.path, partition=entry.partition, length=entry.size, medium_offset=offset)
    return KIND.found(place, detail=phrase(words, name=name, size=entry.size), severity=severity)
