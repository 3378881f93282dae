"""Which place a publisher means: ISO 3166-1 codes by the names that publishers write. A name that isn't known stays a name."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

_WORDS: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    body = (files("gifthorse.brief") / "data" / "places.json").read_bytes()
    names = msgspec.json.decode(body, type=dict[str, tuple[str, ...]])
    return {_plain(name): code for code, known in names.items() for name in known}


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(_by_name().values())


def place_code(untrusted_names: Iterable[str]) -> str:
    """The ISO 3166-1 code of the first of *untrusted_names* that is known, or ""."""
    return next((code for name in untrusted_names if (code := _by_name().get(_plain(name)))), "")


def is_place_code(untrusted_code: str) -> bool:
    """Whether *untrusted_code* is a code of the list."""
    return untrusted_code.upper() in _codes()


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    words = [word for word in _WORDS.split(letters) if word not in {"", "the", "and", "of"}]
    return " ".join(words)
