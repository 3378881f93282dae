"""How the reports of a keyboard are laid out, as its own report descriptor says (HID 1.11, 6.2.2), so that none types unheard.

Keyboards of the boot protocol send eight bytes; others send one bit for each key (n-key rollover), put a report's number in front, or
send media and start keys on the consumer page.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

KEYS: Final = 0x07
CONSUMER: Final = 0x0C
MOST_FIELDS: Final = 256
MOST_BITS: Final = 64 * 8
_MODIFIERS: Final = range(0xE0, 0xE8)
_LAST_KEY: Final = 0xA4


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """*count* values of *size* bits from bit *start* of the report *number* (0 when reports bear none).

    `listed` when each value is the usage that is down (plus `first`), else bit n says whether usage `first` + n is.
    """

    number: int
    start: int
    size: int
    count: int
    page: int
    first: int
    listed: bool


class Pressed(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says is down: modifiers as in the boot protocol, keys by usage, consumer keys by usage."""

    modifiers: int
    keys: frozenset[int]
    consumer: frozenset[int]


def fields_in(untrusted_descriptor: bytes) -> tuple[Field, ...]:
    """The input fields of a report descriptor on the pages of keys and of consumer keys."""
    found: list[Field] = []
    place: dict[int, int] = {}
    state = {"page": 0, "size": 0, "count": 0, "number": 0, "lowest": 0}
    kept: list[dict[str, int]] = []
    usages: list[int] = []
    for prefix, value in _items(untrusted_descriptor):
        name = _GLOBALS.get(prefix)
        if name is not None:
            state[name] = value
        elif prefix in {0x08, 0x18}:  # usage, usage minimum
            usages.append(value)
        elif prefix == 0xA4 and len(kept) < 16:
            kept.append(dict(state))
        elif prefix == 0xB4 and kept:
            state = kept.pop()
        elif prefix == 0x80:
            start = place.get(state["number"], 0)
            bits = state["size"] * state["count"]
            if not value & 1 and state["page"] in {KEYS, CONSUMER} and 0 < bits <= MOST_BITS and len(found) < MOST_FIELDS:
                found.append(_field(state, start, usages, listed=not value & 2))
            place[state["number"]] = start + min(bits, MOST_BITS)
        if prefix & 0x0C == 0:  # a main item ends the local ones
            usages = []
    return tuple(found)


_GLOBALS: Final = {0x04: "page", 0x14: "lowest", 0x74: "size", 0x84: "number", 0x94: "count"}


def _field(state: dict[str, int], start: int, usages: Sequence[int], *, listed: bool) -> Field:
    first = usages[0] if usages else 0
    return Field(
        number=state["number"],
        start=start,
        size=state["size"],
        count=state["count"],
        page=state["page"],
        first=first - (state["lowest"] if listed else 0),
        listed=listed,
    )


def _items(untrusted_descriptor: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(untrusted_descriptor):
        prefix = untrusted_descriptor[at]
        if prefix == 0xFE:  # a long item, of which none is defined
            at += 3 + (untrusted_descriptor[at + 1] if at + 1 < len(untrusted_descriptor) else 0)
            continue
        length = (0, 1, 2, 4)[prefix & 0b11]
        yield prefix & 0xFC, int.from_bytes(untrusted_descriptor[at + 1 : at + 1 + length], "little")
        at += 1 + length


def pressed(data: bytes, fields: Sequence[Field]) -> Pressed | None:
    """What the report *data* says is down by *fields*; None when none of them speaks of this report."""
    numbered = any(field.number for field in fields)
    number = data[0] if numbered and data else 0
    own = [field for field in fields if field.number == number]
    if not own or not data:
        return None
    bits = int.from_bytes(data[1:] if numbered else data, "little")
    length = 8 * (len(data) - numbered)
    keys: set[int] = set()
    consumer: set[int] = set()
    for field in own:
        if field.start + field.size > length:
            continue
        (keys if field.page == KEYS else consumer).update(_down(bits, length, field))
    modifiers = sum(1 << (key - 0xE0) for key in keys if key in _MODIFIERS)
    return Pressed(
        modifiers=modifiers,
        keys=frozenset(key for key in keys if 3 < key <= _LAST_KEY),
        consumer=frozenset(usage for usage in consumer if usage),
    )


def _down(bits: int, length: int, field: Field) -> Iterator[int]:
    mask = (1 << field.size) - 1
    for index in range(field.count):
        at = field.start + index * field.size
        if at + field.size > length:
            return
        value = bits >> at & mask
        if value:
            yield field.first + (value if field.listed else index)


def one_bit_each(reports: Sequence[bytes]) -> bool:
    """Whether reports of a keyboard whose descriptor was not heard look as if each key had a bit: long, nearly empty, often released."""
    long = [report for report in reports if 12 <= len(report) <= 64]
    if len(long) < 8 or len(long) < len(reports) * 0.9:
        return False
    counts = [sum(byte.bit_count() for byte in report[2:]) for report in long]
    return max(counts) <= 8 and sum(count == 0 for count in counts) >= len(counts) // 4 and any(counts)


def unheard_fields(reports: Sequence[bytes]) -> tuple[Field, ...]:
    """The shape that keyboards with a bit for each key share: a number or none, a byte of modifiers, then a bit for each usage from 0."""
    firsts = {report[0] for report in reports}
    number = next(iter(firsts)) if len(firsts) == 1 and min(firsts) in range(1, 16) else 0
    count = 8 * (max(map(len, reports)) - 1 - bool(number))
    return (
        Field(number=number, start=0, size=1, count=8, page=KEYS, first=0xE0, listed=False),
        Field(number=number, start=8, size=1, count=count, page=KEYS, first=0, listed=False),
    )
