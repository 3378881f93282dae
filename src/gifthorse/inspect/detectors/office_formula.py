"""office.formula: formulas of tables that fetch from other machines, lead to them, or carry cells away in an address."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from gifthorse.inspect.documents.compound import compound_of
from gifthorse.inspect.documents.formulas import OutwardFormula, Reach, formulas_in_table, formulas_of, formulas_of_workbook
from gifthorse.inspect.documents.package import package_of
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, FileType
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

FORMULA: Final = FindingKind(
    id="office.formula",
    severity=Severity.MEDIUM,
    confidence=0.8,
    title=N_("A formula in the table reaches another machine"),
    why=N_(
        "A formula can fetch a page or open a file from somewhere else, and put what stands in other cells into the address that it asks "
        "for. So a table sends its content away, or makes the computer sign in at a foreign machine, without any macro."
    ),
    what_to_do=N_("Don't allow the table to update links or to show outside content. Read it as a safe copy."),
    benign_explanation=N_("Some price lists and trackers fetch rates from a public service; the address then says which."),
    technique=("T1221", "T1187", "T1567"),
)
KINDS: Final = (FORMULA,)
WANTS: Final = OLE_DOCUMENTS | {FileType.OOXML_SHEET, FileType.ODF, FileType.TEXT}

_TABLES: Final = frozenset({"csv", "tsv", "tab"})
_JUDGED: Final = {
    Reach.CARRIES_AWAY: (Severity.MEDIUM, N_("It fetches from {host} and puts cells of the table into the address ({place}).")),
    Reach.FETCHES: (Severity.MEDIUM, N_("It fetches from {host} when the table is calculated ({place}).")),
    Reach.OPENS_SHARE: (Severity.MEDIUM, N_("It leads to a file on the machine {host} ({place}).")),
    Reach.OPENS_FILE: (Severity.MEDIUM, N_("It looks like a link and starts a file or program ({place}).")),
    Reach.LINK_WITH_CELLS: (Severity.LOW, N_("A link to {host} carries cells of the table along when it is clicked ({place}).")),
    Reach.ASKS_SERVER: (Severity.MEDIUM, N_("It asks a program on the machine {host} for values, again and again ({place}).")),
    Reach.ASKS_PROGRAM: (Severity.LOW, N_("It starts another program of this computer and asks it for values ({place}).")),
    Reach.CALLS: (Severity.HIGH, N_("It calls a function of the system itself ({place}).")),
}
_UNNAMED: Final = N_("a machine that is named in another cell")
MOST_NAMED: Final = 20
MOST_BYTES: Final = 16 << 20


def examine(item: Item) -> Iterator[Finding]:
    """A finding for each kind of reach and machine, with the first formula that has it."""
    told: set[tuple[Reach, str]] = set()
    for formula in _formulas(item):
        if (formula.reach, formula.host) not in told and len(told) < MOST_NAMED:
            told.add((formula.reach, formula.host))
            severity, words = _JUDGED[formula.reach]
            yield FORMULA.found(
                item.here(offset=formula.offset, excerpt=formula.formula),
                severity=severity,
                detail=phrase(words, host=formula.host or _UNNAMED, place=formula.place or item.untrusted_name),
            )


def _formulas(item: Item) -> Iterator[OutwardFormula]:
    if item.filetype is FileType.TEXT:
        if item.extension in _TABLES:
            body = item.content.read(0, MOST_BYTES)
            text, width = decoded(body)
            found = formulas_in_table(body if width == 1 else text.encode())
            yield from found if width == 1 else (replace(formula, offset=None) for formula in found)
        return
    if item.filetype in OLE_DOCUMENTS:
        compound = compound_of(item)
        yield from formulas_of_workbook(compound) if compound else ()
        return
    package = package_of(item)
    yield from formulas_of(package) if package else ()
