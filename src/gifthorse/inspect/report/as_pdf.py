"""The report on paper: typeset by Typst with the fonts it carries, so that it needs no network and no installed font.

The facts go in as JSON and the template never reads them as markup, so a name can't become code.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec
import typst

from gifthorse.inspect.report import disk_map, parts, words
from gifthorse.inspect.report.as_html import VERDICT_SHAPES, look_again, moment_words
from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.measures import confidence_words, duration_words, exact_size, size_words
from gifthorse.inspect.report.occasion import PLAIN, Occasion
from gifthorse.inspect.report.techniques import technique_words
from gifthorse.inspect.report.tree import Node, tree
from gifthorse.model.findings import Evidence
from gifthorse.model.inspections import Inspection, Verdict
from gifthorse.model.words import N_, Phrase, phrase

MOST_PLACES: Final = 20
MOST_EVIDENCE: Final = 4
MOST_ENTRIES: Final = 900
_IN_JSON: Final = N_("{count} more are in the JSON form of this report.")


def render(inspection: Inspection, occasion: Occasion = PLAIN) -> bytes:
    """The report as a tagged PDF on A4; the same inspection and occasion give the same bytes."""
    facts = msgspec.json.encode(_facts(inspection, occasion)).decode()
    made = typst.compile(_template(), format="pdf", sys_inputs={"report": facts})
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return files("gifthorse.inspect.report").joinpath("templates/report.typ").read_bytes()


def _facts(inspection: Inspection, occasion: Occasion) -> dict[str, Any]:
    say = occasion.say
    name = legible(inspection.source.name, 80)
    shown = tree(inspection)
    told = [say(words.SOURCE_WORDS[inspection.source.kind]), size_words(inspection.source.bytes)]
    if occasion.inspected_at is not None:
        told.append(say(phrase(N_("inspected {moment}"), moment=moment_words(occasion.inspected_at))))
    return {
        "title": f"{say(words.VERDICT_WORDS[inspection.verdict])}: {name}",
        "language": occasion.language.split("-")[0],
        "marking": occasion.marking.label,
        "engine": inspection.engine.version,
        "source": {"name": name, "told": " · ".join(told)},
        "words": _words(occasion),
        "verdict": _verdict(inspection, occasion),
        "count": f"{len(inspection.findings):,}",
        "groups": [_group(group, occasion) for group in parts.findings_by_severity(inspection)],
        "map": _map(inspection, occasion),
        "files": say(phrase(N_("files: {count}"), count=f"{shown.files:,}")),
        "entries": _entries(shown, inspection, occasion),
        "coverage": _coverage(inspection, occasion),
        "confinement": say(parts.confinement_sentence(inspection)),
        "record": _record(inspection, occasion),
    }


def _words(occasion: Occasion) -> dict[str, Any]:
    headings = {
        "rests": N_("What it rests on"),
        "limits": N_("What it does not say"),
        "now": N_("What to do now"),
        "findings": N_("Findings"),
        "nothing": N_("No detector found anything to tell."),
        "where": N_("Where"),
        "contents": N_("What is in it"),
        "coverage": N_("What we could not see"),
        "record": N_("How this was made"),
    }
    return {
        **{key: occasion.say(text) for key, text in headings.items()},
        "severity": {str(severity): occasion.say(text) for severity, text in words.SEVERITY_WORDS.items()},
    }


def _verdict(inspection: Inspection, occasion: Occasion) -> dict[str, Any]:
    say = occasion.say
    meaning = [say(line) for line in parts.verdict_meaning(inspection)]
    deciding = parts.deciding_matter(inspection)
    if deciding is not None:
        meaning.insert(0, f"{say(N_('The gravest finding:'))} {say(deciding.kind.title)}.")
    shape = str(VERDICT_SHAPES[inspection.verdict])
    return {
        "word": say(words.VERDICT_WORDS[inspection.verdict]),
        "shape": shape,
        "colour": "clear" if inspection.verdict is Verdict.CLEAR else shape,
        "sentence": say(parts.verdict_sentence(inspection)),
        "meaning": meaning,
        "limits": [say(line) for line in parts.verdict_limits(inspection)],
        "steps": [say(line) for line in parts.next_steps(inspection)],
    }


def _group(group: parts.SeverityGroup, occasion: Occasion) -> dict[str, Any]:
    return {
        "severity": str(group.severity),
        "says": occasion.say(words.SEVERITY_SAYS[group.severity]),
        "matters": [_matter(matter, occasion) for matter in group.matters],
    }


def _matter(matter: parts.Matter, occasion: Occasion) -> dict[str, Any]:
    say, kind = occasion.say, matter.kind
    rows = [
        (say(N_("What to do")), say(kind.what_to_do)),
        (say(N_("Harmless explanation")), say(kind.benign_explanation)),
        (say(N_("How sure")), f"{say(confidence_words(matter.confidence))} ({matter.confidence:.2f})"),
    ]
    if kind.technique:
        rows.append((say(N_("Technique")), "; ".join(map(technique_words, kind.technique)) + " (MITRE ATT&CK)"))
    rows.append((say(N_("Detector")), kind.detector))
    more = len(matter.findings) - MOST_PLACES
    return {
        "number": matter.number,
        "title": say(kind.title),
        "why": say(kind.why),
        "rows": rows,
        "places": [
            {
                "detail": None if finding.detail is None else legible(say(finding.detail), 600),
                "evidence": [_place(evidence, occasion) for evidence in finding.evidence[:MOST_EVIDENCE]],
            }
            for finding in matter.findings[:MOST_PLACES]
        ],
        "more": _more(more, occasion),
    }


def _more(count: int, occasion: Occasion) -> str | None:
    return occasion.say(phrase(_IN_JSON, count=f"{count:,}")) if count > 0 else None


def _place(evidence: Evidence, occasion: Occasion) -> dict[str, Any]:
    return {
        "path": legible(evidence.path) or occasion.say(N_("the source itself")),
        "facts": " · ".join(occasion.say(fact) for fact in parts.place_words(evidence)),
        "sha256": evidence.sha256,
        "excerpt": legible(evidence.excerpt) if evidence.excerpt else None,
    }


def _map(inspection: Inspection, occasion: Occasion) -> dict[str, str] | None:
    svg = disk_map.svg(inspection, occasion)
    if not svg:
        return None
    # Typst draws with the fonts it carries, and only what attributes say.
    svg = svg.replace("system-ui, sans-serif", "Libertinus Serif").replace("currentColor", "#55585c")
    return {
        "svg": svg,
        "title": occasion.say(N_("Map of the medium") if inspection.layout else N_("Kinds of file")),
        "alt": "; ".join(f"{occasion.say(row.words)} {row.label} {row.size}" for row in disk_map.ranges_table(inspection)[:60]),
        "note": occasion.say(
            N_("In proportion to size; short strokes over both edges: smaller than drawn. Numbers are those of the findings.")
        ),
    }


def _entries(root: Node, inspection: Inspection, occasion: Occasion) -> list[dict[str, Any]]:
    """The tree line by line, cut where paper ends."""
    severities = {matter.number: str(group.severity) for group in parts.findings_by_severity(inspection) for matter in group.matters}
    lines: list[dict[str, Any]] = []
    for depth, node in _walk(root):
        if len(lines) >= MOST_ENTRIES:
            told = occasion.say(N_("The rest of the tree is in the HTML and JSON forms of this report."))
            lines.append({"depth": 0, "folder": False, "name": "…", "told": told, "marks": []})
            break
        lines.append(_entry(depth, node, severities, occasion))
        if node.unlisted and node is not root:
            lines.append(_unlisted(depth + 1, node, occasion))
    if root.unlisted:
        lines.append(_unlisted(0, root, occasion))
    return lines


def _walk(root: Node) -> Iterator[tuple[int, Node]]:
    waiting = [(0, child) for child in reversed(root.children)]
    while waiting:
        depth, node = waiting.pop()
        yield depth, node
        waiting += [(depth + 1, child) for child in reversed(node.children)]


def _entry(depth: int, node: Node, severities: dict[int, str], occasion: Occasion) -> dict[str, Any]:
    say = occasion.say
    holds_files = node.kind not in {"file", "container"}
    facts = [say(phrase(N_("files: {count}"), count=f"{node.files:,}"))] if holds_files else [node.type.replace("-", " ")]
    facts.append(size_words(node.size))
    if node.deleted:
        facts.append(say(N_("deleted")))
    name = say(phrase(N_("Partition {number}"), number=node.partition)) if node.kind == "partition" else node.name
    return {
        "depth": depth,
        "folder": holds_files,
        "name": name + ("/" if node.kind == "folder" else ""),
        "told": " · ".join(filter(None, facts)),
        "marks": [{"severity": severities[number], "number": number} for number in node.numbers],
    }


def _unlisted(depth: int, node: Node, occasion: Occasion) -> dict[str, Any]:
    kinds = ", ".join(f"{kind.replace('-', ' ')} {count:,}" for kind, count in node.unlisted_types)
    told = occasion.say(phrase(N_("{count} more, counted but not listed:"), count=f"{node.unlisted:,}"))
    return {"depth": depth, "folder": False, "name": "…", "told": f"{told} {kinds}", "marks": []}


def _coverage(inspection: Inspection, occasion: Occasion) -> dict[str, Any]:
    say = occasion.say
    groups = parts.coverage_groups(inspection)
    lines: list[Phrase | str] = []
    unaccounted = inspection.coverage.bytes_total - inspection.coverage.bytes_accounted
    if unaccounted > 0:
        lines.append(phrase(N_("Bytes of the source that could not be read or placed: {size}."), size=size_words(unaccounted)))
    elif not groups:
        lines.append(
            N_(
                "Everything that was met could be opened and looked into, and every byte is accounted for. "
                "The limits named at the top remain."
            )
        )
    return {
        "lines": [say(line) for line in lines],
        "groups": [
            {
                "title": say(words.REASON_TITLES[group.reason]),
                "count": f"{group.count:,}",
                "words": say(words.REASON_WORDS[group.reason]),
                "shown": [
                    {"path": legible(missing.path) or say(N_("the source itself")), "detail": legible(missing.detail)}
                    for missing in group.shown
                ],
                "more": _more(group.more, occasion),
            }
            for group in groups
        ],
    }


def _record(inspection: Inspection, occasion: Occasion) -> list[tuple[str, str, bool]]:
    """Label, text, and whether the text is set as code."""
    say, engine, timings = occasion.say, inspection.engine, inspection.timings
    spent = ", ".join(f"{legible(part)} {duration_words(seconds)}" for part, seconds in timings.parts_s.items())
    when = [(say(N_("Inspected")), moment_words(occasion.inspected_at), False)] if occasion.inspected_at is not None else []
    return [
        (say(N_("Source")), f"{legible(inspection.source.name)}, {say(exact_size(inspection.source.bytes))}", False),
        (
            "SHA-256",
            inspection.source.sha256 or say(N_("none: this kind of source has no single digest")),
            inspection.source.sha256 is not None,
        ),
        *when,
        (say(N_("Engine and rules")), f"gifthorse {engine.version}; {legible(engine.rules)}", False),
        (say(N_("Time taken")), duration_words(timings.total_s) + (f" ({spent})" if spent else ""), False),
        (say(N_("To look again")), look_again(inspection, occasion), True),
        (say(N_("Form")), inspection.schema, True),
    ]
