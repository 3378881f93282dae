"""The facts in words: the clause after "because" that each sentence of a brief carries.

A clause is said about the traveller ("the host pays"). Where an element of know-how is meant it is named by the house's own title.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from gifthorse.brief.conditions import Condition, Facts
from gifthorse.brief.situation import KnowHow
from gifthorse.model.words import N_, Phrase, phrase

MOST_TITLES: Final = 3
MOST_CLAUSES: Final = 3
EVERY_BRIEF: Final = N_("it belongs in every brief")

# Fact and word, or fact and "" for a count or for a fact that holds none of the words.
CLAUSES: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("role", "engineer"): N_("you work in engineering"),
        ("role", "researcher"): N_("you do research"),
        ("role", "sales"): N_("you sell"),
        ("role", "buyer"): N_("you buy for the house"),
        ("role", "executive"): N_("you lead the house"),
        ("role", "administration"): N_("you work in administration"),
        ("role", "it"): N_("you look after computers"),
        ("role", "legal"): N_("you work on contracts and law"),
        ("role", "service"): N_("you install or repair at customers"),
        ("role", "other"): N_("your work is of another kind"),
        ("role", ""): N_("no role is given"),
        ("seniority", "junior"): N_("you are at the start of your career"),
        ("seniority", "experienced"): N_("you know your field well"),
        ("seniority", "senior"): N_("you hold a senior post"),
        ("seniority", "board"): N_("you sit on the board"),
        ("signs", "yes"): N_("you may sign for the house"),
        ("signs", "no"): N_("you don't sign for the house"),
        ("know-how.protection", "public"): N_("you know things that are public"),
        ("know-how.protection", "internal"): N_("you know things that stay in the house"),
        ("know-how.protection", "confidential"): N_("you know things that are confidential"),
        ("know-how.protection", "restricted"): N_("you know things that few people may know"),
        ("know-how.export", "yes"): N_("something you know is on an export control list"),
        ("know-how.export", "no"): N_("nothing you know is on an export control list"),
        ("know-how.export-carried", "yes"): N_("something you take is on an export control list"),
        ("know-how.export-carried", "no"): N_("nothing you take is on an export control list"),
        ("devices", "laptop"): N_("you take a laptop"),
        ("devices", "phone"): N_("you take a phone"),
        ("devices", "tablet"): N_("you take a tablet"),
        ("devices", "memory-stick"): N_("you take a memory stick"),
        ("devices", "camera"): N_("you take a camera"),
        ("devices", "instrument"): N_("you take an instrument"),
        ("devices", ""): N_("you take no device"),
        ("devices.own", "laptop"): N_("you take your own laptop"),
        ("devices.own", "phone"): N_("you take your own phone"),
        ("devices.own", "tablet"): N_("you take your own tablet"),
        ("devices.own", "memory-stick"): N_("you take your own memory stick"),
        ("devices.own", "camera"): N_("you take your own camera"),
        ("devices.own", "instrument"): N_("you take an instrument that is in daily use"),
        ("devices.loaner", "laptop"): N_("you take a loaner laptop"),
        ("devices.loaner", "phone"): N_("you take a loaner phone"),
        ("devices.loaner", "tablet"): N_("you take a loaner tablet"),
        ("devices.loaner", "memory-stick"): N_("you take a loaner memory stick"),
        ("devices.loaner", "camera"): N_("you take a loaner camera"),
        ("devices.loaner", "instrument"): N_("you take a loaner instrument"),
        ("data", "none"): N_("you take no data"),
        ("data", "slides"): N_("you take slides"),
        ("data", "drawings"): N_("you take drawings"),
        ("data", "source-code"): N_("you take source code"),
        ("data", "samples"): N_("you take samples"),
        ("data", "papers"): N_("you take papers"),
        ("data", "personal-data"): N_("you take data about people"),
        ("data", "full-mailbox"): N_("you take your whole mailbox"),
        ("venue", "trade-fair"): N_("you go to a trade fair"),
        ("venue", "conference"): N_("you go to a conference"),
        ("venue", "customer-site"): N_("you go to a customer's site"),
        ("venue", "university"): N_("you go to a university"),
        ("venue", "hotel-meeting"): N_("you meet in a hotel"),
        ("venue", "private-invitation"): N_("you are invited privately"),
        ("venue", "delegation"): N_("you travel with a delegation"),
        ("venue", "government-office"): N_("you go to a government office"),
        ("venue", "online"): N_("you meet online"),
        ("event", "stand"): N_("you work on a stand"),
        ("event", "visit"): N_("you pay a visit"),
        ("event", "lecture"): N_("you give a talk"),
        ("event", "negotiation"): N_("you negotiate"),
        ("event", "installation"): N_("you install or repair something"),
        ("event", "job-interview"): N_("a post is to be talked about"),
        ("event", "research-stay"): N_("you stay for research"),
        ("event", "training"): N_("you give or get training"),
        ("event", "reception"): N_("there is a reception"),
        ("event", "other"): N_("the trip has another purpose"),
        ("host", "customer"): N_("a customer receives you"),
        ("host", "supplier"): N_("a supplier receives you"),
        ("host", "partner"): N_("a partner receives you"),
        ("host", "competitor"): N_("a competitor receives you"),
        ("host", "university"): N_("a university receives you"),
        ("host", "public-body"): N_("a public body receives you"),
        ("host", "organiser"): N_("an organiser receives you"),
        ("host", "consultancy"): N_("a consultancy receives you"),
        ("host", "private-person"): N_("a private person receives you"),
        ("host", "unknown"): N_("we don't know what kind of body receives you"),
        ("payer", "own-house"): N_("your own house pays"),
        ("payer", "host"): N_("the host pays"),
        ("payer", "third-party"): N_("a third party pays"),
        ("payer", "mixed"): N_("several pay for the trip"),
        ("payer", "unknown"): N_("we don't know who pays"),
        ("invitation", "none"): N_("nobody invited you"),
        ("invitation", "known-host"): N_("a host you know invited you"),
        ("invitation", "cold-mail"): N_("the invitation came by mail from a stranger"),
        ("invitation", "introduction"): N_("somebody introduced you to the host"),
        ("invitation", "organiser"): N_("the organiser invited you"),
        ("invitation", "unknown"): N_("we don't know how the invitation came"),
        ("social", "dinner"): N_("a dinner is planned"),
        ("social", "drinks"): N_("drinks are planned"),
        ("social", "excursion"): N_("an excursion is planned"),
        ("social", "private-home"): N_("you are asked to a private home"),
        ("social", "night-out"): N_("a night out is planned"),
        ("company", "solo"): N_("you travel alone"),
        ("company", "group"): N_("you travel with colleagues"),
        ("away", "yes"): N_("you leave the house"),
        ("away", "no"): N_("you meet online only"),
        ("fee", "yes"): N_("you get a fee"),
        ("fee", "no"): N_("you get no fee"),
        ("reports.know-how", ""): N_("earlier reports tell of interest in what you know ({count})"),
        ("reports.host", ""): N_("earlier reports tell of this host ({count})"),
        ("gaps", ""): N_("the plan has open stretches ({count})"),
        ("crossings", ""): N_("you cross borders ({count})"),
        ("nights", ""): N_("you stay overnight (nights: {count})"),
        ("days", ""): N_("the trip takes time (days: {count})"),
        ("days-left", ""): N_("you leave soon (days: {count})"),
        ("element.line", "yes"): N_("a line was agreed for it"),
        ("element.line", "no"): N_("no line was agreed for it"),
    }
)
KNOWN: Final = N_("you know {titles}")
TAKEN: Final = N_("you take {titles} with you")
_OF_ELEMENTS: Final = frozenset({"know-how", "element.kind"})
_OF_CARRIED: Final = frozenset({"know-how.carried", "element.carried"})


def because(rule: Iterable[Condition], facts: Facts, elements: Iterable[KnowHow]) -> tuple[Phrase, ...]:
    """The clauses that say why *rule* held on *facts*; *elements* are those that it speaks of. At least one, at most three."""
    held = tuple(elements)
    clauses = dict.fromkeys((clause.text, tuple(clause.values.items())) for condition in rule for clause in _said(condition, facts, held))
    told = tuple(Phrase(text=text, values=dict(values)) for text, values in clauses)
    return told[:MOST_CLAUSES] or (phrase(EVERY_BRIEF),)


def told_reason(clauses: Iterable[Phrase], say: Callable[[Phrase | str], str]) -> str:
    """*clauses* as one reason in the reader's language, such as "because the host pays and you get a fee"."""
    first, *others = [say(clause) for clause in clauses]
    if not others:
        return say(phrase(N_("because {reason}"), reason=first))
    *middle, last = others
    return say(phrase(N_("because {reasons} and {reason}"), reasons=", ".join((first, *middle)), reason=last))


