"""A case as one MISP event (MISP core format), for the own organisation only, not published, and nothing marked for detection."""

import uuid
from typing import Any, Final

import msgspec

from gifthorse.model.markings import Marking
from gifthorse.model.tactics import catalogue
from gifthorse.report.case_facts import CaseFacts, CaseThreadFacts

_OURS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "gifthorse.case/1/misp")
_PAP: Final = {Marking.CLEAR: "CLEAR", Marking.GREEN: "GREEN", Marking.AMBER: "AMBER", Marking.AMBER_STRICT: "AMBER", Marking.RED: "RED"}
_THREAT: Final = {"act": "1", "talk": "2", "watch": "3", "none": "4"}
_RANKS: Final = ("none", "watch", "talk", "act")
_ORGANISATION_ONLY: Final = "0"
_INHERIT: Final = "5"
# A field of an identity, and the attribute's type and category in MISP.
_TOLD: Final = (
    ("names", "full-name", "Person"),
    ("mails", "email", "Social network"),
    ("phones", "phone-number", "Person"),
    ("profiles", "link", "External analysis"),
    ("employers", "text", "Other"),
)
Json = dict[str, Any]


def render(case: CaseFacts) -> bytes:
    """One event with a comment for each reason and each observation; names and numbers only where names were chosen."""
    return msgspec.json.format(msgspec.json.encode({"Event": _event(case)}), indent=1) + b"\n"


def _event(case: CaseFacts) -> Json:
    highest = max((thread.level for thread in case.threads), key=_RANKS.index, default="none")
    return {
        "uuid": _uuid(case, "event"),
        "info": f"gifthorse: {case.title}",
        "date": case.written_at.strftime("%Y-%m-%d"),
        "timestamp": _stamp(case),
        "threat_level_id": _THREAT[highest],
        "analysis": "1",
        "distribution": _ORGANISATION_ONLY,
        "published": False,
        "Tag": [{"name": name} for name in _tags(case)],
        "Attribute": [*_people(case), *(one for thread in case.threads for one in _thread(case, thread))],
        "Object": [],
    }


def _tags(case: CaseFacts) -> list[str]:
    used = sorted({tactic for thread in case.threads for one in thread.observations for tactic in one.tactics})
    levels = sorted({thread.level for thread in case.threads})
    return [
        case.marking.label.lower(),
        f"PAP:{_PAP[case.marking]}",
        *(f'gifthorse:level="{level}"' for level in levels),
        *(f'gifthorse:tactic="{tactic}"' for tactic in used),
    ]


def _people(case: CaseFacts) -> list[Json]:
    return [
        _attribute(case, f"{one.key}|{field}|{number}", kind, category, value, comment=one.label)
        for one in case.identities
        for field, kind, category in _TOLD
        for number, value in enumerate(getattr(one, field))
    ]


def _thread(case: CaseFacts, thread: CaseThreadFacts) -> list[Json]:
    labels = {one.key: one.label for one in case.identities}
    who = f"{labels[thread.contact]} – {labels[thread.person]}"
    names = {tactic.id: tactic.name for tactic in catalogue().tactics}
    reasons = [sentence.in_english() for sentence in thread.sentences]
    seen = [
        f"{one.month}: {', '.join(f'{tactic} {names[tactic]}' for tactic in one.tactics) or 'no tactic'}; "
        f"ask level {one.ask_level} of 4; favour {one.favour}; grade {one.grade}"
        for one in thread.observations
    ]
    return [
        _attribute(case, f"{thread.key}|{number}", "comment", "Other", line, comment=who) for number, line in enumerate([*reasons, *seen])
    ]


def _attribute(case: CaseFacts, key: str, kind: str, category: str, value: str, *, comment: str) -> Json:
    return {
        "uuid": _uuid(case, key),
        "type": kind,
        "category": category,
        "value": value,
        "comment": comment,
        "to_ids": False,
        "distribution": _INHERIT,
        "timestamp": _stamp(case),
    }


def _stamp(case: CaseFacts) -> str:
    return str(int(case.written_at.timestamp()))


def _uuid(case: CaseFacts, key: str) -> str:
    return str(uuid.uuid5(_OURS, f"{case.key}|{key}"))
