"""Host names in mails: where a link leads, and whether a name only looks like one that the house knows."""

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address
from typing import Final
from unicodedata import normalize
from urllib.parse import parse_qs, unquote, urlsplit

from rapidfuzz.distance import OSA

from gifthorse.report.mail_signs import signs

SHORTEST_TO_COMPARE: Final = 5  # below five letters, one letter more or less is another honest name
_DOTS: Final = str.maketrans("\u3002\uff0e\uff61", "...")  # full stops of other scripts, which browsers take for dots
_MOST_UNWRAPPED: Final = 3
_LONGEST_TARGET: Final = 4_000
_PROOFPOINT: Final = re.compile(r"https?-3A", re.IGNORECASE)  # its own writing: - for %, _ for /
_BETWEEN: Final = re.compile(r"_{2,3}(https?:/.{1,3000}?)_{2,3}(?:[;.]|\Z)", re.IGNORECASE)
_ONE_SLASH: Final = re.compile(r"\A(https?:)/(?!/)", re.IGNORECASE)
_ADDRESS_WITHIN: Final = re.compile(r"https?://[^\s/?#&\"'<>]{1,253}", re.IGNORECASE)


def host_of(target: str) -> str:
    """The host that *target* leads to, in lower case and in the letters that are shown; empty when there is none."""
    try:
        host = urlsplit(target if "://" in target or target.startswith("//") else f"//{target}").hostname or ""
    except ValueError:
        return ""
    return shown(host.rstrip("."))


def shown(host: str) -> str:
    """*host* with its punycode labels as the letters that a browser may show; a label that can't be decoded stays."""
    return ".".join(_decoded(label) for label in host.lower().translate(_DOTS).split("."))


def has_punycode(target: str) -> bool:
    """Whether the host is written in foreign letters, as such or as punycode."""
    host = host_of(target)
    return not host.isascii() or any(label.startswith("xn--") for label in host.split("."))


def is_number(host: str) -> bool:
    """Whether *host* is an IP address rather than a name."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def unwrapped(target: str) -> str:
    """Where *target* leads behind the services that rewrite links, as far as the address itself says so."""
    for _ in range(_MOST_UNWRAPPED):
        inner = _inside(target)
        if inner is None:
            break
        target = inner
    return target


def under(host: str, domains: Iterable[str]) -> str | None:
    """The one of *domains* that *host* is or lies under, or None."""
    labels = host.split(".")
    tails = {".".join(labels[at:]) for at in range(len(labels))}
    return next((domain for domain in sorted(domains, key=len, reverse=True) if domain in tails), None)


def imitated(host: str, domains: Iterable[str]) -> str | None:
    """The one of *domains* that *host* imitates without belonging to it, or None.

    Imitated: the same to the eye (letters of other alphabets, digits, rn for m), one letter off, or the whole known domain within another.
    """
    known = sorted(domains)
    if not host or under(host, known) is not None:
        return None
    return next((domain for domain in known if _imitates(host, domain)), None)


def borrowed(host: str, domains: Iterable[str]) -> str | None:
    """The one of *domains* whose name *host* bears in another domain, or None: a branch of it, or somebody who uses its name."""
    known = sorted(domains)
    if not host or under(host, known) is not None:
        return None
    words = {word for label in host.split(".")[:-1] for word in (skeleton(label), *skeleton(label).split("-"))}
    return next((one for one in known if len(name := one.partition(".")[0]) >= SHORTEST_TO_COMPARE and skeleton(name) in words), None)


def _imitates(host: str, domain: str) -> bool:
    labels = host.split(".")
    depth = domain.count(".") + 1
    tail = ".".join(labels[-depth:])
    name, _, ending = domain.partition(".")
    if skeleton(tail) == skeleton(domain) or f".{domain}." in f".{host}.":
        return True
    if len(name) < SHORTEST_TO_COMPARE:
        return False
    return tail.partition(".")[2] == ending and OSA.distance(skeleton(tail.partition(".")[0]), skeleton(name), score_cutoff=1) <= 1


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """*name* as the eye reads it: letters that look alike are one letter."""
    twins = signs().twins
    plain = normalize("NFKD", name.lower()).translate(str.maketrans(twins["from"], twins["to"]))
    plain = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    for group, single in signs().twin_groups.items():
        plain = plain.replace(group, single)
    return plain


def _inside(target: str) -> str | None:
    host = host_of(target)
    service = under(host, signs().rewriters)
    if service is None:
        return None
    try:
        parts = urlsplit(target)
        given = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None
    names = signs().rewriters[service].split()
    found = next((given[name][0] for name in names if name in given), "") if names else _in_path(parts.path)
    if service == "urldefense.proofpoint.com" and _PROOFPOINT.match(found):
        found = unquote(found.replace("-", "%").replace("_", "/"))
    return found if found.lower().startswith(("http://", "https://")) else None


def _in_path(path: str) -> str:
    """The address in the path of a service that puts it there, between underscores or as its last part."""
    match = _BETWEEN.search(path)
    found = match.group(1) if match else unquote(path.rpartition("/")[2])
    return _ONE_SLASH.sub(r"\1//", found)


def passes_on_to(target: str) -> frozenset[str]:
    """The hosts of the whole web addresses that *target* carries within itself, as links do that count who taps them."""
    inner = unquote(unquote(target[:_LONGEST_TARGET])).partition("://")[2]
    return frozenset(host for match in _ADDRESS_WITHIN.finditer(inner) if (host := host_of(match.group())))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError, OverflowError):
        return label
