"""Every text of the packaged data that people read, so that it is extracted for translation together with the texts in the code."""

from collections.abc import Iterator

from gifthorse.brief.blocks import library
from gifthorse.brief.duties.packs import packs


def messages() -> Iterator[str]:
    """The message ids of the advice blocks and rule packs that come with this version, each once, in their order."""
    texts = [*library().messages(), *(text for pack in packs().values() for text in pack.messages())]
    yield from dict.fromkeys(texts)
