"""What `gifthorse inspect` says to a person: the verdict first, then each finding with its reasons, then what could not be seen."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from gifthorse.cli.speech import N_, _, told
from gifthorse.model.findings import Evidence, Finding, Severity
from gifthorse.model.inspections import RECALLED, Coverage, Inspection, Reason, SourceKind, Verdict, is_inventory

PLACES_SHOWN: Final = 5
VERDICTS: Final = {
    Verdict.CLEAR: N_("Nothing found as far as could be seen."),
    Verdict.CAUTION: N_("Caution: something here can do harm, or could not be seen."),
    Verdict.DANGEROUS: N_("Dangerous: don't open this, and don't plug it in. Something here can take over a computer."),
    Verdict.HOSTILE: N_(
        "Hostile: this was made to attack whoever opens it. Don't plug it in; keep it sealed and call your security officer."
    ),
    Verdict.NOT_INSPECTED: N_("Not inspected: nothing of its content could be seen, so nothing can be said about it."),
}
ONLY_LISTED: Final = N_("Only listed, as you asked: nothing was looked into, so nothing can be said about it.")
SEVERITIES: Final = {
    Severity.CRITICAL: N_("Critical"),
    Severity.HIGH: N_("High"),
    Severity.MEDIUM: N_("Medium"),
    Severity.LOW: N_("Low"),
    Severity.INFO: N_("For information"),
}
REASONS: Final = {
    Reason.ENCRYPTED: N_("encrypted"),
    Reason.UNREADABLE: N_("unreadable"),
    Reason.BUDGET: N_("larger than an inspection unfolds"),
    Reason.PARSER_CRASHED: N_("its reader could not bear it"),
    Reason.UNSUPPORTED: N_("of a kind that is not read here"),
    Reason.NOT_ASKED: N_("not asked for"),
}
CONFINEMENTS: Final = ("no_new_privs", "rlimits", "landlock", "seccomp")


def as_text(inspection: Inspection) -> str:
    """The whole answer, wrapped to the terminal."""
    return "\n".join(_lines(inspection))


def _lines(inspection: Inspection) -> Iterator[str]:
    listed = is_inventory(inspection)
    verdict = ONLY_LISTED if listed and inspection.verdict is Verdict.NOT_INSPECTED else VERDICTS[inspection.verdict]
    yield from _wrapped(_bold(f"{inspection.source.name}: {_(verdict)}"), "")
    if listed:
        yield from _inventory_lines(inspection)
    for severity, findings in groupby(inspection.findings, key=lambda finding: finding.severity):
        yield ""
        yield _bold(_(SEVERITIES[severity]))
        for _kind, same in groupby(findings, key=lambda finding: finding.id):
            yield from _finding_lines(list(same))
    yield ""
    yield from _coverage_lines(inspection)
    yield from _engine_lines(inspection)


def _finding_lines(same: Sequence[Finding]) -> Iterator[str]:
    """One kind of finding with all its places; what is only for information takes a line and its places."""
    first = same[0]
    count = f" ({len(same)})" if len(same) > 1 else ""
    yield from _wrapped(f"{_(first.title)}{count}  [{first.id}]", "  ")
    for finding in same[:PLACES_SHOWN]:
        detail = f" — {told(finding.detail)}" if finding.detail else ""
        yield from _wrapped(f"{_place(finding.evidence[0])}{detail}", "    ", "      ")
    if len(same) > PLACES_SHOWN:
        yield from _wrapped(_("… and {count} more; --json and reports list them all.").format(count=len(same) - PLACES_SHOWN), "    ")
    if first.severity is not Severity.INFO:
        yield from _wrapped(_("Why it matters: {text}").format(text=_(first.why)), "    ", "      ")
        yield from _wrapped(_("What to do: {text}").format(text=_(first.what_to_do)), "    ", "      ")
        yield from _wrapped(_("Harmless if: {text}").format(text=_(first.benign_explanation)), "    ", "      ")


def _inventory_lines(inspection: Inspection) -> Iterator[str]:
    """Each file with its digest, size and type; not wrapped, so that other programs can read the lines."""
    yield ""
    yield _bold(_("What is there (SHA-256, bytes, type, place)"))
    for one in inspection.contents:
        deleted = f" {_('(deleted)')}" if one.deleted else ""
        yield f"{one.sha256 or '-':64}  {one.size:>13}  {one.type:<16}  {one.path}{deleted}"


def _place(evidence: Evidence) -> str:
    """Where it is, down to partition and byte."""
    parts = [evidence.path or _("the medium itself")]
    if evidence.partition is not None:
        parts.append(_("partition {number}").format(number=evidence.partition))
    if evidence.offset is not None:
        parts.append(_("byte {offset}").format(offset=evidence.offset))
    return ", ".join(parts) + (f": {evidence.excerpt}" if evidence.excerpt else "")


def _coverage_lines(inspection: Inspection) -> Iterator[str]:
    coverage = inspection.coverage
    yield _bold(_("What was seen"))
    numbers = {
        "inspected": f"{coverage.items_inspected:,}",
        "items": f"{coverage.items_total:,}",
        "accounted": f"{coverage.bytes_accounted:,}",
        "bytes": f"{coverage.bytes_total:,}",
    }
    yield from _wrapped(
        _("{inspected} of {items} items were looked into; {accounted} of {bytes} bytes are accounted for.").format(**numbers), "  "
    )
    yield from _gap_lines(coverage)
    if inspection.source.kind in {SourceKind.IMAGE, SourceKind.DEVICE, SourceKind.USB}:
        text = _(
            "We could not see the firmware of the device: a controller that was reprogrammed, for example to type by itself, shows nothing "
            "of that in its content. Don't plug the device into a computer that matters."
        )
        yield from _wrapped(text, "  ")


def _gap_lines(coverage: Coverage) -> Iterator[str]:
    by_reason = sorted(coverage.not_inspected, key=lambda gap: (list(REASONS).index(gap.reason), gap.path))
    for reason, gaps in groupby(by_reason, key=lambda gap: gap.reason):
        listed = list(gaps)
        yield from _wrapped(_("We could not see ({reason}, {count}):").format(reason=_(REASONS[reason]), count=len(listed)), "  ")
        for gap in listed[:PLACES_SHOWN]:
            yield from _wrapped((gap.path or _("the medium itself")) + (f" — {gap.detail}" if gap.detail else ""), "    ", "      ")
        if len(listed) > PLACES_SHOWN:
            yield from _wrapped(_("… and {count} more; --json and reports list them all.").format(count=len(listed) - PLACES_SHOWN), "    ")


def _engine_lines(inspection: Inspection) -> Iterator[str]:
    if RECALLED in inspection.timings.parts_s and inspection.inspected_at is not None:
        text = _("Kept from an earlier look ({moment}): the bytes, the engine and its rules are the same.")
        yield from _wrapped(text.format(moment=f"{inspection.inspected_at:%Y-%m-%d %H:%M} UTC"), "  ")
    held = inspection.engine.confinement
    missing = [name for name in CONFINEMENTS if name not in held]
    if missing:
        text = _("The readers were NOT fully confined on this system; missing: {names}. Use a newer kernel for hostile material.")
        yield from _wrapped(text.format(names=", ".join(missing)), "  ")
    else:
        yield from _wrapped(_("The readers ran confined ({names}).").format(names=", ".join(held)), "  ")
    sha256 = f"SHA-256 {inspection.source.sha256}; " if inspection.source.sha256 else ""
    about = _("gifthorse {version}, {rules}; {seconds} s").format(
        version=inspection.engine.version, rules=inspection.engine.rules, seconds=inspection.timings.total_s
    )
    yield from _wrapped(sha256 + about, "  ")


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=first if rest is None else rest, break_long_words=False, break_on_hyphens=False
    )


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else text
