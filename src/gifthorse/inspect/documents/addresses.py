"""Where an address in a document leads: nowhere outside, to a machine of the same network, or out into the world."""

import re
from enum import Enum
from typing import Final
from urllib.parse import unquote


class Leads(Enum):
    """How far an address reaches. `NEARBY` is a host named by one bare word, as firms name their own file servers."""

    INSIDE = "inside"
    LOCAL_FILE = "local-file"
    NEARBY = "nearby"
    WEB = "web"
    SHARE = "share"
    MONIKER = "moniker"


_WEB: Final = re.compile(r"^(?:https?|ftps?|webdavs?|davs?):[/\\]{1,3}([^/\\?#]*)", re.IGNORECASE)
_SHARE: Final = re.compile(
    r"^(?:file:)?(?:[/\\]{2}(?![/\\])|[/\\]{4,5})(?:\?[/\\]UNC[/\\])?([^/\\@]+)(@(?:SSL|\d+)(?:@\d+)?)?", re.IGNORECASE
)
_MONIKER: Final = re.compile(
    r"^(?:mhtml|mk|ms-its|its|script|scriptlet|ms-\w+|search-ms|javascript|vbscript|data|x-usc|shell|ldap):|!x-usc:", re.IGNORECASE
)
_LOCAL: Final = re.compile(r"^(?:file:(?:/{0,3}))?[a-z]:[/\\]|^file:/{3}", re.IGNORECASE)
_OTHER_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]{2,20}://(?!localhost\b)[^/\\\s]", re.IGNORECASE)
_IP: Final = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$|^\[|:|^0x[0-9a-f]+$|^\d{6,}$", re.IGNORECASE)


def leads(untrusted_address: str) -> Leads:
    """How far *untrusted_address*, as an office program would read it, reaches."""
    address = unquote(untrusted_address.strip().strip('"').replace("\\\\", "\\") if '"' in untrusted_address else untrusted_address.strip())
    address = address.lstrip("\u200b\u200c\u200d\u2060\ufeff\u00ad")
    if _MONIKER.search(address):
        return Leads.MONIKER
    if _WEB.match(address):
        return Leads.WEB
    share = _SHARE.match(address)
    if share and share[1] not in {".", "?", "localhost", "127.0.0.1"}:
        outside = bool(share[2]) or "." in share[1] or bool(_IP.search(share[1]))
        return Leads.SHARE if outside else Leads.NEARBY
    if _LOCAL.match(address):
        return Leads.LOCAL_FILE
    return Leads.WEB if _OTHER_SCHEME.match(address) else Leads.INSIDE


def host_of(untrusted_address: str) -> str:
    """The machine that an address names, whatever name of a user stands before it; empty when it names none."""
    found = _WEB.match(untrusted_address.strip()) or _SHARE.match(untrusted_address.strip())
    host = found[1].rpartition("@")[2].lower() if found else ""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
