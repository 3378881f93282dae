"""Programs that lie openly on the medium, with what can be said about them without running them."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.inspect.formats.program import ProgramFacts, facts_of
from gifthorse.inspect.formats.program_start import program_start
from gifthorse.inspect.item import Item, shown
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

PRESENT: Final = FindingKind(
    id="executable.present",
    severity=Severity.LOW,
    confidence=0.99,
    title=N_("A program"),
    why=N_("Whoever starts this program lets its author act on the computer with all rights of the person who is logged in."),
    what_to_do=N_("Do not start programs from a gift. If you need it, fetch it from its maker."),
    benign_explanation=N_("Viewers, drivers and portable programs are given away in good faith every day."),
    technique=("T1204.002",),
)
KINDS: Final = (PRESENT,)
WANTS: Final = PROGRAMS | {FileType.JAR, FileType.DATA, FileType.JAVA_CLASS, FileType.PYTHON_BYTECODE}

_PROGRAM_NAMES: Final = frozenset({"exe", "dll", "scr", "com", "sys", "ocx", "cpl", "drv"})

_FORMATS: Final = {
    FileType.PE: N_("Windows program"),
    FileType.DOS_EXE: N_("DOS program"),
    FileType.ELF: N_("Linux program"),
    FileType.MACHO: N_("macOS program"),
    FileType.JAR: N_("Java program or library"),
}
# What a language's own program runs when it is handed over.
_COMPILED: Final = {
    FileType.JAVA_CLASS: N_("A compiled Java program or a part of one."),
    FileType.PYTHON_BYTECODE: N_("A compiled Python program or a part of one."),
}
_SIGNATURES: Final = {
    "none": N_("not signed"),
    "present": N_("carries a signature; it was not checked"),
    "broken": N_("its signature is cut off"),
}


def examine(item: Item) -> Iterator[Finding]:
    """Yields one finding per program: low, info for libraries and object files that are not started by themselves."""
    if item.filetype is FileType.DATA:
        yield from _damaged(item)
        return
    compiled = _COMPILED.get(item.filetype)
    if compiled is not None:
        if not _is_told_of(item):
            yield PRESENT.found(item.here(), severity=Severity.INFO, detail=phrase(compiled))
        return
    facts = facts_of(item)
    words = [_FORMATS[item.filetype]]
    if facts.signature in _SIGNATURES:
        words.append(_SIGNATURES[facts.signature])
    if facts.packer:
        words.append(f"{facts.packer}")
    if facts.description:
        words.append(f"“{shown(facts.description)}”")
    if renamed(item, facts):
        words.append(f"≠ {shown(facts.own_name)}")
    yield PRESENT.found(item.here(), severity=Severity.INFO if facts.library else None, detail=phrase("{facts}", facts=", ".join(words)))


def _is_told_of(item: Item) -> bool:
    """Whether it is one of the many that Python keeps beside its sources, or that make up a Java program that is told as a whole."""
    return "__pycache__" in item.path or (bool(item.chain) and item.chain[-1] in {FileType.JAR, FileType.ZIP, FileType.APK})


def _damaged(item: Item) -> Iterator[Finding]:
    """What begins like a program and is named like one, though nothing whole follows."""
    system = program_start(item) if item.extension in _PROGRAM_NAMES else None
    if system is not None:
        yield PRESENT.found(item.here(), confidence=0.7, detail=phrase(N_("A {system} program that is cut off or damaged."), system=system))


def renamed(item: Item, facts: ProgramFacts) -> bool:
    """Whether the program's version resource gives another file name than the one it has."""
    own = facts.own_name.lower().removesuffix(".mui")
    return bool(own) and own.rpartition(".")[0] != item.untrusted_name.lower().rpartition(".")[0] and own != item.untrusted_name.lower()
