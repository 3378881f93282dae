"""rar, cab, lha and others through the system's libarchive, when it is there: called in the confined worker, member after member.

Only the format in question is switched on, the bytes come through callbacks from the content (no file is opened), and what comes out
is counted like every other decompressor's. Functions: archive_read(3), archive_entry(3) of libarchive 3.
"""

import ctypes
import ctypes.util
import stat
from collections.abc import Iterator
from typing import Any, Final

from gifthorse.inspect.detectors.archive_encrypted import encrypted
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack.budgets import Budget, Meter, TooMuchHeld, in_words
from gifthorse.inspect.unpack.members import Damaged, Encrypted, Opened, Unseen, Unsupported, gathered, member, unread
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.model.inspections import Reason
from gifthorse.model.words import N_, phrase

OK, EOF, WARN = 0, 1, -20
BLOCK: Final = 64 * 1024
OUT: Final = 256 * 1024
READ = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
SEEK = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int)
SKIP = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
POINTER, TEXT, INT, LONG = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int64
SIGNATURES: Final = {
    "archive_read_new": (POINTER, []),
    "archive_read_free": (INT, [POINTER]),
    "archive_read_set_read_callback": (INT, [POINTER, READ]),
    "archive_read_set_seek_callback": (INT, [POINTER, SEEK]),
    "archive_read_set_skip_callback": (INT, [POINTER, SKIP]),
    "archive_read_set_callback_data": (INT, [POINTER, POINTER]),
    "archive_read_open1": (INT, [POINTER]),
    "archive_read_add_passphrase": (INT, [POINTER, TEXT]),
    "archive_read_next_header": (INT, [POINTER, ctypes.POINTER(POINTER)]),
    "archive_read_data": (ctypes.c_ssize_t, [POINTER, POINTER, ctypes.c_size_t]),
    "archive_error_string": (TEXT, [POINTER]),
    "archive_entry_pathname_utf8": (TEXT, [POINTER]),
    "archive_entry_pathname": (TEXT, [POINTER]),
    "archive_entry_symlink": (TEXT, [POINTER]),
    "archive_entry_mode": (ctypes.c_uint, [POINTER]),
    "archive_entry_is_data_encrypted": (INT, [POINTER]),
}

_library: list[Any] = []


def preload() -> None:
    """The library is loaded, if the system has it."""
    if not _library:
        _library.append(_loaded())


def available() -> bool:
    """Whether the system has libarchive."""
    preload()
    return _library[0] is not None


def _loaded() -> Any | None:
    try:
        library = ctypes.CDLL("libarchive.so.13")
        for name, (result, arguments) in SIGNATURES.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError):
        return None
    return library


class _Source:
    """Gives a content's bytes to libarchive; keeps the buffer alive until the next read."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._at = 0
        self._buffer: ctypes.Array[ctypes.c_char] = ctypes.create_string_buffer(0)
        self.taken = 0
        self.callbacks = READ(self._read), SEEK(self._seek), SKIP(self._skip)

    def _read(self, _archive: int, _data: int, where: Any) -> int:
        piece = self._content.read(self._at, BLOCK)
        self._buffer = ctypes.create_string_buffer(piece, len(piece))
        where[0] = ctypes.cast(self._buffer, ctypes.c_void_p).value
        self._at += len(piece)
        self.taken += len(piece)
        return len(piece)

    def _seek(self, _archive: int, _data: int, offset: int, whence: int) -> int:
        origin = (0, self._at, self._content.size)[whence] if 0 <= whence <= 2 else 0
        self._at = min(max(0, origin + offset), self._content.size)
        return self._at

    def _skip(self, _archive: int, _data: int, amount: int) -> int:
        skipped = min(max(0, amount), self._content.size - self._at)
        self._at += skipped
        return skipped


class Reading:
    """One archive that libarchive reads; closed by `close`."""

    def __init__(self, content: Content, format_name: str, passwords: tuple[str, ...] = (), *, unpacking: str = "") -> None:
        if not available():
            raise Unsupported("the library libarchive is not on this machine")
        self._library = _library[0]
        self._source = _Source(content)
        self._archive = self._library.archive_read_new()
        wanted = [f"format_{kind}" for kind in format_name.split(",")] + ([f"filter_{unpacking}"] if unpacking else [])
        for kind in wanted:
            support = getattr(self._library, f"archive_read_support_{kind}")
            support.restype, support.argtypes = INT, [POINTER]
            support(self._archive)
        for password in passwords:
            self._library.archive_read_add_passphrase(self._archive, password.encode("utf-8", "surrogateescape"))
        read, seek, skip = self._source.callbacks
        self._library.archive_read_set_read_callback(self._archive, read)
        self._library.archive_read_set_seek_callback(self._archive, seek)
        self._library.archive_read_set_skip_callback(self._archive, skip)
        self._library.archive_read_set_callback_data(self._archive, None)  # the library keeps its place in what this call makes
        if self._library.archive_read_open1(self._archive) != OK:
            message = self.error()
            self.close()
            raise Damaged(message)

    @property
    def taken(self) -> int:
        """Bytes read from the content so far."""
        return self._source.taken

    def next_entry(self) -> int | None:
        """The next member's entry, or None at the end; raises Damaged or Encrypted."""
        entry = ctypes.c_void_p()
        result = self._library.archive_read_next_header(self._archive, ctypes.byref(entry))
        if result == EOF:
            return None
        if result < WARN:
            message = self.error()
            raise Encrypted(message) if "ncrypt" in message or "assphrase" in message else Damaged(message)
        return entry.value

    def name(self, entry: int) -> str:
        """The member's name."""
        raw = self._library.archive_entry_pathname_utf8(entry) or self._library.archive_entry_pathname(entry) or b"(unnamed)"
        return bytes(raw).decode("utf-8", "surrogateescape")

    def link(self, entry: int) -> str:
        """The member's target, if it is a symbolic link."""
        return bytes(self._library.archive_entry_symlink(entry) or b"").decode("utf-8", "surrogateescape")

    def mode(self, entry: int) -> int:
        """The member's kind and permissions."""
        return int(self._library.archive_entry_mode(entry))

    def is_locked(self, entry: int) -> bool:
        """Whether the member's bytes are encrypted."""
        return bool(self._library.archive_entry_is_data_encrypted(entry))

    def pieces(self) -> Iterator[bytes]:
        """The current member's bytes; raises Damaged, Encrypted or Unsupported."""
        buffer = ctypes.create_string_buffer(OUT)
        while True:
            count = self._library.archive_read_data(self._archive, buffer, OUT)
            if count == 0:
                return
            if count < 0:
                message = self.error()
                if "ncrypt" in message or "assphrase" in message:
                    raise Encrypted(message)
                raise Unsupported(message) if "nsupported" in message else Damaged(message)
            yield buffer.raw[:count]

    def error(self) -> str:
        """What libarchive says went wrong."""
        return bytes(self._library.archive_error_string(self._archive) or b"the archive can't be read").decode("utf-8", "replace")

    def close(self) -> None:
        """Nothing of the library's is held any more."""
        if self._archive:
            self._library.archive_read_free(self._archive)
            self._archive = None


