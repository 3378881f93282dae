"""The folders of camera cards and phones, as JEITA CP-3461 (DCF), AVCHD and the phones' own habits lay them out."""

import re
from typing import Final

_DCF_FOLDER: Final = re.compile(r"\A[1-9]\d\d[0-9A-Z_]{5}\Z", re.IGNORECASE)
_DCF_FILE: Final = re.compile(r"\A[0-9A-Z_]{4}\d{4}\.[0-9A-Z]{3}\Z", re.IGNORECASE)


def folders_of(path: str) -> tuple[str, ...]:
    """The folders of a file of the medium, in upper case, outermost first (members of containers have their container's)."""
    return tuple(part.upper() for part in path.partition(" > ")[0].split("/")[:-1])


def is_in_camera_folder(path: str) -> bool:
    """Whether the file lies in or below a folder named DCIM, or in the folders of an AVCHD recording."""
    folders = folders_of(path)
    return "DCIM" in folders or ("AVCHD" in folders and "BDMV" in folders)


def is_dcf_folder(name: str) -> bool:
    """Whether *name* is a picture folder's by DCF: three digits from 100 and five letters, digits or underscores."""
    return _DCF_FOLDER.match(name) is not None


def is_dcf_file(name: str) -> bool:
    """Whether *name* is a file's by DCF: four letters, four digits, three letters of ending."""
    return _DCF_FILE.match(name) is not None
