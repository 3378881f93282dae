"""Files among the photographs of a camera card that no camera and no phone writes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import DISK_IMAGES, MEDIA, OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.formats.camera_card import folders_of, is_dcf_file, is_dcf_folder, is_in_camera_folder
from gifthorse.inspect.formats.exif import camera_of
from gifthorse.inspect.formats.script_names import STARTED_BY_DOUBLE_CLICK
from gifthorse.inspect.item import Item, shown
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

FOREIGN_FILE: Final = FindingKind(
    id="camera.foreign-file",
    severity=Severity.MEDIUM,
    confidence=0.85,
    title=N_("A file among the photographs that no camera writes"),
    why=N_(
        "Cameras and phones write pictures, films and a few helper files into this folder, nothing else. Somebody or something else "
        "put this "
        "file there, where people open everything they see."
    ),
    what_to_do=N_("Do not open this file; look at the photographs only after they were copied to a computer that is kept for such things."),
    benign_explanation=N_("People use camera cards as memory sticks and put a document beside their pictures."),
    technique=("T1036.005",),
)
KINDS: Final = (FOREIGN_FILE,)
WANTS: Final[frozenset[FileType] | None] = None

_NEVER_WRITTEN: Final = (
    OOXML
    | (OLE_DOCUMENTS - {FileType.OLE})
    | (DISK_IMAGES - {FileType.DISK_IMAGE})
    | {
        FileType.OLE_ENCRYPTED_OFFICE,
        FileType.SHORTCUT,
        FileType.ZIP,
        FileType.RAR,
        FileType.SEVEN_ZIP,
        FileType.CAB,
        FileType.CHM,
        FileType.ONENOTE,
        FileType.REGISTRY,
        FileType.RTF,
        FileType.EML,
        FileType.MSG,
        FileType.SVG,
        FileType.JAVA_CLASS,
    }
)
_SELDOM_WRITTEN: Final = frozenset({FileType.PDF, FileType.HTML, FileType.TAR, FileType.GZIP, FileType.ODF, FileType.EPUB, FileType.FONT})
# Helper files of cameras, phones, drones and of the computers that cards are read with.
_HELPER_NAMES: Final = frozenset(
    {"thumbs.db", "desktop.ini", ".ds_store", ".nomedia", ".picasa.ini", "picasa.ini", "ehthumbs.db", "zbthumbnail.info"}
)
_FEWEST_PHOTOGRAPHS: Final = 5
_FEWEST_BESIDE: Final = 4
# Programs of computers that write a photograph anew; cameras and phones edit with their own.
_EDITORS: Final = re.compile(
    r"photoshop|lightroom|gimp|imagemagick|exiftool|paint\.?net|affinity|darktable|capture one|irfanview|xnview|canva|corel|acdsee"
    r"|digikam|picasa|pixelmator|luminar",
    re.IGNORECASE,
)
_MAJORITY: Final = 0.8


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for a file in a camera's folders that cameras never write (medium) or seldom do (info)."""
    if item.filetype is FileType.JPEG and not item.depth:
        yield from _edited(item)
    if item.depth or item.filetype in MEDIA or not is_in_camera_folder(item.path) or item.untrusted_name.lower() in _HELPER_NAMES:
        return
    if item.filetype in _NEVER_WRITTEN or (item.filetype is FileType.SCRIPT and item.extension in STARTED_BY_DOUBLE_CLICK | {"js": ""}):
        yield FOREIGN_FILE.found(item.here(excerpt=item.untrusted_name), detail=phrase(N_("Kind of file: {kind}"), kind=item.filetype))
    elif item.filetype in _SELDOM_WRITTEN or item.filetype is FileType.SCRIPT:
        yield FOREIGN_FILE.found(
            item.here(excerpt=item.untrusted_name), severity=Severity.INFO, detail=phrase(N_("Kind of file: {kind}"), kind=item.filetype)
        )


def _edited(item: Item) -> Iterator[Finding]:
    """A line for a picture in a camera's own folder that a computer's program wrote."""
    folders = folders_of(item.path)
    if len(folders) < 2 or folders[-2] != "DCIM" or not is_dcf_folder(folders[-1]):
        return
    program = camera_of(item.head).software
    if _EDITORS.search(program):
        yield FOREIGN_FILE.found(
            item.here(excerpt=program),
            severity=Severity.INFO,
            confidence=0.6,
            detail=phrase(N_("The picture was written by a program on a computer: {program}."), program=shown(program)),
        )


def about(item: Item) -> dict[str, str]:
    """Maker, model and time of a photograph, for the comparison over the whole card."""
    if item.filetype not in {FileType.JPEG, FileType.RAW_PHOTO, FileType.TIFF}:
        return {}
    camera = camera_of(item.head)
    facts = {"camera": f"{camera.maker} {camera.model}".strip(), "taken": camera.taken}
    return {name: text for name, text in facts.items() if text}


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields one info finding when a few photographs in a camera's own folders come from other cameras, or from none, than all the rest."""
    photographs = [thing for thing in seen if _is_cameras_own(thing)]
    yield from _strangers(seen, photographs)
    if len(photographs) < _FEWEST_PHOTOGRAPHS:
        return
    models = Counter(thing.about.get("camera", "") for thing in photographs)
    model, count = models.most_common(1)[0]
    if not model or count < len(photographs) * _MAJORITY or count == len(photographs):
        return
    others = [thing for thing in photographs if thing.about.get("camera", "") != model]
    yield FOREIGN_FILE.found(
        *(
            Evidence(path=thing.path, partition=thing.partition, sha256=thing.sha256, excerpt=thing.about.get("camera") or None)
            for thing in others[:20]
        ),
        severity=Severity.INFO,
        confidence=0.5,
        detail=phrase(
            N_("{count} photographs come from {model}; {others} in the same folders do not."), count=count, model=model, others=len(others)
        ),
    )


def _strangers(seen: Sequence[Seen], photographs: Sequence[Seen]) -> Iterator[Finding]:
    """A line for pictures under names that no camera gives, which name no camera either, among photographs that do."""
    if sum("camera" in thing.about for thing in photographs) < _FEWEST_BESIDE:
        return
    strangers = [thing for thing in seen if _is_in_own_folder(thing) and not is_dcf_file(_name(thing)) and "camera" not in thing.about]
    if strangers:
        yield FOREIGN_FILE.found(
            *(Evidence(path=thing.path, partition=thing.partition, sha256=thing.sha256) for thing in strangers[:20]),
            severity=Severity.INFO,
            confidence=0.5,
            detail=phrase(N_("{count} pictures have names that no camera gives, and no camera is named in them."), count=len(strangers)),
        )


def _is_cameras_own(thing: Seen) -> bool:
    return _is_in_own_folder(thing) and is_dcf_file(_name(thing))


def _is_in_own_folder(thing: Seen) -> bool:
    if thing.filetype is not FileType.JPEG or thing.deleted or thing.depth:
        return False
    folders = folders_of(thing.path)
    return len(folders) >= 2 and folders[-2] == "DCIM" and is_dcf_folder(folders[-1])


def _name(thing: Seen) -> str:
    return thing.path.rpartition("/")[2]