def library_members(item: Item, budget: Budget, format_name: str, known_locked: frozenset[str] = frozenset()) -> Iterator[Opened]:
    """The members of an archive of that libarchive format; *known_locked* are encrypted whatever the library says."""
    reading = Reading(item.content, format_name, budget.passwords)
    try:
        yield from _members(item, budget, reading, known_locked)
    finally:
        reading.close()


def library_stream(item: Item, budget: Budget, unpacking: str) -> Iterator[Opened]:
    """The one content of a file that is compressed in libarchive's way *unpacking*, whatever it is called in there."""
    reading = Reading(item.content, "raw", unpacking=unpacking)
    unseen = Unseen(item)
    name = item.untrusted_name.rpartition(".")[0] or "content"
    try:
        if reading.next_entry() is not None:
            budget.member()
            yield from _opened(name, 0, reading, budget, unseen=unseen, locked=[])
    finally:
        reading.close()


def _members(item: Item, budget: Budget, reading: Reading, known_locked: frozenset[str]) -> Iterator[Opened]:
    watch = NameWatch(item)
    unseen = Unseen(item)
    locked: list[str] = []
    try:
        while (entry := reading.next_entry()) is not None:
            budget.member()
            name, mode = reading.name(entry), reading.mode(entry)
            if stat.S_ISLNK(mode):
                watch.see_link(name, reading.link(entry))
                continue
            watch.see(name)
            if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
                continue
            if name in known_locked or (reading.is_locked(entry) and not budget.passwords):
                locked.append(name)
                yield from unseen.note(name, Reason.ENCRYPTED, "encrypted")
                continue
            yield from _opened(name, mode, reading, budget, unseen=unseen, locked=locked)
    except Damaged as broken:
        yield unread(item.path, Reason.UNREADABLE, str(broken))
    if locked:
        yield encrypted(item, phrase(N_("{count} members are locked: {names}."), count=len(locked), names=", ".join(locked[:3])))
    yield from watch.findings()
    yield from unseen.rest()


def _opened(name: str, mode: int, reading: Reading, budget: Budget, *, unseen: Unseen, locked: list[str]) -> Iterator[Opened]:
    meter = Meter(budget)
    before = reading.taken
    try:
        content, damage = gathered(_metered(reading, meter, before, budget.size), budget, meter)
    except Encrypted as why:
        locked.append(name)
        yield from unseen.note(name, Reason.ENCRYPTED, str(why))
        return
    except Unsupported as why:
        yield from unseen.note(name, Reason.UNSUPPORTED, str(why))
        return
    except TooMuchHeld as over:
        yield from unseen.note(name, Reason.BUDGET, in_words(over))
        return
    if damage:
        yield from unseen.note(name, Reason.UNREADABLE, damage)
    if content.size or not damage:
        yield member(name, content, {"executable"} if mode & 0o111 and mode & 0o111 != 0o111 else ())


def _metered(reading: Reading, meter: Meter, before: int, whole: int) -> Iterator[bytes]:
    for piece in reading.pieces():
        meter.taken = (reading.taken - before) or max(1, whole)  # it may have read all of a small archive before
        yield piece
