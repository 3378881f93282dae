"""What a hostile case is, and how the cases of all families are laid out in one folder.

Every case is made by code here, is inert (headers without code, commands of reserved addresses), and was written without looking at the
detectors' own tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from gifthorse.model.findings import Finding, Severity

FAMILIES: Final = (
    "names",
    "disguises",
    "shortcuts",
    "scripts",
    "pages",
    "office",
    "documents",
    "containers",
    "programs",
    "mails",
    "unusual",
    "reaching",
    "veiled_pages",
    "compiled",
    "pieces",
    "several_kinds",
    "carried",
    "unforeseen",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One file, or a few that belong together. `kind` is its class; one of `expected` must be found, at `least` or graver, in its place.

    `files` are bytes by path below the case's own folder, or below the root of the medium when `at_root`.
    """

    kind: str
    files: dict[str, bytes]
    expected: tuple[str, ...]
    least: Severity = Severity.MEDIUM
    at_root: bool = False


def every_case() -> dict[str, Case]:
    """All cases by the name of their folder."""
    cases: dict[str, Case] = {}
    for family in FAMILIES:
        for number, case in enumerate(import_module(f"tests.samples.hostile.{family}").cases(), 1):
            cases[f"{family}-{number:03}"] = case
    return cases


def lay_out(cases: dict[str, Case], root: Path) -> None:
    """The files of *cases* lie below *root*, each case in a folder of its own."""
    for name, case in cases.items():
        for path, body in case.files.items():
            place = (root if case.at_root else root / name) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(body)


def missed(cases: dict[str, Case], findings: tuple[Finding, ...]) -> list[str]:
    """The names of the cases whose expected finding is not among *findings*, or weighs too little."""
    return [name for name, case in cases.items() if not any(_answers(name, case, finding) for finding in findings)]


def _answers(name: str, case: Case, finding: Finding) -> bool:
    if finding.id not in case.expected or finding.severity.rank < case.least.rank:
        return False
    return any(_lies_in(name, case, evidence.path) for evidence in finding.evidence)


def _lies_in(name: str, case: Case, path: str) -> bool:
    if case.at_root:
        return any(path == own or path.startswith((own + " > ", own + "/")) for own in case.files)
    return path == name or path.startswith(name + "/")


def single(kind: str, path: str, body: bytes, *expected: str, least: Severity = Severity.MEDIUM) -> Case:
    """A case of one file."""
    return Case(kind=kind, files={path: body}, expected=expected, least=least)


def by_class(cases: dict[str, Case], misses: list[str]) -> Iterator[tuple[str, int, int]]:
    """Class, cases in it, and how many of them were found."""
    for kind in sorted({case.kind for case in cases.values()}):
        own = [name for name, case in cases.items() if case.kind == kind]
        yield kind, len(own), sum(name not in misses for name in own)
