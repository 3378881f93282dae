"""Trips read from files: calendars, booking mails, boarding passes, wallet passes and tables. Bytes in, facts out.

    read         → what kind of file it is, and the one entry `read_itinerary`
    calendars    → `calendar_lines`, `calendar_zones`, `calendar_events`, `recurrences`
    mails        → `mail`, `embedded` (schema.org data in HTML), `reservations`
    passes       → `boarding_codes` (IATA BCBP), `wallet_pass`, `pdf_text`
    tables       → `table`, `headings`, `written_dates`, `broken_rows`
    times        → `zones`, `airports`

Everything here handles bytes of strangers, so it runs in a confined process (`procedures/confined_reading.py`); `ready` loads what
can't be loaded there any more.
"""
