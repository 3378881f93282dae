"""Many files of advice read at once in a confined process: they come as one JSON list, since the process opens nothing by itself."""

from datetime import datetime
from typing import Final

import msgspec

from gifthorse.brief.advice.places import is_place_code
from gifthorse.brief.advice.reading import Advice, read_advice, read_many
from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.words import N_

NOT_A_BUNDLE: Final = N_("These files could not be read together. Please fetch them again.")
REFUSALS: Final = frozenset({NOT_A_BUNDLE})


class AdviceFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file: its name, when it was fetched, and its bytes (base64 in JSON)."""

    name: str
    retrieved: datetime
    body: bytes


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing is asked beside the files."""


def read_with(untrusted_bytes: bytes, _asked: Asked) -> Advice:
    """What `read_many` makes of the files; one that can't be read costs nothing but a note."""
    try:
        files = msgspec.json.decode(untrusted_bytes, type=list[AdviceFile])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAccepted(NOT_A_BUNDLE) from error
    return read_many((file.name, file.body, file.retrieved) for file in files)


def load() -> None:
    """Everything that reading needs is in memory: the readers, the list of places, the parser of HTML."""
    is_place_code("")
    for body in (b"{}", b'{"schema_name":"travel_advice","title":"x","details":{"parts":[{"title":"a","body":"<p>b</p>"}]}}', b"[]"):
        try:
            read_advice(body, datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
        except Unreadable:
            continue
