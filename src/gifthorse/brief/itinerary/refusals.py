"""The sentences with which a whole file is refused; no other refusal crosses the wall of the confined process."""

from typing import Final

from gifthorse.model.words import N_

NO_BOOKING: Final = N_(
    "This mail holds no booking that can be read. Please send the calendar file or boarding pass in it, or enter the trip by hand."
)
EMPTY: Final = N_("This file is empty. Please choose the file again.")
TOO_LARGE: Final = N_("This file is larger than 10 MB. Please send the calendar, mail or boarding pass alone.")
NOT_A_TRIP: Final = N_("This is no calendar, booking mail, boarding pass or table of trips. Please enter the trip by hand.")
BROKEN: Final = N_("This file is damaged and could not be read. Please save it again, or enter the trip by hand.")
BROKEN_CALENDAR: Final = N_("This calendar is damaged: no entry in it could be found. Please save it again, or enter the trip by hand.")
BROKEN_PASS: Final = N_("This wallet pass is damaged. Please share it again from the phone, or enter the trip by hand.")
OTHER_ZIP: Final = N_("This is a zip file that holds no wallet pass. Please unpack it and send the files in it.")
BROKEN_PDF: Final = N_("This PDF could not be opened. Please save it again without a password, or enter the trip by hand.")
NO_CODE_IN_PDF: Final = N_(
    "The text of this PDF holds no boarding pass code. Please send the booking mail or calendar, or enter the trip by hand."
)
NO_HEADINGS: Final = N_("The first row of this table names no column that is known. Please name at least “from”, “to” and “departure”.")
BROKEN_TABLE: Final = N_("This table could not be read. Please save it again as CSV in UTF-8.")
NO_ZONE: Final = N_("This is no time zone. Please choose one such as Europe/Berlin.")

REFUSALS: Final = frozenset(
    {
        EMPTY,
        TOO_LARGE,
        NOT_A_TRIP,
        BROKEN,
        BROKEN_CALENDAR,
        BROKEN_PASS,
        OTHER_ZIP,
        BROKEN_PDF,
        NO_CODE_IN_PDF,
        NO_HEADINGS,
        BROKEN_TABLE,
        NO_ZONE,
        NO_BOOKING,
    }
)
