"""Findings: what an inspection saw, why it matters, what a harmless explanation would be, and what to do."""

from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.words import Phrase


class Severity(StrEnum):
    """How much a finding weighs; `medium` is the first that changes a verdict."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info to 4 for critical."""
        return SEVERITIES.index(self)


SEVERITIES: Final = tuple(Severity)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where a finding was seen.

    `path` is relative to the root of the folder or filesystem, parts of a container joined with ``" > "``, and empty for the medium
    itself. `offset` and `length` are bytes within the innermost part of `path` (so within the medium when `path` is empty);
    `medium_offset` is the absolute position of the first of them on the medium, where it lies there
    uncompressed. `partition` counts from 0.
    """

    path: str
    partition: int | None = None
    offset: int | None = None
    length: int | None = None
    sha256: str | None = None
    excerpt: str | None = None
    medium_offset: int | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was seen. The first evidence is its main place, the others are related places.

    `title`, `why`, `what_to_do` and `benign_explanation` are fixed message ids of the finding's kind; what is particular to
    this place stands in `detail` and in the evidence.
    """

    id: str
    severity: Severity
    confidence: float
    title: str
    why: str
    what_to_do: str
    benign_explanation: str
    technique: tuple[str, ...]
    detector: str
    evidence: tuple[Evidence, ...]
    detail: Phrase | None = None


class FindingKind(msgspec.Struct, frozen=True, kw_only=True):
    """What is always true of a finding with this id: its words, technique, usual severity, and the detector's version."""

    id: str
    severity: Severity
    confidence: float
    title: str
    why: str
    what_to_do: str
    benign_explanation: str
    technique: tuple[str, ...] = ()
    version: int = 1

    def found(
        self,
        *evidence: Evidence,
        detail: Phrase | None = None,
        severity: Severity | None = None,
        confidence: float | None = None,
    ) -> Finding:
        """A finding of this kind at *evidence*; severity and confidence are the kind's own unless given."""
        return Finding(
            id=self.id,
            severity=severity or self.severity,
            confidence=self.confidence if confidence is None else confidence,
            title=self.title,
            why=self.why,
            what_to_do=self.what_to_do,
            benign_explanation=self.benign_explanation,
            technique=self.technique,
            detector=f"{self.id}@{self.version}",
            evidence=evidence,
            detail=detail,
        )
