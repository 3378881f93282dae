"""Reads one member of a zip whose name is known, with a limit that holds while it is unpacked."""

import zipfile

from gifthorse.inspect.item import Item


def read_member(item: Item, name: str, limit: int) -> bytes:
    """At most *limit* bytes of the member *name*; raises what zipfile raises when it is missing or broken."""
    with item.content.open() as file, zipfile.ZipFile(file) as archive, archive.open(name) as member:
        return member.read(limit)
