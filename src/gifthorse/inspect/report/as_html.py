"""The report as one HTML file that loads and runs nothing, and its sections for pages that have their own frame.

A page that embeds sections styles these classes (templates/report.css is the model): verdict verdict-VERDICT sentence answers now;
overview grade severity matter number why rows row places related bytes path meta excerpt hash; map wide fixed right (and those of
disk_map); tree folder unlisted mark-link; mark, critical high medium low info; body alarm small soft hidden. No section carries a style.
"""

import base64
import hashlib
import shlex
from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gifthorse.inspect.report import disk_map, parts, words
from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.measures import confidence_words, duration_words, exact_size, offset_words, size_words
from gifthorse.inspect.report.occasion import PLAIN, Occasion
from gifthorse.inspect.report.techniques import technique_words
from gifthorse.inspect.report.tree import tree
from gifthorse.model.findings import Evidence, Severity
from gifthorse.model.inspections import Inspection, SourceKind, Verdict

Section = Literal["verdict", "findings", "map", "tree", "coverage", "record"]
MOST_PLACES: Final = 40
MOST_EVIDENCE: Final = 8
MOST_ROWS: Final = 200
_MOST_BYTES_SHOWN: Final = 256
VERDICT_SHAPES: Final = {
    Verdict.CLEAR: Severity.INFO,
    Verdict.CAUTION: Severity.MEDIUM,
    Verdict.DANGEROUS: Severity.HIGH,
    Verdict.HOSTILE: Severity.CRITICAL,
    Verdict.NOT_INSPECTED: Severity.LOW,
}


def render(inspection: Inspection, occasion: Occasion = PLAIN) -> str:
    """The whole report: one page with its style inside, under a policy that lets nothing else in."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _templates().get_template("report.html")
    return page.render(_facts(inspection, occasion), style=Markup(style), style_hash=f"sha256-{digest}", level=2)  # noqa: S704 - our own stylesheet


def section(name: Section, inspection: Inspection, occasion: Occasion = PLAIN, level: int = 2) -> Markup:
    """One section with its heading at *level*, to stand in a page that brings its own style; safe to insert as it is."""
    text = _templates().get_template(f"{name}.html").render(_facts(inspection, occasion), level=level)
    return Markup(text)  # noqa: S704 - the templates escape every value


def look_again(inspection: Inspection, occasion: Occasion = PLAIN) -> str:
    """The command that gives this report once more."""
    return legible(occasion.command or f"gifthorse inspect {shlex.quote(inspection.source.name)} --json", 400)


@cache
def _style() -> str:
    report = files("gifthorse.inspect.report").joinpath("templates/report.css").read_text(encoding="utf-8")
    return report + disk_map.stylesheet()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("gifthorse.inspect.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "legible": legible,
        "size": size_words,
        "offset": offset_words,
        "confidence": confidence_words,
        "duration": duration_words,
        "moment": moment_words,
    }
    environment.globals |= {
        name: getattr(words, name) for name in dir(words) if name.endswith(("_WORDS", "_TITLES", "_SAYS")) and not name.startswith("_")
    }
    environment.globals |= {"MOST_PLACES": MOST_PLACES, "MOST_EVIDENCE": MOST_EVIDENCE, "MOST_ROWS": MOST_ROWS}
    environment.globals |= {"shape_of": _shape, "technique_words": technique_words, "place_words": parts.place_words}
    return environment


def moment_words(moment: datetime) -> str:
    """*moment* to the minute with its zone, in the order that no language misreads."""
    return moment.strftime("%Y-%m-%d %H:%M ") + (moment.tzname() or "UTC")


def _shape(severity: Severity) -> Markup:
    return Markup(disk_map.shape_of(severity))  # noqa: S704 - constant paths


def _facts(inspection: Inspection, occasion: Occasion) -> dict[str, Any]:
    """What the templates show."""
    groups = parts.findings_by_severity(inspection)
    return {
        "inspection": inspection,
        "occasion": occasion,
        "inspected_at": occasion.inspected_at,
        "_": occasion.say,
        "say": occasion.say,
        "groups": groups,
        "severity_of": {matter.number: group.severity for group in groups for matter in group.matters},
        "verdict_shape": VERDICT_SHAPES[inspection.verdict],
        "verdict_sentence": parts.verdict_sentence(inspection),
        "verdict_meaning": parts.verdict_meaning(inspection),
        "verdict_limits": parts.verdict_limits(inspection),
        "next_steps": parts.next_steps(inspection),
        "deciding": parts.deciding_matter(inspection),
        "svg": Markup(disk_map.svg(inspection, occasion)),  # noqa: S704 - escapes every value
        "ranges": disk_map.ranges_table(inspection),
        "tree": tree(inspection),
        "coverage_groups": parts.coverage_groups(inspection),
        "unaccounted": max(inspection.coverage.bytes_total - inspection.coverage.bytes_accounted, 0),
        "confinement": parts.confinement_sentence(inspection),
        "exact_size": exact_size(inspection.source.bytes),
        "command": look_again(inspection, occasion),
        "bytes_command": _bytes_command(inspection),
    }


def _bytes_command(inspection: Inspection) -> Callable[[Evidence], str]:
    """For a place on an image: the command that shows its bytes without this program; empty where there is none."""
    name = inspection.source.name

    def command(evidence: Evidence) -> str:
        if inspection.source.kind is not SourceKind.IMAGE or evidence.medium_offset is None or not name.isprintable():
            return ""
        length = min(evidence.length or _MOST_BYTES_SHOWN, _MOST_BYTES_SHOWN)
        return f"xxd -s {evidence.medium_offset} -l {length} {shlex.quote(name)}"

    return command
