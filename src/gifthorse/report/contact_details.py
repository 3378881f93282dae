"""What somebody wrote down about a contact, sorted by its form alone: numbers, mail addresses, pages, handles; nothing is looked up."""

import re
from typing import Final

from gifthorse.model.contacts import MOST_VALUES, ContactFacts
from gifthorse.report.answers import ContactGiven

_PARTS: Final = re.compile(r"[,;\n]+|\s+(?:or|oder|und|and)\s+")
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PAGE: Final = re.compile(r"https?://\S+|(?:[\w-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
_PHONE: Final = re.compile(r"\+?[\d\s()./-]{6,}")
_SERVICES: Final = (
    "signal|whatsapp|telegram|wechat|line|viber|skype|threema|twitter|instagram|linkedin|facebook|xing|kakaotalk|discord|matrix|zalo|qq|vk"
)
_HANDLE: Final = re.compile(
    rf"(?P<service>{_SERVICES})\s*:?\s+(?P<handle>@?[\w.+:-]{{2,64}})|(?P<other>\w{{2,20}}):\s*(?P<name>@?[\w.+-]{{2,64}})", re.IGNORECASE
)
_FEWEST_DIGITS: Final = 6


def contact_facts(given: ContactGiven) -> ContactFacts | None:
    """The contact as it goes into the register, None when nothing but links to known contacts was told.

    Whatever has the form of no number, address, page or handle is kept as the text of a card: nothing that was written is lost.
    """
    sorted_parts: dict[str, list[str]] = {"phones": [], "mails": [], "profiles": [], "messengers": [], "card": []}
    for part in (piece.strip() for piece in _PARTS.split(given.reach)):
        if part:
            kind, value = _sorted(part)
            sorted_parts[kind].append(value)
    card = "\n".join([*([given.role] if given.role else []), *sorted_parts.pop("card")])
    facts = ContactFacts(
        names=(given.name,) if given.name else (),
        employer=(given.employer,) if given.employer else (),
        card_text=card,
        phones=_distinct(sorted_parts["phones"]),
        mails=_distinct(sorted_parts["mails"]),
        profiles=_distinct(sorted_parts["profiles"]),
        messengers=_distinct(sorted_parts["messengers"]),
    )
    return None if facts == ContactFacts() else facts


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:MOST_VALUES]


def _sorted(part: str) -> tuple[str, str]:
    if _MAIL.fullmatch(part):
        return "mails", part
    if _PAGE.fullmatch(part):
        return "profiles", part
    if _PHONE.fullmatch(part) and sum(character.isdigit() for character in part) >= _FEWEST_DIGITS:
        return "phones", part
    if found := _HANDLE.fullmatch(part):
        return "messengers", f"{(found['service'] or found['other']).lower()}:{found['handle'] or found['name']}"
    return "card", part
