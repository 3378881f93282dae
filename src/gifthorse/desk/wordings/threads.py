"""The words for the values of threads, links, patterns, triggers and cases, and for what is done with them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gifthorse.desk.wordings import Words
from gifthorse.model.roles import Procedure

LEVELS: Final[Words] = {"none": _("nothing special"), "watch": _("watch"), "talk": _("talk"), "act": _("act")}
LEVEL_MEANINGS: Final[Words] = {
    "none": _("Nothing to do."),
    "watch": _("Keep an eye on it; nobody is told."),
    "talk": _("Offer help: a friendly talk with your colleague. It accuses nobody."),
    "act": _("Two officers decide together what to do."),
}
THREAD_STATES: Final[Words] = {"open": _("open"), "ordinary": _("ordinary business"), "merged": _("carried on elsewhere")}
JUDGEMENTS: Final[Words] = {
    "talk": _("Talk"),
    "ask": _("Ask for more"),
    "ordinary": _("Ordinary business"),
    "reopen": _("Opened again"),
    "confirm": _("Confirmed"),
    "compare": _("Compared the explanations"),
    "act": _("Proposed to act"),
    "agree": _("Agreed to act"),
    "disagree": _("Did not agree to act"),
}
LINKS: Final[Words] = {
    "suggested": _("suggested"),
    "queued": _("possible"),
    "confirmed": _("one person"),
    "refused": _("two people"),
    "undone": _("taken back"),
    "faded": _("no longer likely"),
    "met": _("met"),
}
COMPARISONS: Final[Words] = {
    "prior": _("Before anything"),
    "phone": _("Telephone"),
    "mail": _("Mail"),
    "profile": _("Profile"),
    "messenger": _("Messenger"),
    "account": _("Account"),
    "card": _("Card"),
    "portrait": _("Portrait"),
    "name": _("Name"),
    "employer": _("Employer"),
    "event": _("Event"),
    "introducer": _("Introducer"),
    "message": _("First message"),
    "limit": _("Limit"),
}
ASKS: Final[Words] = {
    "0": _("nothing"),
    "1": _("public knowledge or an opinion"),
    "2": _("personal matters or colleagues"),
    "3": _("internal matters"),
    "4": _("restricted know-how or access"),
}
FAVOUR_BANDS: Final[Words] = {"none": _("none"), "small": _("small"), "medium": _("medium"), "large": _("large")}
FAVOUR_SIDES: Final[Words] = {"in": _("given to our colleague"), "out": _("given by our colleague"), "contract": _("under a contract")}
FAVOUR_KINDS: Final[Words] = {
    "gift": _("gift"),
    "hospitality": _("hospitality"),
    "travel": _("travel"),
    "fee": _("fee"),
    "cash": _("cash"),
    "crypto": _("crypto money"),
    "family": _("help for the family"),
    "career": _("something for the career"),
    "service": _("service"),
    "other": _("something else"),
}
MITIGATORS: Final[Words] = {
    "official_channel": _("an official channel"),
    "employer_paid": _("our house paid"),
    "contract_countervalue": _("there is a contract"),
    "identity_verified": _("identity verified"),
    "colleague_present": _("a colleague was present"),
}
CIRCUMSTANCES: Final[Words] = {
    "several_reporters": _("several people told of it"),
    "no_ask": _("in half a year and more nothing was asked"),
    "no_favour": _("in half a year and more nothing was given"),
    "nothing_hidden": _("in half a year and more nothing was hidden"),
}
BEARINGS: Final[Words] = {"consistent": _("fits"), "neutral": _("says nothing"), "inconsistent": _("speaks against it")}
BEARING_SIGNS: Final[Words] = {"consistent": "+", "neutral": "·", "inconsistent": "−"}
TRIGGERS: Final[Words] = {
    "sponsored_trip": _("A paid trip to answer"),
    "leaver_contacted": _("A leaver was approached"),
    "undeclared_relationship": _("A relationship to declare"),
    "colleague_concern": _("A colleague is concerned"),
    "gone_silent": _("Gone silent"),
    "same_pretext": _("The same pretext again"),
    "passed_on": _("Passed on to a successor"),
}
TRIGGER_STATES: Final[Words] = {"open": _("to do"), "done": _("done"), "not-needed": _("not needed")}
CASE_STATES: Final[Words] = {"open": _("open"), "closed": _("closed")}
CASE_NOTES: Final[Words] = {"note": _("Note"), "task": _("Task"), "hand-over": _("Handed over")}
MARKINGS: Final[Words] = {
    "clear": "TLP:CLEAR",
    "green": "TLP:GREEN",
    "amber": "TLP:AMBER",
    "amber-strict": "TLP:AMBER+STRICT",
    "red": "TLP:RED",
}
CASE_FORMS: Final[Words] = {"pdf": _("PDF"), "stix.json": _("STIX 2.1"), "misp.json": _("MISP event")}
GATHERING_KINDS: Final[Words] = {"site-week": _("a week at one place")}
WORDS: Final[dict[str, Words]] = {
    "level": LEVELS,
    "level_meaning": LEVEL_MEANINGS,
    "thread_state": THREAD_STATES,
    "judgement": JUDGEMENTS,
    "link": LINKS,
    "comparison": COMPARISONS,
    "ask": ASKS,
    "favour_band": FAVOUR_BANDS,
    "favour_side": FAVOUR_SIDES,
    "favour_kind": FAVOUR_KINDS,
    "mitigator": MITIGATORS,
    "bearing": BEARINGS,
    "bearing_sign": BEARING_SIGNS,
    "trigger": TRIGGERS,
    "trigger_state": TRIGGER_STATES,
    "case_state": CASE_STATES,
    "case_note": CASE_NOTES,
    "tlp": MARKINGS,
    "case_form": CASE_FORMS,
    "pattern_kind": GATHERING_KINDS,
}
DEEDS: Final[Words] = {
    Procedure.ASSESS_THREADS: _("assessed threads"),
    Procedure.SUGGEST_LINKS: _("suggested links"),
    Procedure.DECIDE_LINK: _("looked at or decided a link"),
    Procedure.VIEW_THREAD: _("looked at a thread"),
    Procedure.JUDGE_THREAD: _("judged a thread"),
    Procedure.SECOND_JUDGEMENT: _("looked at or answered a proposal to act"),
    Procedure.HANDLE_TRIGGER: _("looked at or worked on a trigger"),
    Procedure.OPEN_CASE: _("opened a case"),
    Procedure.VIEW_CASE: _("looked at a case"),
    Procedure.WORK_ON_CASE: _("worked on a case"),
    Procedure.EXPORT_CASE: _("exported a case"),
    Procedure.SET_LEVELS: _("set the levels"),
}
