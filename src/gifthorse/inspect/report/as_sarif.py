"""The findings as SARIF 2.1.0 (OASIS Standard, 2020-03-27), for code-scanning views and ticket systems."""

import hashlib
from typing import Any, Final
from urllib.parse import quote

import msgspec

from gifthorse.inspect.report.as_html import look_again
from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.occasion import PLAIN, Occasion
from gifthorse.inspect.report.parts import verdict_sentence
from gifthorse.inspect.report.techniques import technique_words
from gifthorse.inspect.report.words import REASON_WORDS
from gifthorse.model.findings import Evidence, Finding, Severity
from gifthorse.model.inspections import Inspection, NotInspected, SourceKind

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
# SARIF knows three weights; the finer one stands in the rank (3.27.25: 0 to 100).
_LEVELS: Final = {
    Severity.INFO: "note",
    Severity.LOW: "note",
    Severity.MEDIUM: "warning",
    Severity.HIGH: "error",
    Severity.CRITICAL: "error",
}
_BASE: Final = "SOURCE"
_PART: Final = " > "
_ONE_FILE: Final = frozenset({SourceKind.FILE, SourceKind.MAIL})
_MOST_TEXT: Final = 400
Json = dict[str, Any]


def render(inspection: Inspection, occasion: Occasion = PLAIN) -> bytes:
    """One run with its rules, results, the files that findings name, and what could not be inspected as notifications."""
    artifacts = _Artifacts(inspection)
    rules = _rules(inspection, occasion)
    index_of = {rule["id"]: index for index, rule in enumerate(rules)}
    results = [_result(finding, index_of[finding.id], artifacts, occasion) for finding in inspection.findings]
    run: Json = {
        "tool": {
            "driver": {
                "name": "gifthorse",
                "semanticVersion": inspection.engine.version,
                "rules": rules,
                "properties": {"rules": inspection.engine.rules, "confinement": list(inspection.engine.confinement)},
            }
        },
        "invocations": [_invocation(inspection, occasion, artifacts)],
        "originalUriBaseIds": {_BASE: {"description": {"text": occasion.say(verdict_sentence(inspection))}}},
        "artifacts": artifacts.listed,
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {"verdict": str(inspection.verdict), "tlp": occasion.marking.label},
    }
    return msgspec.json.format(msgspec.json.encode({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}), indent=1) + b"\n"


class _Artifacts:
    """The files that results name, each once, parts of containers with the place of their container (3.24.3)."""

    def __init__(self, inspection: Inspection) -> None:
        self.listed: list[Json] = []
        self._index: dict[tuple[int | None, str], int] = {}
        self._sizes = {(content.partition, content.path): content.size for content in inspection.contents}
        self._name = inspection.source.name
        self._itself = {"", inspection.source.name} if inspection.source.kind in _ONE_FILE else {""}
        self._of("", None, inspection.source.sha256)["length"] = inspection.source.bytes

    def location(self, evidence: Evidence) -> Json:
        """The artifact location of *evidence*; its file is listed afterwards."""
        self._of(evidence.path, evidence.partition, evidence.sha256)
        index = self._index[self._key(evidence.path, evidence.partition)]
        return {**self.listed[index]["location"], "index": index}

    def missing(self, path: str) -> Json:
        """The location of something that was not inspected, which needs no entry of its own."""
        return {"uri": _uri(path or self._name), "uriBaseId": _BASE}

    def _key(self, path: str, partition: int | None) -> tuple[int | None, str]:
        return (None, "") if path in self._itself else (partition, path)

    def _of(self, path: str, partition: int | None, sha256: str | None) -> Json:
        key = self._key(path, partition)
        if key not in self._index:
            container = path.rpartition(_PART)[0]
            parent = {"parentIndex": self._parent(container, partition)} if container else {}
            self._index[key] = len(self.listed)
            self.listed.append(self._artifact(path or self._name, partition) | parent)
            if (partition, path) in self._sizes:
                self.listed[-1]["length"] = self._sizes[partition, path]
        artifact = self.listed[self._index[key]]
        if sha256 is not None and "hashes" not in artifact:
            artifact["hashes"] = {"sha-256": sha256}
        return artifact

    def _parent(self, container: str, partition: int | None) -> int:
        """The place of the container; only one step up, so that a hostile depth of nesting doesn't exhaust the stack."""
        key = self._key(container, partition)
        if key not in self._index:
            self._index[key] = len(self.listed)
            self.listed.append(self._artifact(container, partition))
        return self._index[key]

    @staticmethod
    def _artifact(path: str, partition: int | None) -> Json:
        artifact: Json = {"location": {"uri": _uri(path), "uriBaseId": _BASE}, "description": {"text": legible(path, _MOST_TEXT)}}
        return artifact if partition is None else artifact | {"properties": {"partition": partition}}


