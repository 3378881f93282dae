"""Addresses that make a computer reach out over the network when something merely shows or opens them."""

import re
from typing import Final

# \\host\share, \\?\UNC\host\share, \\host@80\DavWWWRoot\…, //host/share, file://host/share: the login name and its hash go to that host.
_UNC: Final = re.compile(
    r"""(?ix)
    (?: (?<![\w:\\]) \\\\ (?:\?\\UNC\\)? (?P<unc> [^\\/:*?"<>|\s%.][^\\/:*?"<>|\s%]* ) [\\/]
      | (?<![:/\w]) // (?P<slash> [\w.-]+(?:@ssl)?(?:@\d+)? ) /
      | file: (?: // | /{4,5} ) (?P<file> (?![a-z][:|]|localhost/|/|%|\.)[\w.-]+ (?:@ssl)?(?:@\d+)? ) /
      | file: \\\\+ (?P<odd> [\w.-]+ (?:@ssl)?(?:@\d+)? ) [\\/]
    )
    """
)
_WEB: Final = re.compile(r"(?i)\b(?:https?|ftp)://[^\s\"'<>|,]+")
_THIS_COMPUTER: Final = frozenset({"localhost", "127.0.0.1", ".", "?", "tsclient", "wsl$", "wsl.localhost"})


def network_host(untrusted_text: str) -> str | None:
    """The host that a UNC path, WebDAV path or file address in *untrusted_text* leads to, or None."""
    for found in _UNC.finditer(untrusted_text):
        host = next(group for group in found.groups() if group)
        if host.lower() not in _THIS_COMPUTER:
            return host
    return None


def web_address(untrusted_text: str) -> str | None:
    """The first web address in *untrusted_text*, or None."""
    found = _WEB.search(untrusted_text)
    return found.group() if found else None
