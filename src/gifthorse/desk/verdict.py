"""What the page of a verdict shows of a result, in the words, groups and numbers that its exports have, too."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from gifthorse.desk import labels
from gifthorse.inspect.report import disk_map, parts
from gifthorse.inspect.report.forms import FORMS
from gifthorse.inspect.report.measures import exact_size
from gifthorse.inspect.report.occasion import Occasion
from gifthorse.inspect.report.parts import Matter
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import Content, Inspection
from gifthorse.procedures.note_finding import NoteView

PLACES_SHOWN: Final = 25
EVIDENCE_SHOWN: Final = 6
RANGES_SHOWN: Final = 200
CONTENTS_SHOWN: Final = 200


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One finding of a matter; `number` is its place in the result's own list, from 1, by which a note names it."""

    number: int
    finding: Finding
    more_evidence: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A matter with its number (as the map, the tree and the exports have it), its first places, and what officers said about any."""

    number: int
    kind: Finding
    count: int
    places: tuple[Place, ...]
    more: int
    notes: tuple[NoteView, ...]


def verdict_page(result: Inspection, notes: Sequence[NoteView] = ()) -> dict[str, Any]:
    """The names that the template of the verdict uses."""
    occasion = Occasion(translate=gettext)
    ranges = disk_map.ranges_table(result)
    return {
        "result": result,
        "sentence": parts.verdict_sentence(result),
        "meaning": parts.verdict_meaning(result),
        "limits": parts.verdict_limits(result),
        "steps": parts.next_steps(result),
        "groups": [
            {"severity": group.severity, "count": group.count, "matters": [_shown(matter, notes) for matter in group.matters]}
            for group in parts.findings_by_severity(result)
        ],
        "map": mark_safe(disk_map.svg(result, occasion)),  # noqa: S308 - our own drawing; labels are escaped there
        "ranges": ranges[:RANGES_SHOWN],
        "more_ranges": max(0, len(ranges) - RANGES_SHOWN),
        "gaps": parts.coverage_groups(result),
        "bytes_missing": max(0, result.coverage.bytes_total - result.coverage.bytes_accounted),
        "exact_size": exact_size(result.source.bytes),
        "confinement": parts.confinement_sentence(result),
        "forms": [(suffix, labels.FORMS[suffix]) for suffix in FORMS],
    }


def _shown(matter: Matter, notes: Sequence[NoteView]) -> Shown:
    found = list(zip(matter.positions, matter.findings, strict=True))
    # an explanation that was accepted for one of its places may be found again at several of them: it is told once
    about = {(note.kind, note.text, note.created_at): note for note in notes if note.finding in matter.positions}
    return Shown(
        number=matter.number,
        kind=matter.kind,
        count=len(found),
        places=tuple(
            Place(number=position + 1, finding=finding, more_evidence=max(0, len(finding.evidence) - EVIDENCE_SHOWN))
            for position, finding in found[:PLACES_SHOWN]
        ),
        more=max(0, len(found) - PLACES_SHOWN),
        notes=tuple(about.values()),
    )


def contents_page(result: Inspection, asked: Mapping[str, str], number: int) -> dict[str, Any]:
    """One page of the list of contents, narrowed by ``search`` (part of a path) and ``marked`` (only with findings)."""
    marked, search = asked.get("marked") == "yes", asked.get("search", "").strip().casefold()
    found = [one for one in result.contents if (one.findings or not marked) and (not search or search in one.path.casefold())]
    start = (max(number, 1) - 1) * CONTENTS_SHOWN
    numbers = parts.numbering(result)
    return {
        "result": result,
        "rows": [_row(one, result, numbers) for one in found[start : start + CONTENTS_SHOWN]],
        "total": len(found),
        "number": number,
        "more": len(found) > start + CONTENTS_SHOWN,
        "marked": marked,
        "search": asked.get("search", ""),
    }


def _row(content: Content, result: Inspection, numbers: Mapping[int, int]) -> dict[str, Any]:
    place, _separator, member = content.path.rpartition(" > ")
    folder, _slash, name = member.rpartition("/")
    marks = {numbers[position]: result.findings[position] for position in content.findings if position in numbers}
    return {
        "content": content,
        "name": name,
        "folder": f"{place} > {folder}" if place and folder else (place or folder),
        "marks": [{"number": number, "finding": finding} for number, finding in sorted(marks.items())],
    }
