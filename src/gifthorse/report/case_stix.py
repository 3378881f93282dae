"""A case as a STIX 2.1 bundle (OASIS Standard, 2021-06-10): who met whom, how, and why it matters; nothing is attributed to anybody.

Ids are deterministic (version 5 UUIDs), so the same case sent twice becomes the same objects at the receiver.
"""

import uuid
from typing import Any, Final

import msgspec

from gifthorse.model.markings import Marking
from gifthorse.model.tactics import Tactic, catalogue
from gifthorse.report.case_facts import CaseFacts, CaseThreadFacts, Identity, Observed

_OURS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "gifthorse.case/1")
# TLP 2.0 as the OASIS common object repository defines it.
_TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP: Final = {
    Marking.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Marking.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Marking.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Marking.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Marking.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_FIRST: Final = "2026-01-01T00:00:00.000Z"
Json = dict[str, Any]


def render(case: CaseFacts) -> bytes:
    """A bundle of the marking, the tool, one identity for everybody in the case, tactics as attack patterns, a note for each observation
    and each thread, and a grouping that holds them together.
    """
    tactics = {tactic.id: tactic for tactic in catalogue().tactics}
    made = _Maker(case)
    objects: list[Json] = [_marking(case.marking), _tool()]
    objects += [made.identity(one) for one in case.identities]
    used = sorted({tactic for thread in case.threads for one in thread.observations for tactic in one.tactics})
    objects += [made.pattern(tactics[tactic]) for tactic in used]
    for thread in case.threads:
        objects += [made.observation(thread, one) for one in thread.observations]
        objects.append(made.thread(thread))
    objects.append(made.grouping([one["id"] for one in objects[2:]] or [objects[1]["id"]]))
    bundle = {"type": "bundle", "id": made.id("bundle", "bundle"), "objects": objects}
    return msgspec.json.format(msgspec.json.encode(bundle), indent=1) + b"\n"


class _Maker:
    """Objects of one bundle."""

    def __init__(self, case: CaseFacts) -> None:
        self._case = case
        self._moment = case.written_at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def id(self, kind: str, key: str) -> str:
        """The same for the same case and key."""
        return f"{kind}--{uuid.uuid5(_OURS, f'{self._case.key}|{kind}|{key}')}"

    def identity(self, one: Identity) -> Json:
        made = self._dated("identity", one.key) | {"name": one.shown, "identity_class": "individual"}
        made["roles"] = ["approached" if one.ours else "contact"]
        if told := [*one.mails, *one.phones, *one.profiles]:
            made["contact_information"] = "; ".join(told)
        if lines := [*one.names[1:], *one.employers]:
            made["description"] = "; ".join(lines)
        return made

    def pattern(self, tactic: Tactic) -> Json:
        made = self._dated("attack-pattern", tactic.id) | {"name": tactic.name, "description": tactic.description}
        made["external_references"] = [
            {"source_name": "gifthorse", "external_id": tactic.id},
            *({"source_name": "mitre-attack", "external_id": technique} for technique in tactic.mitre_attack),
        ]
        return made

    def observation(self, thread: CaseThreadFacts, one: Observed) -> Json:
        refs = [*self._sides(thread), *(self.id("attack-pattern", tactic) for tactic in one.tactics)]
        lines = [f"month: {one.month}", f"ask level: {one.ask_level} of 4", f"favour: {one.favour}", f"grade: {one.grade}"]
        made = self._dated("note", one.key) | {"abstract": f"Observed in {one.month}", "content": "\n".join(lines), "object_refs": refs}
        made["labels"] = [f"ask-{one.ask_level}", f"favour-{one.favour}", f"admiralty-{one.grade.lower()}"]
        return made

    def thread(self, thread: CaseThreadFacts) -> Json:
        lines = [sentence.in_english() for sentence in thread.sentences]
        told = [self.id("note", one.key) for one in thread.observations]
        made = self._dated("note", thread.key) | {"abstract": f"Level {thread.level}", "object_refs": [*self._sides(thread), *told]}
        made["content"] = "\n".join(lines) or "Nothing speaks for anything but ordinary business."
        made["labels"] = [f"level-{thread.level}"]
        return made

    def grouping(self, references: list[str]) -> Json:
        return self._dated("grouping", "case") | {"name": self._case.title, "context": "unspecified", "object_refs": references}

    def _sides(self, thread: CaseThreadFacts) -> list[str]:
        return [self.id("identity", thread.person), self.id("identity", thread.contact)]

    def _dated(self, kind: str, key: str) -> Json:
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": self.id(kind, key),
            "created_by_ref": _tool()["id"],
            "created": self._moment,
            "modified": self._moment,
            "object_marking_refs": [_TLP[self._case.marking]],
        }


def _tool() -> Json:
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": f"identity--{uuid.uuid5(_OURS, 'tool')}",
        "created": _FIRST,
        "modified": _FIRST,
        "name": "gifthorse",
        "identity_class": "system",
    }


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
