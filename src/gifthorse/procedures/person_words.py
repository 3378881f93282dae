"""By which words one of our people is found: name, staff number, mail address."""

from collections.abc import Iterable, Mapping
from typing import Final

PERSON: Final = "person"
Entry = tuple[str, str, Iterable[str], Iterable[str]]


def noted(person_id: str, identity: Mapping[str, object]) -> Entry:
    """What `search_index.note_many` takes: the name by its words and their beginnings, number and mail by their whole words."""
    told = {field: str(identity.get(field, "")) for field in ("name", "staff_number", "mail")}
    return person_id, person_id, [told["name"]], [told["staff_number"], told["mail"]]
