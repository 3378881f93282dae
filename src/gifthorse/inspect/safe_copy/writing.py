"""The folder of safe copies, written by the coordinator, and the manifest that says what became of everything."""

import hashlib
import os
from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.safe_copy.bound_pdf import bound
from gifthorse.inspect.safe_copy.checks import checked, ending_of
from gifthorse.inspect.safe_copy.facts import Copied
from gifthorse.inspect.safe_copy.names import HarmlessNames
from gifthorse.inspect.safe_copy.visible import visible
from gifthorse.model.errors import NotAccepted
from gifthorse.model.inspections import Inspection, NotInspected
from gifthorse.model.words import N_

SCHEMA: Final = "gifthorse.safe-copy/1"
MANIFEST: Final = "manifest.json"
_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700
_HOW: Final = {"jpg": "picture re-encoded", "png": "picture re-encoded", "pdf": "pages drawn anew", "txt": "text made visible"}
_SET_ANEW: Final = "words and pictures set on pages of our own"
FOUND_IN_IT: Final = "the inspection found something in it that acts through its text"


class Safe(msgspec.Struct, frozen=True, kw_only=True):
    """One original and its safe copy."""

    path: str
    partition: int | None
    sha256: str | None
    safe_path: str
    safe_sha256: str
    how: str
    lacks: str | None = None


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """One original without a copy, and why."""

    path: str
    partition: int | None
    sha256: str | None
    reason: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What became of everything in the source."""

    source: dict[str, str | int | None]
    verdict: str
    copies: tuple[Safe, ...]
    left_out: tuple[LeftOut, ...]
    schema: str = SCHEMA


class SafeFolder:
    """A new folder that fills with safe copies. *dangerous* are the (partition, path) of what an inspection warned of."""

    def __init__(self, path: str, dangerous: Collection[tuple[int | None, str]]) -> None:
        self._path = path
        self._dangerous = dangerous
        self._names = HarmlessNames()
        self._copies: list[Safe] = []
        self._left_out: list[LeftOut] = []
        try:
            os.makedirs(path, mode=_FOLDER_MODE, exist_ok=True)
        except OSError as error:
            raise _unwritable(path, error) from error

    def take(self, untrusted_copy: Copied) -> None:
        """The copy lies in the folder, or its reason in the manifest; raises NotPlain for what no worker of ours sends."""
        copy = checked(untrusted_copy)
        if copy.left_out is not None:
            self.leave_out(copy.path, copy.partition, copy.sha256, copy.left_out)
        elif copy.text is not None and (copy.partition, copy.path) in self._dangerous:
            self.leave_out(copy.path, copy.partition, copy.sha256, FOUND_IN_IT)
        else:
            self._write(copy, *_body_of(copy))

    def leave_out(self, path: str, partition: int | None, sha256: str | None, reason: str) -> None:
        """The manifest says why there is no copy of what lies at *path*."""
        self._left_out.append(LeftOut(path=path, partition=partition, sha256=sha256, reason=reason))

    def finish(self, inspection: Inspection, gaps: Sequence[NotInspected] = ()) -> Manifest:
        """The manifest is written; what was not inspected, or not reached in copying (*gaps*), stands in it, too."""
        told = {copy.path for copy in self._copies} | {left.path for left in self._left_out}
        for gap in (*gaps, *inspection.coverage.not_inspected):
            if gap.path and gap.path not in told:
                told.add(gap.path)
                self.leave_out(gap.path, None, None, f"it could not be looked into ({gap.reason})")
        source = inspection.source
        manifest = Manifest(
            source={"name": source.name, "kind": source.kind, "bytes": source.bytes, "sha256": source.sha256},
            verdict=inspection.verdict,
            copies=tuple(sorted(self._copies, key=lambda one: one.safe_path)),
            left_out=tuple(sorted(self._left_out, key=lambda one: (one.path, one.reason))),
        )
        document = {"schema": manifest.schema} | msgspec.to_builtins(manifest)
        self._put(MANIFEST, msgspec.json.format(msgspec.json.encode(document), indent=1))
        return manifest

    def _write(self, copy: Copied, body: bytes, ending: str) -> None:
        safe_path = self._names.path_for(copy.path, copy.partition, ending)
        self._put(safe_path, body)
        self._copies.append(
            Safe(
                path=visible(copy.path),
                partition=copy.partition,
                sha256=copy.sha256,
                safe_path=safe_path,
                safe_sha256=hashlib.sha256(body).hexdigest(),
                how=_how(copy, ending),
                lacks=copy.note,
            )
        )

    def _put(self, safe_path: str, body: bytes) -> None:
        place = os.path.join(self._path, safe_path)
        try:
            os.makedirs(os.path.dirname(place), mode=_FOLDER_MODE, exist_ok=True)
            fd = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _FILE_MODE)
            with open(fd, "wb") as written:
                written.write(body)
        except OSError as error:
            raise _unwritable(place, error) from error


def check_place(folder: str, source: str) -> None:
    """Raises NotAccepted when *folder* holds something already, or lies in *source*."""
    inside = os.path.realpath(folder)
    if os.path.isdir(source) and os.path.commonpath([inside, os.path.realpath(source)]) == os.path.realpath(source):
        raise NotAccepted(N_("The safe copy can't lie in what is inspected. Choose a folder elsewhere."), field="safe-copy")
    if os.path.lexists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise NotAccepted(f"{folder}: " + N_("There is something there already. Choose a new or empty folder."), field="safe-copy")


def _unwritable(place: str, error: OSError) -> NotAccepted:
    return NotAccepted(f"{place}: The safe copy can't be written ({error.strerror}). Choose a folder with room that you may write to.")


def _how(copy: Copied, ending: str) -> str:
    if ending == "pdf" and copy.filetype is FileType.TIFF:
        return _HOW["jpg"]
    return _SET_ANEW if ending == "pdf" and copy.filetype is not FileType.PDF else _HOW[ending]


def _body_of(copy: Copied) -> tuple[bytes, str]:
    if copy.picture is not None:
        return copy.picture, ending_of(copy.picture)
    if copy.pages:
        return bound(copy.pages), "pdf"
    return (copy.text or "").encode(), "txt"


def dangerous_places(inspection: Inspection) -> frozenset[tuple[int | None, str]]:
    """Where the inspection found something that changes its verdict."""
    return frozenset(
        (place.partition, place.path) for finding in inspection.findings if finding.severity.rank >= 2 for place in finding.evidence
    )