def _uri(path: str) -> str:
    """*path* as a relative URI reference (RFC 3986): every part percent-encoded, dots too where they alone would climb."""
    parts = ("%2E" * len(part) if part in {".", ".."} else quote(part, safe="", errors="backslashreplace") for part in path.split("/"))
    return "/".join(parts).lstrip("/")


def _rules(inspection: Inspection, occasion: Occasion) -> list[Json]:
    kinds: dict[str, Finding] = {}
    for finding in inspection.findings:
        kinds.setdefault(finding.id, finding)
    return [_rule(kind, occasion) for kind in kinds.values()]


def _rule(kind: Finding, occasion: Occasion) -> Json:
    say = occasion.say
    return {
        "id": kind.id,
        "shortDescription": {"text": say(kind.title)},
        "fullDescription": {"text": say(kind.why)},
        "help": {"text": f"{say(kind.what_to_do)}\n\n{say(kind.benign_explanation)}"},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
        "properties": {"tags": [technique_words(technique) for technique in kind.technique], "detector": kind.detector},
    }


def _result(finding: Finding, rule: int, artifacts: _Artifacts, occasion: Occasion) -> Json:
    text = occasion.say(finding.title) + (f": {occasion.say(finding.detail)}" if finding.detail is not None else "")
    locations = [_location(evidence, artifacts) for evidence in finding.evidence]
    result: Json = {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "rank": round(100 * (finding.severity.rank + finding.confidence) / 5, 2),
        "message": {"text": legible(text, _MOST_TEXT)},
        "locations": locations[:1],
        "partialFingerprints": {"gifthorse/v1": _fingerprint(finding)},
        "properties": {"severity": str(finding.severity), "confidence": finding.confidence},
    }
    if len(locations) > 1:
        result["relatedLocations"] = [{"id": number, **location} for number, location in enumerate(locations[1:], start=1)]
    return result


def _location(evidence: Evidence, artifacts: _Artifacts) -> Json:
    physical: Json = {"artifactLocation": artifacts.location(evidence)}
    if evidence.offset is not None:
        physical["region"] = {"byteOffset": evidence.offset}
        if evidence.length is not None:
            physical["region"]["byteLength"] = evidence.length
        if evidence.excerpt:
            physical["region"]["snippet"] = {"text": legible(evidence.excerpt)}
    if evidence.medium_offset is not None:
        physical["address"] = {"absoluteAddress": evidence.medium_offset, "kind": "medium"}
    location: Json = {"physicalLocation": physical}
    if evidence.partition is not None:
        location["logicalLocations"] = [{"name": f"partition {evidence.partition}", "kind": "partition"}]
    return location


def _fingerprint(finding: Finding) -> str:
    """The same for the same finding in the same content, wherever the file has moved: its id, digests and places within it."""
    place = finding.evidence[0] if finding.evidence else Evidence(path="")
    facts = (finding.id, place.sha256 or place.path, place.offset, place.length)
    return hashlib.sha256(repr(facts).encode("utf-8", "backslashreplace")).hexdigest()


def _invocation(inspection: Inspection, occasion: Occasion, artifacts: _Artifacts) -> Json:
    invocation: Json = {
        "executionSuccessful": inspection.coverage.items_inspected > 0 or not inspection.coverage.not_inspected,
        "commandLine": look_again(inspection, occasion),
        "toolExecutionNotifications": [_notification(missing, artifacts, occasion) for missing in inspection.coverage.not_inspected],
    }
    if occasion.inspected_at is not None:
        invocation["endTimeUtc"] = occasion.moment().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return invocation


def _notification(missing: NotInspected, artifacts: _Artifacts, occasion: Occasion) -> Json:
    text = occasion.say(REASON_WORDS[missing.reason]) + (f" {legible(missing.detail)}" if missing.detail else "")
    return {
        "level": "warning",
        "message": {"text": text},
        "descriptor": {"id": f"not-inspected.{missing.reason}"},
        "locations": [{"physicalLocation": {"artifactLocation": artifacts.missing(missing.path)}}],
    }
