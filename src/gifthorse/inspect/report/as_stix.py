"""The findings as a STIX 2.1 bundle (OASIS Standard, 2021-06-10): what was observed and a note on each matter; nothing is attributed.

Ids are deterministic (version 5 UUIDs), so the same inspection sent twice becomes the same objects at the receiver.
"""

import uuid
from typing import Any, Final

import msgspec

from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.occasion import PLAIN, Occasion
from gifthorse.inspect.report.parts import Matter, findings_by_severity, place_words, verdict_limits, verdict_sentence
from gifthorse.inspect.report.techniques import NAMES
from gifthorse.model.findings import Evidence
from gifthorse.model.inspections import Content, Inspection
from gifthorse.model.markings import Marking

# STIX 2.1, 2.9: the namespace for the ids of cyber-observable objects.
_OBSERVABLE_NAMESPACE: Final = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
# Ours, for all other objects: the UUID of the name "gifthorse.inspection/1" among URLs.
_OUR_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "gifthorse.inspection/1")
# TLP 2.0 as the OASIS common object repository defines it.
_TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP: Final = {
    Marking.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Marking.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Marking.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Marking.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Marking.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_MOST_NAME: Final = 255
_PART: Final = " > "
Json = dict[str, Any]


def render(inspection: Inspection, occasion: Occasion = PLAIN) -> bytes:
    """A bundle of the tool's identity, the marking, files and folders, what was observed, and one note for each matter."""
    bundle = _Bundle(inspection, occasion)
    bundle.fill()
    document = {"type": "bundle", "id": bundle.ours("bundle", "bundle"), "objects": list(bundle.objects.values())}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def observable_id(kind: str, contributing: Json) -> str:
    """The deterministic id of a cyber-observable: UUIDv5 over the canonical JSON (RFC 8785) of its contributing properties."""
    canonical = msgspec.json.encode(contributing, order="sorted").decode()
    return f"{kind}--{uuid.uuid5(_OBSERVABLE_NAMESPACE, canonical)}"


class _Bundle:
    """The objects of one bundle, each once."""

    def __init__(self, inspection: Inspection, occasion: Occasion) -> None:
        self._inspection = inspection
        self._occasion = occasion
        self._moment = occasion.moment().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        self._seed = "|".join(
            (inspection.source.sha256 or legible(inspection.source.name), inspection.engine.version, inspection.engine.rules, self._moment)
        )
        self._contents = {(content.partition, content.path): content for content in inspection.contents}
        self.objects: dict[str, Json] = {}
        self._tool = self.ours("identity", "tool", seed="")

    def ours(self, kind: str, key: str, seed: str | None = None) -> str:
        """The id of an object that is ours, the same whenever the same inspection is written again."""
        return f"{kind}--{uuid.uuid5(_OUR_NAMESPACE, f'{self._seed if seed is None else seed}|{kind}|{key}')}"

    def fill(self) -> None:
        """Every object is in."""
        marking = self._occasion.marking
        self._add(_marking(marking))
        tool = {
            "name": "gifthorse",
            "identity_class": "system",
            "created": "2026-01-01T00:00:00.000Z",
            "modified": "2026-01-01T00:00:00.000Z",
        }
        self._add({"type": "identity", "spec_version": "2.1", "id": self._tool, **tool})
        source = self._source()
        seen = [source]
        for group in findings_by_severity(self._inspection):
            for matter in group.matters:
                named = [self._file(evidence) for finding in matter.findings for evidence in finding.evidence if evidence.path]
                refs = list(dict.fromkeys(named)) or [source]
                seen += refs
                self._add(self._matter(matter, refs))
        observed = self._observed(list(dict.fromkeys(seen)))
        self._add(observed)
        self._add(self._summary(observed["id"]))

    def _add(self, thing: Json) -> str:
        identity: str = thing["id"]
        self.objects.setdefault(identity, thing)
        return identity

    def _source(self) -> str:
        source = self._inspection.source
        return self._observable(source.name, source.bytes, source.sha256)

    def _file(self, evidence: Evidence) -> str:
        content = self._contents.get((evidence.partition, evidence.path))
        if content is not None and content.folder:
            return self._directory(evidence.path)
        container, _, inner = evidence.path.rpartition(_PART)
        folder, _, name = inner.rpartition("/")
        # A member's folder is a path within its container, no directory of the medium.
        parent = self._directory(folder) if folder and not container else None
        made = self._observable(name or evidence.path, _size(content), evidence.sha256, parent)
        if container:
            self._contains(container, evidence.partition, made)
        return made

    def _contains(self, container: str, partition: int | None, member: str) -> None:
        """The innermost container of *member* is in, and refers to it."""
        outer = self._contents.get((partition, container))
        name = container.rpartition(_PART)[2].rpartition("/")[2]
        made = self.objects[self._observable(name, _size(outer), outer.sha256 if outer else None)]
        members: list[str] = made.setdefault("contains_refs", [])
        if member not in members and member != made["id"]:
            members.append(member)

    def _directory(self, path: str) -> str:
        shown = legible(path, _MOST_NAME)
        return self._add({"type": "directory", "spec_version": "2.1", "id": observable_id("directory", {"path": shown}), "path": shown})

    def _observable(self, name: str, size: int | None, sha256: str | None, parent: str | None = None) -> str:
        shown = legible(name, _MOST_NAME) or "unnamed"
        contributing: Json = {"name": shown}
        if sha256 is not None:
            contributing["hashes"] = {"SHA-256": sha256}
        if parent is not None:
            contributing["parent_directory_ref"] = parent
        thing: Json = {"type": "file", "spec_version": "2.1", "id": observable_id("file", contributing), **contributing}
        if size is not None:
            thing["size"] = size
        return self._add(thing)

    def _dated(self, kind: str, key: str, references: list[str]) -> Json:
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": self.ours(kind, key),
            "created_by_ref": self._tool,
            "created": self._moment,
            "modified": self._moment,
            "object_marking_refs": [_TLP[self._occasion.marking]],
            "object_refs": references,
        }

    def _observed(self, references: list[str]) -> Json:
        times = {"first_observed": self._moment, "last_observed": self._moment, "number_observed": 1}
        return {**self._dated("observed-data", "seen", references), **times}

    def _matter(self, matter: Matter, references: list[str]) -> Json:
        say, kind = self._occasion.say, matter.kind
        places = [_place(evidence, self._occasion) for finding in matter.findings[:40] for evidence in finding.evidence[:8]]
        texts = [say(kind.why), say(kind.benign_explanation), say(kind.what_to_do), *places, kind.detector]
        note = self._dated("note", f"{kind.severity}|{kind.id}", references)
        note |= {"abstract": say(kind.title), "content": "\n".join(texts), "confidence": round(100 * matter.confidence)}
        note["labels"] = [kind.id, f"severity-{kind.severity}"]
        if kind.technique:
            note["external_references"] = [
                {"source_name": "mitre-attack", "external_id": technique}
                | ({"description": NAMES[technique]} if technique in NAMES else {})
                for technique in kind.technique
            ]
        return note

    def _summary(self, observed: str) -> Json:
        lines = [self._occasion.say(line) for line in (verdict_sentence(self._inspection), *verdict_limits(self._inspection))]
        note = self._dated("note", "verdict", [observed])
        return note | {"abstract": lines[0], "content": "\n".join(lines), "labels": [f"verdict-{self._inspection.verdict}"]}


def _marking(marking: Marking) -> Json:
    extension = {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": marking.label.removeprefix("TLP:").lower()}}
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _TLP[marking],
        "created": "2022-10-01T00:00:00.000Z",
        "name": marking.label,
        "extensions": extension,
    }


def _size(content: Content | None) -> int | None:
    return None if content is None else content.size


def _place(evidence: Evidence, occasion: Occasion) -> str:
    facts = ", ".join(occasion.say(fact) for fact in place_words(evidence))
    return " – ".join(filter(None, (legible(evidence.path), facts, legible(evidence.excerpt or ""))))
