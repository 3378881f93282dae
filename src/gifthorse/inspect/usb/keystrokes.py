"""Keys out of boot-protocol reports (HID 1.11, appendix B.1), and what tells a machine's typing from a person's.

Speed alone convicts (nobody types twenty keys a second without a mistake) but never clears: injectors can be told to type slowly and
unevenly. So what is typed counts as much as how: the chords that open a command line, and the words that follow.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median, pstdev
from typing import Final

import msgspec

from gifthorse.inspect.usb.conversation import Conversation, Report

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


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """One key going down: when, its usage code, the modifiers held, and whether another key was still down."""

    at: float
    code: int
    modifiers: int
    overlapping: bool


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


def keys_in(reports: Sequence[Report]) -> list[Key]:
    """The keys that *reports* press, in order; reports of other shapes (mice, media keys) give none."""
    keys: list[Key] = []
    held: dict[int, frozenset[int]] = {}
    modifiers_before: dict[int, int] = {}
    for report in reports:
        boot = boot_report(report.data)
        if boot is None:
            continue
        modifiers, down = boot
        before = held.get(report.endpoint, frozenset())
        keys.extend(Key(at=report.at, code=code, modifiers=modifiers, overlapping=bool(before)) for code in sorted(down - before))
        alone = modifiers & GUI and not modifiers_before.get(report.endpoint, 0) & GUI and not down
        if alone:
            keys.append(Key(at=report.at, code=0, modifiers=modifiers, overlapping=False))
        held[report.endpoint] = down
        modifiers_before[report.endpoint] = modifiers
    return keys


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
    keys = keys_in(conversation.reports)
    if not any(key.code for key in keys):
        return None
    pressed = [key for key in keys if key.code]
    gaps = [later.at - earlier.at for earlier, later in pairwise(pressed) if later.at > earlier.at]
    flowing = [gap for gap in gaps if gap < 1.0]
    windows = [median(flowing[index : index + 5]) for index in range(max(0, len(flowing) - 4))]
    text = "".join(letter(key) for key in pressed)
    start = conversation.configured_at
    return Typing(
        text=text,
        count=len(pressed),
        median_gap=median(flowing) if flowing else None,
        spread=pstdev(flowing) / mean(flowing) if len(flowing) >= 5 and mean(flowing) > 0 else None,
        fastest_gap=min(windows, default=None),
        corrections=sum(key.code in CORRECTIONS for key in pressed),
        overlaps=sum(key.overlapping for key in pressed),
        chords=tuple(dict.fromkeys(name for key in keys if (name := chord(key)))),
        commands=tuple(dict.fromkeys(match.lower() for match in _COMMANDS.findall(text))),
        after_plugging=pressed[0].at - start if start is not None else None,
        lights=sum(1 for at in conversation.lights if at > pressed[0].at),
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
