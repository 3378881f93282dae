"""Programs among the photographs of a camera card: no camera writes them."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.inspect.formats.camera_card import is_in_camera_folder
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_

IN_CAMERA_FOLDER: Final = FindingKind(
    id="executable.in-camera-folder",
    severity=Severity.HIGH,
    confidence=0.95,
    title=N_("A program among the photographs"),
    why=N_(
        "This folder is where cameras and phones put their pictures. They never write programs there, so somebody or something else did."
    ),
    what_to_do=N_("Do not open it. Ask who had the card or the camera in hand, and keep the card as it is."),
    benign_explanation=N_(
        "A computer that the card was plugged into may be infected and copy programs to every card, without anybody's intention."
    ),
    technique=("T1091", "T1036.005"),
)
KINDS: Final = (IN_CAMERA_FOLDER,)
WANTS: Final = PROGRAMS | {FileType.MSI, FileType.APK, FileType.JAR}


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for each program, installer or app in the picture folders of a camera or phone."""
    if is_in_camera_folder(item.path):
        yield IN_CAMERA_FOLDER.found(item.here(excerpt=item.untrusted_name))
