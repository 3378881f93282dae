"""The note that Windows keeps beside a file from elsewhere: the stream ``Zone.Identifier`` ([MS-FSCC] 5.6.1)."""

import re
from typing import Final, NamedTuple

from gifthorse.inspect.documents.addresses import host_of
from gifthorse.inspect.formats.settings import read_settings

STREAM: Final = "Zone.Identifier"
_MOST_BYTES: Final = 64 << 10
_SECTION: Final = "zonetransfer"
_ADDRESSES: Final = ("hosturl", "referrerurl")
_MANY: Final = re.compile(r"[?#].*", re.DOTALL)
_USER: Final = re.compile(r"(?<=://)[^/@\\]{1,200}@")


class WhereFrom(NamedTuple):
    """The note's zone (0 this computer, 1 local network, 2 trusted, 3 internet, 4 restricted; None without one), host and address.

    The address is without what stands behind a question mark, where sign-ins and names of people may be.
    """

    zone: int | None
    host: str
    address: str


def is_note(untrusted_name: str) -> bool:
    """Whether a file or stream of this name is such a note, as NTFS or a copy to another filesystem names it."""
    low = untrusted_name.casefold()
    return low.endswith((":zone.identifier", ":zone.identifier:$data"))


def read_note(untrusted_bytes: bytes) -> WhereFrom | None:
    """What the note says; None when it is none."""
    said = {one.key: one.value for one in reversed(read_settings(untrusted_bytes[:_MOST_BYTES])) if one.section == _SECTION}
    if not said:
        return None
    number = said.get("zoneid", "")
    written = next((said[key] for key in _ADDRESSES if host_of(said.get(key, ""))), "")
    return WhereFrom(
        zone=int(number) if number.isascii() and number.isdigit() and len(number) < 3 else None,
        host=host_of(written),
        address=_USER.sub("", _MANY.sub("", written))[:300],
    )
