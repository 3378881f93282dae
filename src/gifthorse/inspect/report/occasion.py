"""What surrounds a report and stands in no inspection: when, by which command, for whom, in which language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from gifthorse.model.markings import Marking
from gifthorse.model.words import Phrase

_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")


def _typeset(message: str) -> str:
    """*message* with the apostrophe that print uses; what is filled in afterwards stays as it is."""
    return _APOSTROPHE.sub("\u2019", message)


def unchanged(message: str) -> str:
    """*message* in the language it was written in."""
    return message


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """The setting of one report; `translate` is a gettext function, English unless given.

    `inspected_at` is aware of its zone and shown in it. `command` is what was typed; without it the report shows the plain command
    that looks at the same source again. `marking` goes into the forms that other systems read.
    """

    inspected_at: datetime | None = None
    command: str | None = None
    marking: Marking = Marking.AMBER
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    translate: Callable[[str], str] = unchanged

    def say(self, text: Phrase | str) -> str:
        """*text* in the reader's language; the values of a phrase are filled in after it was looked up."""
        if isinstance(text, str):
            return _typeset(self.translate(text))
        return _typeset(self.translate(text.text)).format_map(text.values)

    def moment(self) -> datetime:
        """The moment of the inspection in UTC; that of the export stands in where a form asks for one and none is known."""
        return (self.inspected_at or datetime.now(UTC)).astimezone(UTC)


PLAIN = Occasion()