def _said(condition: Condition, facts: Facts, elements: tuple[KnowHow, ...]) -> Iterable[Phrase]:
    fact, value = condition.fact, facts[condition.fact]
    if fact in _OF_ELEMENTS or fact in _OF_CARRIED:
        return (_about_elements(condition, elements),)
    if isinstance(value, int) or value is None:
        return (phrase(CLAUSES[fact, ""], count=value),)
    matched = value.intersection(condition.any_of) if condition.any_of else value
    return tuple(phrase(CLAUSES[fact, word]) for word in sorted(matched) or ("",))


def _about_elements(condition: Condition, elements: tuple[KnowHow, ...]) -> Phrase:
    of_carried = condition.fact in _OF_CARRIED
    wanted = condition.any_of if condition.fact != "element.carried" else ()
    titles = [e.title for e in elements if (not wanted or e.kind in wanted) and (e.carried or not of_carried)]
    return phrase(TAKEN if of_carried else KNOWN, titles=named(titles))


def named(titles: Iterable[str]) -> str:
    """*titles* in a row, the rest counted: ``sealing step, glue (+2)``."""
    all_titles = list(dict.fromkeys(in_one_row(title) for title in titles))
    more = len(all_titles) - MOST_TITLES
    return ", ".join(all_titles[:MOST_TITLES]) + (f" (+{more})" if more > 0 else "")


def in_one_row(text: str) -> str:
    """*text* without line ends and doubled spaces: what is typed into a field becomes part of a sentence."""
    return " ".join(text.split())
