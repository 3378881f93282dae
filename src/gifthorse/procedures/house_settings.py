"""What the house has set for itself; each change is in the ledger."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Final
from zoneinfo import available_timezones

from gifthorse.brief.duties.packs import packs
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise
from gifthorse.store.tables.setting import HouseSetting

WHOM_TO_CALL: Final = "whom-to-call"  # [{"what": "Security desk, day and night", "number": "+49 …"}]: offices, no names
RULE_PACKS: Final = "rule-packs"  # ids of packs of brief.duties
QUIET_HOURS: Final = "quiet-hours"  # {"starts": "21:00", "ends": "07:00"}, in the traveller's own zone; equal: never quiet
POLICY_BANDS: Final = "policy-bands"  # {"small": 50, "medium": 150, "currency": "EUR"}: the upper ends of the bands
DISS_COLUMNS: Final = "diss-columns"  # headings of the bulk CSV in their order; empty: those of this version
MAIL_DOMAINS: Final = "mail-domains"  # {"example.org": "Example Society"}: domains known to the house
OWN_DOMAINS: Final = "own-domains"  # domains of the house's own mail
MAIL_SERVERS: Final = "mail-servers"  # names under which the house's own mail servers write authentication results
OFFICIAL_ADDRESS: Final = (
    "official-invitations"  # {"organisation": …, "address": …}: where the house takes invitations; both empty: nowhere
)
DESK_HOURS: Final = "desk-hours"  # {"zone": "Europe/Berlin", "days_off": [5, 6], "holidays": ["2026-12-25"]}; Monday is 0
PHONE_REGION: Final = "phone-region"  # ISO 3166 of the country whose numbers stand without a country code; ZZ: none

DEFAULTS: Final[Mapping[str, Any]] = {
    WHOM_TO_CALL: [],
    RULE_PACKS: ["house"],
    QUIET_HOURS: {"starts": "21:00", "ends": "07:00"},
    POLICY_BANDS: {"small": 50, "medium": 250, "currency": "EUR"},
    DISS_COLUMNS: [],
    MAIL_DOMAINS: {},
    OWN_DOMAINS: [],
    MAIL_SERVERS: [],
    OFFICIAL_ADDRESS: {"organisation": "", "address": ""},
    DESK_HOURS: {"zone": "UTC", "days_off": [5, 6], "holidays": []},
    PHONE_REGION: "ZZ",
}
MOST: Final = 200
LONGEST: Final = 200
WEEK: Final = 7
MOST_HOLIDAYS: Final = 500
ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]+")


def setting(title: str, default: Any = None) -> Any:
    """The value set under *title*; where none is set *default*, or that of `DEFAULTS`. For procedures: asks for no permission."""
    row = HouseSetting.objects.filter(title=title).first()
    if row is not None:
        return row.value
    return DEFAULTS.get(title) if default is None else default


def every_setting(actor: Actor) -> dict[str, Any]:
    """All settings of `DEFAULTS` as they hold now, for those who may change them. Raises Refused."""
    authorise(actor, Procedure.KEEP_SETTINGS, Relation.NONE)
    return {**DEFAULTS, **dict(HouseSetting.objects.filter(title__in=DEFAULTS).values_list("title", "value"))}


def set_setting(actor: Actor, title: str, value: Any) -> HouseSetting:
    """The setting with its new value. Raises NotAccepted for a value that doesn't fit a title of `DEFAULTS`, or Refused.

    Titles that aren't in `DEFAULTS` belong to other procedures, which check their values themselves.
    """
    with act(actor, Procedure.KEEP_SETTINGS, Relation.NONE) as deed:
        if title in CHECKS and not CHECKS[title](value):
            raise NotAccepted(FAULTS.get(title, NO_FIT), field=title)
        row = HouseSetting.objects.filter(title=title).first() or HouseSetting(title=title)
        row.value = value
        deed.keep(row)
        deed.subject = row.pk
        return row


def _texts(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST and all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in value)


def _numbers_to_call(value: Any) -> bool:
    if not isinstance(value, list) or len(value) > MOST:
        return False
    return all(isinstance(one, dict) and set(one) == {"what", "number"} and _texts(list(one.values())) for one in value)


def _packs(value: Any) -> bool:
    return _texts(value) and set(value) <= packs().keys()


def _hours(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"starts", "ends"}:
        return False
    try:
        return all(time.fromisoformat(one).tzinfo is None for one in value.values())
    except (TypeError, ValueError):
        return False


def _bands(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"small", "medium", "currency"}:
        return False
    small, medium, currency = value["small"], value["medium"], value["currency"]
    numbers = isinstance(small, int) and isinstance(medium, int) and 0 < small < medium
    return numbers and isinstance(currency, str) and len(currency) == 3 and currency.isalpha() and currency.isupper()


def _domains(value: Any) -> bool:
    return isinstance(value, dict) and _texts([*value.keys(), *value.values()]) and all(_is_domain(one) for one in value)


def _own_domains(value: Any) -> bool:
    return _texts(value) and all(_is_domain(one) for one in value)


def _is_domain(text: str) -> bool:
    return "." in text and text == text.lower() and not set(text) & set(" @/:,;")


def _official(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"organisation", "address"}:
        return False
    return not any(value.values()) or (_texts([*value.values()]) and ADDRESS.fullmatch(value["address"]) is not None)


def _servers(value: Any) -> bool:
    return _texts(value) and all(text == text.lower() and not set(text) & set(' @/:,;()"\t') for text in value)


def _region(value: Any) -> bool:
    from phonenumbers import SUPPORTED_REGIONS  # costs too much at every start for one setting

    return isinstance(value, str) and (value == "ZZ" or value in SUPPORTED_REGIONS)


def _desk_hours(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"zone", "days_off", "holidays"}:
        return False
    zone, off, holidays = value["zone"], value["days_off"], value["holidays"]
    works = isinstance(off, list) and all(type(day) is int and 0 <= day < WEEK for day in off) and len(set(off)) < WEEK
    return works and isinstance(zone, str) and zone in available_timezones() and isinstance(holidays, list) and _days(holidays)


def _days(holidays: list[Any]) -> bool:
    try:
        return len(holidays) <= MOST_HOLIDAYS and all(date.fromisoformat(day) for day in holidays)
    except (TypeError, ValueError):
        return False


NO_FIT: Final = N_("This value does not fit. Please correct it.")
FAULTS: Final[Mapping[str, str]] = {
    WHOM_TO_CALL: N_("Write one line for each: what it is, a colon, the number."),
    RULE_PACKS: N_("There is no rule pack of this name. Please choose from the list."),
    QUIET_HOURS: N_("Write both times as 21:00."),
    POLICY_BANDS: N_("Both numbers must be above 0, the second above the first; the currency has three letters, such as EUR."),
    DISS_COLUMNS: N_("Write one heading in each line."),
    MAIL_DOMAINS: N_("Write one line for each: the domain, a colon, whose it is. A domain looks like example.org."),
    OWN_DOMAINS: N_("Write one domain in each line, such as example.org."),
    MAIL_SERVERS: N_("Write one name in each line, in small letters and without spaces, such as mx.example.org."),
    OFFICIAL_ADDRESS: N_("Write both, the organisation and one address such as invitations@example.org, or leave both empty."),
    DESK_HOURS: N_("Choose a time zone, leave at least one working day, and write each holiday as 2026-12-25."),
    PHONE_REGION: N_("Write the two letters of a country, such as DE, or leave it empty."),
}
CHECKS: Final[Mapping[str, Callable[[Any], bool]]] = {
    WHOM_TO_CALL: _numbers_to_call,
    RULE_PACKS: _packs,
    QUIET_HOURS: _hours,
    POLICY_BANDS: _bands,
    DISS_COLUMNS: _texts,
    MAIL_DOMAINS: _domains,
    OWN_DOMAINS: _own_domains,
    MAIL_SERVERS: _servers,
    OFFICIAL_ADDRESS: _official,
    DESK_HOURS: _desk_hours,
    PHONE_REGION: _region,
}
