"""Contacts for the tests, short to write."""

from gifthorse.resolve.contact import Contact, name_as_given
from gifthorse.resolve.prepared import Prepared, prepared

REGION = "DE"


def contact(contact_id: str, *names: str, **fields: object) -> Contact:
    return Contact(id=contact_id, names=tuple(map(name_as_given, names)), **fields)


def ready(contact_id: str, *names: str, **fields: object) -> Prepared:
    return prepared(contact(contact_id, *names, **fields), REGION)
