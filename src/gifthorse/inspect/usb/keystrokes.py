"""Keys out of boot-protocol reports (HID 1.11, appendix B.1), and what tells a machine's typing from a person's.

Speed alone convicts (nobody types twenty keys a second without a mistake) but never clears: injectors can be told to type slowly and
unevenly. So what is typed counts as much as how: the chords that open a command line, and the words that follow.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import mean, median, pstdev
from typing import Final

import msgspec

from gifthorse.inspect.usb.conversation import Conversation, Report
from gifthorse.inspect.usb.report_shapes import Field, Pressed, fields_in, one_bit_each, pressed, unheard_fields

INHUMAN_S: Final = 0.050  # median gap; the window of five and the limit that google/ukip uses
EVEN: Final = 0.15  # spread of the gaps over their mean; people are above 0.3
SOON_S: Final = 2.0
ENOUGH_KEYS: Final = 12
CORRECTIONS: Final = frozenset({0x2A, 0x4C, 0x4F, 0x50, 0x51, 0x52, 0x4A, 0x4D})  # backspace, delete, arrows, home, end

LEFT_CONTROL, LEFT_SHIFT, LEFT_ALT, LEFT_GUI = 0x01, 0x02, 0x04, 0x08
CONTROL: Final = 0x11
SHIFT: Final = 0x22
ALT: Final = 0x44
GUI: Final = 0x88

_COMMANDS: Final = re.compile(
    r"powershell|pwsh|cmd(?:\.exe|\b)|bash|/bin/|\bsh -|curl|wget|https?://|terminal|xterm|osascript|mshta|rundll32|certutil|reg add|netsh"
    r"|schtasks|python|iwr|invoke-|-w(?:indowstyle)? h|sudo|chmod|nc -|\biex\b|start-process|explorer|notepad",
    re.IGNORECASE,
)
_PLAIN: Final = dict(zip(range(0x04, 0x39), "abcdefghijklmnopqrstuvwxyz1234567890\n\x1b\b\t -=[]\\#;'`,./", strict=False))
_SHIFTED: Final = dict(zip(range(0x1E, 0x39), '!@#$%^&*()\n\x1b\b\t _+{}|~:"~<>?', strict=False))


# Keys of the consumer page that open a program by themselves (HID Usage Tables 1.5, 15.15 and 15.16).
_STARTERS: Final = {
    0x18A: "Mail key",
    0x192: "Calculator key",
    0x194: "Computer key",
    0x196: "Browser key",
    0x19F: "Settings key",
    0x1A2: "Programs key",
    0x221: "Search key",
    0x223: "Home-page key",
}
_NOTHING: Final = Pressed(modifiers=0, keys=frozenset(), consumer=frozenset())
_INTERRUPT_ENDPOINT: Final = 3


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """One key going down: when, its usage code, the modifiers held, and whether another key was still down.

    `consumer` is the usage of a media or start key, whose `code` is 0.
    """

    at: float
    code: int
    modifiers: int
    overlapping: bool
    consumer: int = 0


class Typing(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed by one device and how. Gaps are seconds; `after_plugging`: from being taken into use to the first key."""

    text: str
    count: int
    median_gap: float | None
    spread: float | None
    fastest_gap: float | None
    corrections: int
    overlaps: int
    chords: tuple[str, ...]
    commands: tuple[str, ...]
    after_plugging: float | None
    lights: int

    @property
    def inhumanly_fast(self) -> bool:
        """Whether the keys came faster than hands can, for long enough to be no accident."""
        return self.count >= ENOUGH_KEYS and self.median_gap is not None and self.median_gap < INHUMAN_S and not self.overlaps

    @property
    def like_clockwork(self) -> bool:
        """Whether the gaps are all alike."""
        return self.count >= ENOUGH_KEYS and self.spread is not None and self.spread < EVEN

    @property
    def at_once(self) -> bool:
        """Whether typing began before anyone could have put their hands on it."""
        return self.after_plugging is not None and self.after_plugging < SOON_S


def keys_in(reports: Sequence[Report], shapes: Mapping[int, Sequence[Field]] | None = None) -> list[Key]:
    """The keys that *reports* press, in order; reports of other shapes (mice, joysticks) give none.

    *shapes* are the fields of reports by endpoint, where the device has told them.
    """
    told = {} if shapes is None else shapes
    guessed = _guessed_shapes([report for report in reports if report.endpoint not in told])
    keys: list[Key] = []
    held: dict[tuple[int, int], Pressed] = {}
    for report in reports:
        fields = told.get(report.endpoint) or guessed.get(report.endpoint)
        down = pressed(report.data, fields) if fields else _by_boot_protocol(report.data)
        if down is None:
            continue
        place = (report.endpoint, report.data[0] if fields and any(field.number for field in fields) else 0)
        keys.extend(_gone_down(report.at, down, held.get(place, _NOTHING)))
        held[place] = down
    return keys


