"""pdf.javascript: scripts in PDF files. The arithmetic of ordinary forms is told apart from everything else."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.pdf import Script, pdf_of
from gifthorse.inspect.documents.pdf_remains import CONFIDENCE
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

JAVASCRIPT: Final = FindingKind(
    id="pdf.javascript",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("The PDF contains a script"),
    why=N_("A script in a PDF runs in the reader program and has often been the way in through the reader's flaws."),
    what_to_do=N_("Read it in a browser with scripts off, or as a safe copy; not in a full PDF reader."),
    benign_explanation=N_("Forms check and add up their fields with short scripts; some slides and manuals animate with them."),
    technique=("T1059.007", "T1204.002"),
)
KINDS: Final = (JAVASCRIPT,)
WANTS: Final = frozenset({FileType.PDF})

# What Acrobat itself writes for number, date and calculation fields, and what generators write to print, zoom or turn pages.
_FORM_CALLS: Final = (
    r"AF(?:Number|Percent|Date|Time|Special|Simple|Range|Merge|Split|Make|Parse|Extract)\w*"
    r"|event\.\w+|this\.print|print|getField|this\.getField"
)
_ORDINARY: Final = re.compile(
    rf"(?>\s|;|(?:{_FORM_CALLS})\s*\((?:[^()]|\([^()]*\))*\)|this\.(?:zoomType|zoom|pageNum|layout)\s*=\s*[\w.]+|event\.\w+\s*=\s*[\w.\"']+)*+",
)
# Scripts that are made to harm: save and open an attachment, or the flaws and memory tricks of known attacks.
_HARMFUL: Final = re.compile(
    r"exportDataObject\s*\([^)]{0,500}nLaunch\s*[:=]?\s*[12]|(?:%u[0-9a-f]{4}){4}|(?:\\u0c0c|\\u9090|%u9090|%u0c0c)|Collab\.(?:collectEmailInfo|getIcon)"
    r"|media\.newPlayer\s*\(\s*null|util\.printf\s*\(\s*[\"']%\d{4,}|spell\.customDictionaryOpen|\.printSeps\s*\(",
    re.IGNORECASE,
)
_VEILED: Final = re.compile(
    r"\beval\s*\(|\bunescape\s*\(|String\.fromCharCode|\bFunction\s*\(|app\.setTimeOut|getAnnots?\s*\(", re.IGNORECASE
)
# Calls through computed names, and long runs without a blank: nobody writes a form's scripts so.
_TANGLED: Final = re.compile(r"\]\s*\(|[^\s]{300}|\bthis\[|\\x[0-9a-f]{2}\\x", re.IGNORECASE)
# What Acrobat's form designer puts into every form to ask for a newer reader.
_READER_CHECK: Final = "ADBE.Reader_Value_"
FIELDS_OF_A_FORM: Final = 3
_OUTWARD: Final = re.compile(r"app\.launchURL|submitForm|mailDoc|mailForm|openDoc|importDataObject|SOAP\.|Net\.HTTP|getURL", re.IGNORECASE)


def examine(item: Item) -> Iterator[Finding]:
    """One finding for all scripts of a file, as grave as the gravest of them."""
    facts = pdf_of(item)
    scripts = [script for script in facts.scripts if script.text.strip()]
    if not scripts:
        yield from _in_remains(item)
        return
    in_form = facts.fields >= FIELDS_OF_A_FORM
    severity, words, gravest = max((judged(script, in_form=in_form) for script in scripts), key=lambda judgement: judgement[0].rank)
    yield JAVASCRIPT.found(
        item.here(excerpt=gravest.text.strip()),
        severity=severity,
        detail=phrase(N_("{count} scripts; in {place}: {what}."), count=len(scripts), place=gravest.place, what=words),
    )


def _in_remains(item: Item) -> Iterator[Finding]:
    for remain in pdf_of(item).remains:
        if remain.name in {"JavaScript", "JS"}:
            harmful = _HARMFUL.search(remain.text) is not None
            yield JAVASCRIPT.found(
                item.here(offset=remain.offset, excerpt=remain.text or None),
                severity=Severity.HIGH if harmful else Severity.MEDIUM,
                confidence=CONFIDENCE,
                detail=phrase(N_("The file is damaged; its bytes still show /{name}, which some readers may run."), name=remain.name),
            )
            return


def judged(script: Script, *, in_form: bool) -> tuple[Severity, str, Script]:
    """How grave one script is, and why in words."""
    text = script.text[: 1 << 20]
    if _HARMFUL.search(text):
        return Severity.HIGH, N_("it does what known attacks do"), script
    if len(text) < 4000 and _ORDINARY.fullmatch(text):
        return Severity.LOW, N_("it formats or adds up form fields, or prints"), script
    if _VEILED.search(text) and len(text) > 200:
        return Severity.MEDIUM, N_("it puts its words together only when it runs"), script
    if _OUTWARD.search(text) and not (in_form and _READER_CHECK in text and "://" not in text):
        return Severity.MEDIUM, N_("it can send data or open an address"), script
    if script.kind == "form" or (in_form and not _TANGLED.search(text)):
        return Severity.LOW, N_("it belongs to the fields of a form"), script
    return Severity.MEDIUM, N_("it does more than a form field needs"), script
