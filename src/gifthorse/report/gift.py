"""A gift as the person who got it describes it: few questions, none of them about who the giver "is"."""

from datetime import date

import msgspec

from gifthorse.model.custody import ItemKind, ValueBand
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_

LONGEST_LINE = 200
LONGEST_TEXT = 8000


class GiftReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was given, when and where, at what occasion, by whom as they introduced themselves, and what was said.

    Only `kind` must be answered. Everything but `kind` and `value_band` is kept sealed.
    """

    kind: ItemKind
    value_band: ValueBand = ValueBand.UNKNOWN
    what: str = ""
    given_on: date | None = None
    place: str = ""
    occasion: str = ""
    giver: str = ""
    said: str = ""
    plugged_in: bool | None = None


def checked(report: GiftReport, today: date) -> GiftReport:
    """*report* with its texts trimmed; raises NotAccepted for a day to come or a text that is too long."""
    if report.given_on is not None and report.given_on > today:
        raise NotAccepted(N_("This day is still to come. Please check the date."), field="given_on")
    return msgspec.structs.replace(
        report,
        what=_trimmed(report.what, "what", LONGEST_LINE),
        place=_trimmed(report.place, "place", LONGEST_LINE),
        occasion=_trimmed(report.occasion, "occasion", LONGEST_LINE),
        giver=_trimmed(report.giver, "giver", LONGEST_LINE),
        said=_trimmed(report.said, "said", LONGEST_TEXT),
    )


def _trimmed(text: str, field: str, longest: int) -> str:
    trimmed = text.strip()
    if len(trimmed) > longest:
        raise NotAccepted(N_("This text is too long. Please shorten it."), field=field)
    return trimmed