def _gone_down(at: float, down: Pressed, before: Pressed) -> Iterator[Key]:
    for code in sorted(down.keys - before.keys):
        yield Key(at=at, code=code, modifiers=down.modifiers, overlapping=bool(before.keys))
    for usage in sorted(down.consumer - before.consumer):
        yield Key(at=at, code=0, modifiers=0, overlapping=False, consumer=usage)
    if down.modifiers & GUI and not before.modifiers & GUI and not down.keys:
        yield Key(at=at, code=0, modifiers=down.modifiers, overlapping=False)


def _by_boot_protocol(data: bytes) -> Pressed | None:
    boot = boot_report(data)
    return None if boot is None else Pressed(modifiers=boot[0], keys=boot[1], consumer=frozenset())


def _guessed_shapes(reports: Sequence[Report]) -> dict[int, tuple[Field, ...]]:
    by_endpoint: dict[int, list[bytes]] = {}
    for report in reports:
        by_endpoint.setdefault(report.endpoint, []).append(report.data)
    return {endpoint: unheard_fields(data) for endpoint, data in by_endpoint.items() if one_bit_each(data)}


def shapes_of(conversation: Conversation) -> dict[int, tuple[Field, ...]]:
    """The fields of keyboard reports by endpoint, as the device's report descriptors say."""
    told = {number: fields for number, body in conversation.shapes.items() if (fields := fields_in(body))}
    if not told:
        return {}
    interfaces = conversation.device.interfaces if conversation.device else ()
    found = {
        endpoint: told[interface.number]
        for interface in interfaces
        if interface.number in told
        for endpoint, kind in interface.endpoints
        if endpoint & 0x80 and kind == _INTERRUPT_ENDPOINT
    }
    if not found and len(told) == 1:  # its configuration was not heard
        return {report.endpoint: next(iter(told.values())) for report in conversation.reports}
    return {report.endpoint: found[key] for report in conversation.reports if (key := report.endpoint & 0x0F | 0x80) in found}


def boot_report(data: bytes) -> tuple[int, frozenset[int]] | None:
    """Modifiers and keys of a keyboard's report, with or without a report id before it; None when it has another shape."""
    if len(data) == 9 and 1 <= data[0] <= 15:
        data = data[1:]
    if len(data) != 8 or data[1] != 0:
        return None
    codes = data[2:]
    if any(code > 0xA4 for code in codes) or 1 in codes:
        return None
    return data[0], frozenset(code for code in codes if code)


def typing_of(conversation: Conversation) -> Typing | None:
    """How the device of *conversation* typed, or None when it pressed no key."""
    keys = keys_in(conversation.reports, shapes_of(conversation))
    struck = [key for key in keys if key.code]
    if not struck:
        return None
    gaps = [later.at - earlier.at for earlier, later in pairwise(struck) if later.at > earlier.at]
    flowing = [gap for gap in gaps if gap < 1.0]
    windows = [median(flowing[index : index + 5]) for index in range(max(0, len(flowing) - 4))]
    text = "".join(letter(key) for key in struck)
    start = conversation.configured_at
    return Typing(
        text=text,
        count=len(struck),
        median_gap=median(flowing) if flowing else None,
        spread=pstdev(flowing) / mean(flowing) if len(flowing) >= 5 and mean(flowing) > 0 else None,
        fastest_gap=min(windows, default=None),
        corrections=sum(key.code in CORRECTIONS for key in struck),
        overlaps=sum(key.overlapping for key in struck),
        chords=tuple(dict.fromkeys(name for key in keys if (name := chord(key)))),
        commands=tuple(dict.fromkeys(match.lower() for match in _COMMANDS.findall(text))),
        after_plugging=struck[0].at - start if start is not None else None,
        lights=sum(1 for at in conversation.lights if at > struck[0].at),
    )


def letter(key: Key) -> str:
    """What the key types on a US layout; nothing while control, alt or GUI is held."""
    if key.modifiers & (CONTROL | ALT | GUI):
        return ""
    if key.modifiers & SHIFT:
        return _SHIFTED.get(key.code) or _PLAIN.get(key.code, "").upper()
    return _PLAIN.get(key.code, "")


def chord(key: Key) -> str:
    """The name of a chord that opens a command line, menu or search on Windows, macOS or Linux; empty for others."""
    if key.consumer:
        return _STARTERS.get(key.consumer, "")
    plain = _PLAIN.get(key.code, "")
    if key.modifiers & GUI and plain in {"r", "x", " ", "s", "\n"}:
        return {" ": "GUI-space", "\n": "GUI-Enter"}.get(plain, f"GUI-{plain}")
    if key.modifiers & GUI and key.code == 0:
        return "GUI"
    if key.modifiers & CONTROL and key.modifiers & ALT and plain in {"t", "\n"}:
        return "Ctrl-Alt-t"
    if key.modifiers & ALT and key.code == 0x3B:
        return "Alt-F2"
    return ""
