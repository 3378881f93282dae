"""The other people of the fictional organisation: two hundred in all, with names from many places, none of them anybody's."""

import random
from datetime import date, timedelta
from typing import Final

from gifthorse.demonstration.told import stories
from gifthorse.model.register import StaffEntry
from gifthorse.model.roles import Role

DOMAIN: Final = "brightwater.example"
UNITS: Final = ("Sales", "Development", "Service", "Production", "Purchasing", "Research", "Management", "Administration", "Quality")
DUTY_KINDS: Final = {
    "Sales": "sales",
    "Development": "engineer",
    "Service": "service",
    "Production": "engineer",
    "Purchasing": "buyer",
    "Research": "researcher",
    "Management": "executive",
    "Administration": "administration",
    "Quality": "engineer",
}
ZONES: Final = ("Europe/Berlin", "Europe/Berlin", "Europe/Berlin", "Europe/London", "America/Chicago", "Asia/Singapore")


def colleagues(draw: random.Random, count: int, today: date) -> tuple[StaffEntry, ...]:
    """*count* people as the house's list has them; two of them leave soon."""
    entries: list[StaffEntry] = []
    taken: set[str] = set()
    while len(entries) < count:
        first, last = draw.choice(stories().first_names), draw.choice(stories().last_names)
        login = f"{first}.{last}".lower()
        if login in taken:
            continue
        taken.add(login)
        unit = draw.choice(UNITS)
        number = len(entries) + 1
        entries.append(
            StaffEntry(
                row=number + 1,
                name=f"{first} {last}",
                staff_number=f"BW-{1000 + number}",
                mail=f"{login}@{DOMAIN}",
                unit=unit,
                roles=(Role.STAFF,),
                login=login,
                zone=draw.choice(ZONES),
                duty_kind=DUTY_KINDS[unit],
                signs=unit == "Management",
                leaving_on=today + timedelta(days=20 + number) if number in {17, 61} else None,
            )
        )
    return tuple(entries)
