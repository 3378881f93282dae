"""The table of all fuzz targets, by name."""

from typing import Final

from tests.fuzz import of_containers, of_documents, of_formats, of_media, of_usb, of_worker
from tests.fuzz.target import Target

TARGETS: Final[dict[str, Target]] = {
    target.name: target for module in (of_formats, of_media, of_containers, of_documents, of_usb, of_worker) for target in module.TARGETS
}
