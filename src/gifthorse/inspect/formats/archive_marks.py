"""The first bytes of archives of rare kinds, and of files that somebody locked as a whole."""

import re
from typing import Final

# place of the mark, the mark, and what carries it
MARKS: Final = (
    (0, b"MSWIM\0\0\0", "Windows image (wim)"),
    (64, b"\x7f\x10\xda\xbe", "VirtualBox disk image"),
    (0, b"\x60\xea", "ARJ archive"),
    (7, b"**ACE**", "ACE archive"),
    (0, b"xar!", "xar archive"),
    (0, b"\xed\xab\xee\xdb", "RPM package"),
    (0, b"\x1f\x9d", "file compressed by compress (.Z)"),
    (0, b"LZIP", "lzip file"),
    (0, b"\x04\x22\x4d\x18", "lz4 file"),
    (0, b"RE~^", "RAR archive of version 1.4"),
    (0, b"sprs\0\0\0\3", "sparse disk image of macOS"),
    (0, b"SIT!", "StuffIt archive"),
    (0, b"StuffIt (c)", "StuffIt archive"),
    (0, b"hsqs", "SquashFS image"),
    (0, b"-----BEGIN PGP MESSAGE-----", "OpenPGP message"),
    (0, b"\x84", "OpenPGP message"),
    (0, b"\x85", "OpenPGP message"),
    (0, b"\x8c", "OpenPGP message"),
    (0, b"age-encryption.org/v1", "age file"),
    (0, b"Salted__", "file encrypted by openssl"),
    (0, b"\x78\x9f\x3e\x22", "Outlook's wrapping (winmail.dat)"),
    (0, b"begin ", "file in letters"),
    (0, b"begin-base64 ", "file in letters"),
    (0, b"=ybegin ", "file in letters"),
    (0, b"(This file must be converted with BinHex", "BinHex file of old Macs"),
    (0, bytes.fromhex("c0b9072e4f93f146a015792ca1d9e821"), "AxCrypt file"),
)
# what is opened like one more drive, or written to one as a whole
DISKS: Final = frozenset({"Windows image (wim)", "VirtualBox disk image", "sparse disk image of macOS"})
# what no unpacking helps with: a password or a key is needed
LOCKED: Final = frozenset({"OpenPGP message", "age file", "file encrypted by openssl", "AxCrypt file"})

_LETTERS: Final = frozenset({b"begin ", b"begin-base64 ", b"=ybegin "})
# The first line names the file; the next one of uuencode begins with the letter of its length and holds no small letters.
_LETTERS_BEGIN: Final = re.compile(
    rb"begin [0-7]{3,4} [^\r\n]{1,250}\r?\n[!-M][ -`]{1,80}\r?(?:\n|\Z)|begin-base64 [0-7]{3,4} [^\r\n]{1,250}\r?\n[A-Za-z0-9+/]{4}"
    rb"|=ybegin [^\r\n]{0,400}\bname="
)


def named(head: bytes) -> str | None:
    """What kind of archive begins with *head*, or None; short marks count only with the fields behind them."""
    return next((words for at, mark, words in MARKS if head.startswith(mark, at) and _fits(mark, head)), None)


def is_lha(head: bytes) -> bool:
    """Whether *head* begins an LHA archive: the method, such as ``-lh5-``, stands at byte 2."""
    return len(head) > 24 and head[2:4] == b"-l" and head[4:5] in b"hz" and head[6:7] == b"-" and head[20] <= 3


def _fits(mark: bytes, head: bytes) -> bool:  # noqa: PLR0911 - a chain of marks, each with its own fields
    if mark == b"\x60\xea":  # ARJ: size of the main header at most 2,600, file type 2 (main header) at byte 10
        return 20 < int.from_bytes(head[2:4], "little") <= 2600 and head[10:11] == b"\2"
    if mark == b"RE~^":  # the length of the main header, and flags of which five bits are used
        return len(head) > 7 and 7 <= int.from_bytes(head[4:6], "little") <= 4096 and not head[6] & 0x60
    if mark == b"\x1f\x9d":  # compress: 9 to 16 bits, no bit set that it doesn't know
        return len(head) > 2 and 9 <= head[2] & 0x1F <= 16 and not head[2] & 0x60
    if mark == b"Salted__":  # the salt, and at least one block
        return len(head) >= 32
    if mark in _LETTERS:
        return _LETTERS_BEGIN.match(head) is not None
    if len(mark) == 1:  # RFC 4880: a packet for a key (tag 1, version 3) or for a password (tag 3, version 4), then the encrypted data
        length = 2 if mark == b"\x85" else 1
        body = 1 + length
        stated = int.from_bytes(head[1:body])
        version, following = (
            (4, head[body + stated : body + stated + 1]) if mark == b"\x8c" else (3, head[body + stated : body + stated + 1])
        )
        return (
            10 < stated < 2000 and head[body : body + 1] == bytes([version]) and following in {b"\xd2", b"\xc9", b"\xd4", b"\x84", b"\x85"}
        )
    return True
