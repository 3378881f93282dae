"""Programs under the name of something else."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.spelt_files import files_begun_in
from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.inspect.formats.coded_text import decoded_start
from gifthorse.inspect.formats.extensions import ARCHIVE_NAMES, CONTENT_NAMES, FILM_NAMES, PICTURE_NAMES, QUIET_NAMES, SOUND_NAMES
from gifthorse.inspect.formats.payload import PROGRAM_STARTS, named
from gifthorse.inspect.formats.program_start import UNKNOWN, is_whole, program_start
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

DISGUISED: Final = FindingKind(
    id="executable.disguised",
    severity=Severity.HIGH,
    confidence=0.97,
    title=N_("A program under the name of something else"),
    why=N_(
        "The name promises a picture, a film or a document, and the content is a program. Such a file waits for something else on the "
        "medium, "
        "usually a shortcut or a script, to start it."
    ),
    what_to_do=N_("Do not copy or open it. Keep the medium sealed and look for shortcuts and scripts that name this file."),
    benign_explanation=N_("A program renamed so that a mail server lets it pass; the person who sent it can confirm that."),
    technique=("T1036.008", "T1036"),
)
KINDS: Final = (DISGUISED,)
_TEXTS: Final = frozenset({FileType.TEXT, FileType.CERTIFICATE, FileType.OTHER_ARCHIVE})
WANTS: Final = PROGRAMS | UNKNOWN | _TEXTS

# Endings that promise content, and under which firmware and raw memory are also kept.
_AMBIGUOUS: Final = frozenset({"raw", "key", "log", "one", "numbers", "pages", "md", "pub"})
_PROMISED: Final = CONTENT_NAMES | ARCHIVE_NAMES | QUIET_NAMES | {"jar", "apk", "ipa", "xpi", "crx"}
# Files in letters say by these names what they are.
_IN_LETTERS: Final = frozenset({"uu", "uue", "ync", "yenc", "b64"})
_FORMATS: Final = {FileType.PE: "Windows", FileType.DOS_EXE: "DOS", FileType.ELF: "Linux", FileType.MACHO: "macOS"}


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for a program whose name ends like a picture's, film's, document's or archive's: critical for pictures and films
    in secret, medium for the bare or damaged beginning of one.
    """
    if item.filetype in _TEXTS:
        yield from _spelt(item)
    if item.filetype in {FileType.CERTIFICATE, FileType.OTHER_ARCHIVE}:
        return
    ending = item.extension
    if "stream" in item.attributes and item.filetype in PROGRAMS:
        yield DISGUISED.found(item.here(excerpt=item.untrusted_name), detail=phrase(N_("It lies in a hidden stream behind another file.")))
        return
    if ending not in _PROMISED:
        return
    if item.filetype in UNKNOWN:
        yield from _beginning(item, ending)
        return
    yield DISGUISED.found(
        item.here(offset=0, length=min(item.size, 64), excerpt=item.untrusted_name),
        severity=_severity(item, ending),
        confidence=0.7 if item.filetype is FileType.DOS_EXE or not is_whole(item) else None,
        detail=phrase(N_("Named “.{ending}”; the content is a {system} program."), ending=ending, system=_FORMATS[item.filetype]),
    )


def _spelt(item: Item) -> Iterator[Finding]:
    words = named(decoded_start(item.head, PROGRAM_STARTS))
    if words is None and item.extension not in _IN_LETTERS:
        begun = next(files_begun_in(item.head), None)
        words = named(begun.content) if begun is not None else None
    if words is not None and words.endswith("program"):
        yield DISGUISED.found(
            item.here(offset=0, length=min(item.size, 64), excerpt=item.head[:64].decode("ascii", "replace")),
            severity=Severity.MEDIUM,
            confidence=0.9,
            detail=phrase(
                N_("The text is {kind}, written in letters and digits: one command of Windows or Linux turns it back."), kind=words
            ),
        )


def _beginning(item: Item, ending: str) -> Iterator[Finding]:
    system = program_start(item)
    if system is not None and ending not in _AMBIGUOUS:
        yield DISGUISED.found(
            item.here(offset=0, length=min(item.size, 64), excerpt=item.untrusted_name),
            severity=Severity.MEDIUM,
            confidence=0.6,
            detail=phrase(
                N_("Named “.{ending}”; it begins like a {system} program that is cut off or damaged."), ending=ending, system=system
            ),
        )


def _severity(item: Item, ending: str) -> Severity:
    if ending in _AMBIGUOUS or not is_whole(item) or (item.filetype is FileType.DOS_EXE and ending not in PICTURE_NAMES):
        return Severity.MEDIUM
    hidden = "hidden" in item.attributes
    return Severity.CRITICAL if hidden and ending in PICTURE_NAMES | FILM_NAMES | SOUND_NAMES else Severity.HIGH
