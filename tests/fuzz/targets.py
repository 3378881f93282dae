"""The table of all fuzz targets, by name."""

from typing import Final

from tests.fuzz import (
    of_carried,
    of_containers,
    of_documents,
    of_formats,
    of_hidden_places,
    of_media,
    of_old_office,
    of_rooms,
    of_safe_copy,
    of_second_looks,
    of_usb,
    of_workbooks,
    of_worker,
)
from tests.fuzz.target import Target

MODULES: Final = (
    of_formats,
    of_media,
    of_hidden_places,
    of_second_looks,
    of_containers,
    of_documents,
    of_carried,
    of_usb,
    of_workbooks,
    of_worker,
    of_safe_copy,
    of_old_office,
    of_rooms,
)
TARGETS: Final[dict[str, Target]] = {target.name: target for module in MODULES for target in module.TARGETS}
