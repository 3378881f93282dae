"""A contact brought into the forms that are compared; done once for each contact."""

import re
from functools import lru_cache
from typing import Final

import msgspec
from anyascii import anyascii

from gifthorse.resolve import fingerprints, identifiers
from gifthorse.resolve.contact import Contact, checked
from gifthorse.resolve.listed import listed
from gifthorse.resolve.names.latin import folded
from gifthorse.resolve.names.reading import Name, taken_apart
from gifthorse.resolve.names.scripts import Script, script_of

# What companies and universities all over the world have in their names
EVERYDAY_WORDS: Final = frozenset(
    listed(
        "ag ltd limited inc incorporated gmbh mbh kg co company corp corporation llc llp plc sa sas sarl spa srl bv nv "
        "oy ab as aps kk pty pte "
        "jsc ojsc pao ooo zao sdn bhd tbk pt cv holding holdings group groupe gruppe international global the of for "
        "and und et de la el di da "
        "university universitat universite universidad universita universidade institute institut instituto college "
        "school faculty department "
        "academy consulting consultants consultancy solutions services technology technologies systems capital partners "
        "advisory associates "
        "research center centre national science sciences ministry embassy bank"
    )
)
MOST_WORDS: Final = 12


class Employer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An employer as claimed: its words in order-free form, and the ones that aren't in everybody's name."""

    key: str
    telling: frozenset[str]
    script: Script


class Prepared(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """`values` are hard identifiers, each with its kind before a colon; `mark` is one coarse form of the first name, to count bearers."""

    id: str
    names: tuple[Name, ...]
    mark: str
    values: frozenset[str]
    portrait: int | None
    employers: tuple[Employer, ...]
    employer_keys: frozenset[str]
    employer_words: frozenset[str]
    events: frozenset[str]
    introducers: frozenset[str]
    message: tuple[int, ...]


def prepared(contact: Contact, region: str) -> Prepared:
    """*contact* ready to be compared; phone numbers without a country code are read as of *region* (two capitals).

    Values that can't be read are left out. Raises NotAccepted for a contact without id or with too many entries.
    """
    checked(contact)
    names = tuple(dict.fromkeys(name for name in (taken_apart(given.text[:200]) for given in contact.names) if name.parts))
    employers = tuple(dict.fromkeys(employer for employer in map(read_employer, contact.employers) if employer.key))
    return Prepared(
        id=contact.id,
        names=names,
        mark=_mark(names),
        values=_values(contact, region),
        portrait=fingerprints.read_portrait(contact.portrait),
        employers=employers,
        employer_keys=frozenset(employer.key for employer in employers),
        employer_words=frozenset(word for employer in employers for word in employer.telling),
        events=frozenset(event for event in contact.events if event),
        introducers=frozenset(introducer for introducer in contact.introducers if introducer),
        message=contact.first_message if len(contact.first_message) == fingerprints.BINS else (),
    )


@lru_cache(maxsize=16384)
def read_employer(untrusted_text: str) -> Employer:
    """An employer's name without legal form, case, marks and order of words."""
    text = untrusted_text[:200]
    words = [folded(word) or word.casefold() for word in re.findall(r"\w+", anyascii(text))][:MOST_WORDS]
    telling = frozenset(word for word in words if word not in EVERYDAY_WORDS and len(word) > 2)
    kept = sorted(telling) or sorted(word for word in words if word)
    return Employer(key=" ".join(kept), telling=telling, script=script_of(text))


def _values(contact: Contact, region: str) -> frozenset[str]:
    found: set[str] = set()
    for text in contact.phones:
        found |= _named("phone", identifiers.phone(text, region))
    for text in contact.mails:
        address = identifiers.mail(text)
        if address and identifiers.shared_mailbox(address):
            found |= _named("shared_mailbox", address)
        elif address:
            found |= _named("mail", address) | _named("local_part", identifiers.telling_local_part(address))
    for text in contact.profiles:
        found |= _named("profile", identifiers.profile(text))
    for text in contact.messengers:
        found |= _named("messenger", identifiers.messenger(text, region))
    for text in contact.accounts:
        found |= _named("account", identifiers.account(text))
    if re.fullmatch(r"[0-9a-f]{32}", contact.card):
        found |= _named("card", contact.card)
    return frozenset(found)


def _named(kind: str, value: str | None) -> set[str]:
    return {f"{kind}:{value}"} if value else set()


def _mark(names: tuple[Name, ...]) -> str:
    return " ".join(sorted(min(part.codes, default=part.spelling) for part in names[0].parts)) if names else ""
