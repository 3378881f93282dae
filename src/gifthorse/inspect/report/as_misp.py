"""The findings as one MISP event (MISP core format): a file object for each file that a finding names, tagged and unpublished.

Nothing is marked for automatic detection: what a gift holds may also be an ordinary file, and that is for an analyst to decide.
"""

import uuid
from typing import Any, Final

import msgspec

from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.occasion import PLAIN, Occasion
from gifthorse.inspect.report.parts import findings_by_severity, place_words, verdict_limits, verdict_sentence
from gifthorse.inspect.report.techniques import NAMES
from gifthorse.model.findings import Evidence, Finding
from gifthorse.model.inspections import Inspection, Verdict
from gifthorse.model.markings import Marking
from gifthorse.model.words import N_

_OUR_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "gifthorse.inspection/1/misp")
# The "file" template of MISP's object definitions.
_FILE_TEMPLATE: Final = {
    "name": "file",
    "meta-category": "file",
    "template_uuid": "688c46fb-5edb-40a3-8273-1af7923e2215",
    "template_version": "25",
}
_THREAT_LEVELS: Final = {
    Verdict.HOSTILE: "1",
    Verdict.DANGEROUS: "2",
    Verdict.CAUTION: "3",
    Verdict.CLEAR: "4",
    Verdict.NOT_INSPECTED: "4",
}
# What may be done with it follows who may see it (Permissible Actions Protocol): never looking it up where the giver could notice.
_PAP: Final = {Marking.CLEAR: "clear", Marking.GREEN: "green", Marking.AMBER: "amber", Marking.AMBER_STRICT: "amber", Marking.RED: "red"}
_ORGANISATION_ONLY: Final = "0"
Json = dict[str, Any]


def render(inspection: Inspection, occasion: Occasion = PLAIN) -> bytes:
    """One event, distributed to the own organisation only and not published; ids are the same for the same inspection."""
    event = _Event(inspection, occasion)
    return msgspec.json.format(msgspec.json.encode({"Event": event.made()}), indent=1) + b"\n"


class _Event:
    """The event under way; `_stamp` is the moment in seconds since 1970."""

    def __init__(self, inspection: Inspection, occasion: Occasion) -> None:
        self._inspection = inspection
        self._occasion = occasion
        self._stamp = str(int(occasion.moment().timestamp()))
        source = inspection.source
        self._seed = "|".join((source.sha256 or legible(source.name), inspection.engine.version, inspection.engine.rules, self._stamp))
        self._sizes = {(content.partition, content.path): content.size for content in inspection.contents}

    def made(self) -> Json:
        """The event as MISP reads it."""
        say, inspection = self._occasion.say, self._inspection
        return {
            "uuid": self._uuid("event"),
            "info": legible(f"gifthorse: {inspection.source.name}: {say(verdict_sentence(inspection))}", 300),
            "date": self._occasion.moment().strftime("%Y-%m-%d"),
            "timestamp": self._stamp,
            "threat_level_id": _THREAT_LEVELS[inspection.verdict],
            "analysis": "0",
            "distribution": _ORGANISATION_ONLY,
            "published": False,
            "Tag": [{"name": name} for name in self._tags()],
            "Attribute": self._comments(),
            "Object": self._objects(),
        }

    def _tags(self) -> list[str]:
        techniques = dict.fromkeys(technique for finding in self._inspection.findings for technique in finding.technique)
        return [
            self._occasion.marking.label.lower(),
            f"PAP:{_PAP[self._occasion.marking].upper()}",
            f'gifthorse:verdict="{self._inspection.verdict}"',
            *(f'misp-galaxy:mitre-attack-pattern="{NAMES[technique]} - {technique}"' for technique in techniques if technique in NAMES),
        ]

    def _comments(self) -> list[Json]:
        """The limits of the verdict and one line for each matter, as text."""
        say = self._occasion.say
        lines = [say(line) for line in verdict_limits(self._inspection)]
        for group in findings_by_severity(self._inspection):
            lines += [
                f"{matter.kind.detector} ({group.severity}): {say(matter.kind.title)}. {say(matter.kind.why)}" for matter in group.matters
            ]
        return [self._attribute(f"comment|{n}", "comment", "Other", line) for n, line in enumerate(lines)]

    def _objects(self) -> list[Json]:
        source = self._inspection.source
        objects = [self._file(("source",), legible(source.name), source.bytes, source.sha256, N_("What was inspected."))]
        by_place: dict[tuple[int | None, str], list[tuple[Finding, Evidence]]] = {}
        for finding in self._inspection.findings:
            for evidence in finding.evidence:
                if evidence.path:
                    by_place.setdefault((evidence.partition, evidence.path), []).append((finding, evidence))
        for (partition, path), found in by_place.items():
            told = "; ".join(dict.fromkeys(self._told(finding, evidence) for finding, evidence in found[:20]))
            sha256 = next((evidence.sha256 for _, evidence in found if evidence.sha256), None)
            objects.append(self._file((str(partition), path), legible(path), self._sizes.get((partition, path)), sha256, told))
        return objects

    def _told(self, finding: Finding, evidence: Evidence) -> str:
        facts = ", ".join(self._occasion.say(fact) for fact in place_words(evidence))
        return f"{finding.id} ({finding.severity}), {facts}" if facts else f"{finding.id} ({finding.severity})"

    def _file(self, key: tuple[str, ...], name: str, size: int | None, sha256: str | None, comment: str) -> Json:
        seed = "|".join(key)
        attributes = [self._attribute(f"{seed}|filename", "filename", "Payload delivery", name, relation="filename")]
        if sha256 is not None:
            attributes.append(self._attribute(f"{seed}|sha256", "sha256", "Payload delivery", sha256, relation="sha256"))
        if size is not None:
            attributes.append(self._attribute(f"{seed}|size", "size-in-bytes", "Other", str(size), relation="size-in-bytes"))
        identity = {"uuid": self._uuid(f"object|{seed}"), "timestamp": self._stamp, "comment": self._occasion.say(comment)}
        return {**_FILE_TEMPLATE, **identity, "distribution": "5", "Attribute": attributes}

    def _attribute(self, key: str, kind: str, category: str, value: str, relation: str | None = None) -> Json:
        attribute: Json = {
            "uuid": self._uuid(f"attribute|{key}"),
            "type": kind,
            "category": category,
            "value": value,
            "to_ids": False,
            "distribution": "5",
            "timestamp": self._stamp,
        }
        if relation is not None:
            attribute["object_relation"] = relation
        return attribute

    def _uuid(self, key: str) -> str:
        return str(uuid.uuid5(_OUR_NAMESPACE, f"{self._seed}|{key}".encode("utf-8", "backslashreplace").decode()))
