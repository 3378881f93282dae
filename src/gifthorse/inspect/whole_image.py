"""An image that is inspected by itself, taken as one file: whether it is another kind of file too."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.content import HEAD_BYTES
from gifthorse.inspect.detectors import type_polyglot
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Content, Item
from gifthorse.model.findings import Finding

NAME: Final = ""  # of a medium's own bytes, as layout findings say it


def second_kind_of(image: Content) -> Iterator[Finding]:
    """The finding that the *image* opens as another kind of file too, if it does; within an image its files are looked at one by one."""
    head = image.read(0, HEAD_BYTES)
    kind = identify(head, image.size, lambda length: image.read(max(image.size - length, 0), length), NAME)
    if kind in type_polyglot.WANTS:
        yield from type_polyglot.examine(Item(path=NAME, untrusted_name=NAME, content=image, filetype=kind, head=head))
