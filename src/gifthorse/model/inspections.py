"""The result of an inspection, as CONTRACTS.md shapes it (`gifthorse.inspection/1`), and how a verdict follows from it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.findings import Finding, Severity

SCHEMA: Final = "gifthorse.inspection/1"
RECALLED: Final = "recalled"  # in `Timings.parts_s` of an inspection that was kept from an earlier look at the same bytes


class Verdict(StrEnum):
    """`clear` means: nothing found as far as could be seen. There is no word for "safe"."""

    CLEAR = "clear"
    CAUTION = "caution"
    DANGEROUS = "dangerous"
    HOSTILE = "hostile"
    NOT_INSPECTED = "not-inspected"


class SourceKind(StrEnum):
    """What was handed to the inspection."""

    IMAGE = "image"
    DEVICE = "device"
    FOLDER = "folder"
    FILE = "file"
    MAIL = "mail"
    USB = "usb"


class Reason(StrEnum):
    """Why something was not inspected."""

    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    BUDGET = "budget"
    PARSER_CRASHED = "parser-crashed"
    UNSUPPORTED = "unsupported"
    NOT_ASKED = "not-asked"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What was inspected: `sha256` is None for a folder or a live device listing."""

    name: str
    kind: SourceKind
    bytes: int
    sha256: str | None


class NotInspected(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not looked into, and why."""

    path: str
    reason: Reason
    detail: str = ""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How much was seen. `bytes_*` count the source's own bytes, `items_*` files and members of containers."""

    bytes_total: int
    bytes_accounted: int
    items_total: int
    items_inspected: int
    not_inspected: tuple[NotInspected, ...] = ()


class RangeKind(StrEnum):
    """What a range of bytes of a medium is."""

    PARTITION_TABLE = "partition-table"
    FILESYSTEM = "filesystem"
    UNKNOWN_PARTITION = "unknown-partition"
    GAP = "gap"
    TAIL = "tail"
    WHOLE = "whole"


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of a medium: bytes [`start`, `start + length`); `empty` when every byte has the same fill value."""

    start: int
    length: int
    kind: RangeKind
    label: str
    partition: int | None = None
    empty: bool = False


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """One file, folder or container member that was met on the medium. `findings` are positions in the inspection's list."""

    path: str
    size: int
    type: str
    sha256: str | None = None
    partition: int | None = None
    deleted: bool = False
    folder: bool = False
    findings: tuple[int, ...] = ()


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """What looked: version, rule set, and which confinements held around every parser (empty: none, and the report says so)."""

    version: str
    rules: str
    confinement: tuple[str, ...]


class Timings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds."""

    total_s: float
    parts_s: dict[str, float] = {}


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """The whole result. `inspected_at`, `layout` and `contents` stand beside the contract's fields, for reports, map and tree."""

    source: Source
    verdict: Verdict
    findings: tuple[Finding, ...]
    coverage: Coverage
    engine: Engine
    timings: Timings
    schema: str = SCHEMA
    inspected_at: datetime | None = None
    layout: tuple[Range, ...] = ()
    contents: tuple[Content, ...] = ()


_BY_SEVERITY: Final = {
    Severity.MEDIUM: Verdict.CAUTION,
    Severity.HIGH: Verdict.DANGEROUS,
    Severity.CRITICAL: Verdict.HOSTILE,
}


def verdict_of(findings: Sequence[Finding], coverage: Coverage) -> Verdict:
    """The verdict that *findings* and *coverage* force: the gravest finding decides, and what was not seen forbids `clear`."""
    gravest = max((finding.severity for finding in findings), key=lambda severity: severity.rank, default=Severity.INFO)
    if gravest in _BY_SEVERITY:
        return _BY_SEVERITY[gravest]
    if coverage.items_inspected == 0 and (coverage.not_inspected or coverage.bytes_accounted == 0):
        return Verdict.NOT_INSPECTED
    if coverage.not_inspected or coverage.bytes_accounted < coverage.bytes_total:
        return Verdict.CAUTION
    return Verdict.CLEAR


def is_inventory(inspection: Inspection) -> bool:
    """Whether what is there was only listed, as was asked."""
    return any(gap.reason is Reason.NOT_ASKED for gap in inspection.coverage.not_inspected)


def to_json(inspection: Inspection, *, contents: bool = False) -> bytes:
    """The document of CONTRACTS.md; *contents* adds the list of everything that was met, which an inventory always has."""
    document = {"schema": inspection.schema} | msgspec.to_builtins(inspection)
    if not contents and not is_inventory(inspection):
        del document["contents"]
    for finding in document["findings"]:
        detail = finding["detail"]
        finding["detail"] = None if detail is None else detail["text"].format_map(detail["values"])
    return msgspec.json.format(msgspec.json.encode(document), indent=1)
