"""The text of a script, read once although several detectors ask for it."""

from typing import NamedTuple

from gifthorse.inspect.documents.once import once
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.item import Item

MOST_BYTES = 1 << 20


class ScriptText(NamedTuple):
    """The text, the same in lower case, and the bytes that one of its ASCII characters takes."""

    text: str
    lower: str
    width: int


@once
def script_text(item: Item) -> ScriptText:
    """The first MiB of the script as text."""
    text, width = decoded(item.content.read(0, MOST_BYTES))
    return ScriptText(text, text.lower(), width)
