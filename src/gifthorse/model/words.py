"""Marks text that people read, so that it can be translated where it is shown.

Rooms never translate: they hand out the English text (the message id) and the values to fill in; the door that shows it looks
up the reader's language first and fills in the values after.
"""

import msgspec


def N_(message: str) -> str:  # noqa: N802 - the name that xgettext and Django's makemessages look for
    """*message* unchanged; the extraction of translatable text finds it by this call."""
    return message


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with places for values: *text* is the message id with ``{name}`` places, *values* fills them."""

    text: str
    values: dict[str, str] = {}

    def in_english(self) -> str:
        """The sentence in the language it was written in."""
        return self.text.format_map(self.values)


def phrase(text: str, **values: object) -> Phrase:
    """A phrase whose values are shown as text."""
    return Phrase(text=text, values={name: str(value) for name, value in values.items()})
