"""What the page of a verdict shows of a result, and in which order."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from django.utils.safestring import mark_safe

from gifthorse.inspect.report import disk_map
from gifthorse.model.findings import SEVERITIES, Finding, Severity
from gifthorse.model.inspections import Content, Inspection
from gifthorse.procedures.note_finding import NoteView

EVIDENCE_SHOWN: Final = 6
NOT_INSPECTED_SHOWN: Final = 40
CONTENTS_SHOWN: Final = 200


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with its number (its place in the result, as the map and the tree name it)."""

    number: int
    finding: Finding
    more_evidence: int
    notes: tuple[NoteView, ...] = ()


def verdict_page(result: Inspection, notes: Sequence[NoteView] = ()) -> dict[str, Any]:
    """The names that the template of the verdict uses."""
    about: dict[int, tuple[NoteView, ...]] = {}
    for note in notes:
        about[note.finding] = (*about.get(note.finding, ()), note)
    shown = [
        Shown(number=number, finding=finding, more_evidence=max(0, len(finding.evidence) - EVIDENCE_SHOWN), notes=about.get(number - 1, ()))
        for number, finding in enumerate(result.findings, start=1)
    ]
    groups = [
        {"severity": severity, "findings": [one for one in shown if one.finding.severity is severity]} for severity in reversed(SEVERITIES)
    ]
    return {
        "result": result,
        "groups": [group for group in groups if group["findings"]],
        "to_do": _to_do(result.findings),
        "map": mark_safe(disk_map.svg(result)) if result.layout else "",  # noqa: S308 - our own drawing; labels are escaped there
        "not_inspected": result.coverage.not_inspected[:NOT_INSPECTED_SHOWN],
        "more_not_inspected": max(0, len(result.coverage.not_inspected) - NOT_INSPECTED_SHOWN),
        "bytes_missing": max(0, result.coverage.bytes_total - result.coverage.bytes_accounted),
        "evidence_shown": f":{EVIDENCE_SHOWN}",
    }


def _to_do(findings: tuple[Finding, ...]) -> list[str]:
    """The advice of all findings from medium up, gravest first, each sentence once."""
    grave = sorted((one for one in findings if one.severity.rank >= Severity.MEDIUM.rank), key=lambda one: -one.severity.rank)
    return list(dict.fromkeys(one.what_to_do for one in grave))


def contents_page(result: Inspection, asked: Mapping[str, str], number: int) -> dict[str, Any]:
    """The names that the template of the contents uses: one page of what was met, narrowed as *asked*."""
    marked, search = asked.get("marked") == "yes", asked.get("search", "").strip().casefold()
    found = [one for one in result.contents if (one.findings or not marked) and (not search or search in one.path.casefold())]
    start = (max(number, 1) - 1) * CONTENTS_SHOWN
    return {
        "result": result,
        "rows": [_row(one, result) for one in found[start : start + CONTENTS_SHOWN]],
        "total": len(found),
        "number": number,
        "more": len(found) > start + CONTENTS_SHOWN,
        "marked": marked,
        "search": asked.get("search", ""),
    }


def _row(content: Content, result: Inspection) -> dict[str, Any]:
    place, _separator, member = content.path.rpartition(" > ")
    folder, _slash, name = member.rpartition("/")
    marks = [{"number": index + 1, "finding": result.findings[index]} for index in content.findings if index < len(result.findings)]
    return {
        "content": content,
        "name": name,
        "folder": f"{place} > {folder}" if place and folder else (place or folder),
        "depth": content.path.count("/") + content.path.count(" > "),
        "marks": marks,
    }
