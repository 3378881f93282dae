"""One sentence for each reason, made of the rule and of counts alone: tactics, asks, favours, months, number of people.

Nobody is named or suspected in them, and what is counted is counted from exactly the observations that carry the reason.
"""

from collections.abc import Callable, Sequence
from string import Formatter
from typing import Final

from gifthorse.assess.reasons import FLOOR, GROUP_RULES, MITIGATORS
from gifthorse.assess.scale import Scale, TacticWeight
from gifthorse.assess.tactic_words import TACTIC_WORDS
from gifthorse.model.observations import Observation
from gifthorse.model.words import N_, Phrase

_GROUP_OF: Final = {rule: group for group, rule in GROUP_RULES.items()}
# What is said of a single observation, of several within a month, and of several over months.
_SENTENCES: Final = {
    "evidence.contact": (N_("How they met: {what}."), *((N_("How they met: {what} (reported {count} times)."),) * 2)),
    "evidence.probe": (N_("Probing: {what}."), *((N_("Probing: {what} (reported {count} times)."),) * 2)),
    "evidence.favour": (N_("Given or held out: {what}."), *((N_("Given or held out: {what} (reported {count} times)."),) * 2)),
    "evidence.secrecy": (N_("Kept out of sight: {what}."), *((N_("Kept out of sight: {what} (reported {count} times)."),) * 2)),
    "evidence.ask": (N_("Asked: {what}."), *((N_("Asked: {what} (reported {count} times)."),) * 2)),
    "evidence.coercion": (N_("Pressure: {what}."), *((N_("Pressure: {what} (reported {count} times)."),) * 2)),
    "evidence.technical": (N_("Devices and rooms: {what}."), *((N_("Devices and rooms: {what} (reported {count} times)."),) * 2)),
    "ask.protected": (
        N_("The contact asked for {ask}."),
        N_("The contact asked {count} times for what is not public, up to {ask}, within a month."),
        N_("The contact asked {count} times for what is not public, up to {ask}, within {months} months."),
    ),
    "ask.after_favour": (
        N_("A favour and an ask for {ask} came together."),
        N_("Favours came first, then asks, up to {ask}, within a month."),
        N_("Favours came first, then asks, up to {ask}, within {months} months."),
    ),
    "ask.after_affection": (
        N_("Affection came together with an ask for {ask}."),
        N_("Affection came first, then an ask for {ask}, within a month."),
        N_("Affection came first, then an ask for {ask}, within {months} months."),
    ),
    "ask.after_closeness": (
        N_("Growing closeness came together with an ask for {ask}."),
        N_("The contact grew close, then asked for {ask}, within a month."),
        N_("The contact grew close, then asked for {ask}, within {months} months."),
    ),
    "ask.after_hiding": (
        N_("Something kept out of sight came together with an ask for {ask}."),
        N_("Something was kept out of sight, then came an ask for {ask}, within a month."),
        N_("Something was kept out of sight, then came an ask for {ask}, within {months} months."),
    ),
    "task.after_favour": (
        N_("A favour came together with a task: {tasks}."),
        N_("Favours came first, then a task within a month: {tasks}."),
        N_("Favours came first, then a task within {months} months: {tasks}."),
    ),
    "debt.after_favour": (
        N_("A favour was given and called in at once."),
        N_("Favours were given and called in within a month."),
        N_("Favours were given and called in within {months} months."),
    ),
    "secrecy.after_favour": (
        N_("After a favour, something was kept out of sight: {hidden}."),
        N_("Within a month of favours, something was kept out of sight: {hidden}."),
        N_("Within {months} months of favours, something was kept out of sight: {hidden}."),
    ),
    "weakness.answered": (
        N_("Questions about a weak spot came together with money or help."),
        N_("Questions about a weak spot and money or help came within a month."),
        N_("Questions about a weak spot and money or help came within {months} months."),
    ),
    "travel.private_line": (
        N_("Travel at the contact's expense came together with a private line."),
        N_("Travel at the contact's expense and a private line came within a month."),
        N_("Travel at the contact's expense and a private line came within {months} months."),
    ),
    "handling": (N_("This is how somebody who runs people works: {handled}."),) * 3,
    "pressure": (N_("One of us was put under pressure. Offer help now."),) * 3,
    "contact.several": (N_("The same contact approached several of us."),) * 3,
    "ask.ladder": (
        N_("The asks climbed up to {ask}."),
        N_("Within a month the asks climbed, up to {ask}."),
        N_("Within {months} months the asks climbed, up to {ask}."),
    ),
    "reporters": (
        N_("{people} people reported this."),
        N_("{people} people reported this within a month."),
        N_("{people} people reported this within {months} months."),
    ),
    MITIGATORS: (N_("Speaks for ordinary business: {mitigators}."),) * 3,
    FLOOR: (N_("What speaks for ordinary business outweighs the rest: no score goes below zero."),) * 3,
}
_ASKS: Final = (
    N_("nothing"),
    N_("public knowledge or an opinion"),
    N_("personal matters or colleagues"),
    N_("internal matters"),
    N_("restricted know-how or access"),
)
_MITIGATORS: Final = {
    "official_channel": N_("an official channel"),
    "employer_paid": N_("our house paid"),
    "contract_countervalue": N_("a contract"),
    "identity_verified": N_("the contact's identity was verified"),
    "colleague_present": N_("a colleague was present"),
}
_MEASURE_OF: Final = {"tasks": "task", "hidden": "hiding", "handled": "handling"}
_OTHER_RULE: Final = (N_("A rule of this house applies (reports: {count})."),) * 3


def sentence(rule: str, places: Sequence[int], thread: Sequence[Observation], scale: Scale) -> Phrase:
    """The sentence of *rule* for the observations at *places* of the thread."""
    once, soon, long = _SENTENCES.get(rule, _OTHER_RULE)
    carriers = [thread[place] for place in places]
    text = once if len(places) == 1 else soon if _months(carriers) <= 1 else long
    return Phrase(text=text, values={key: _value(key, rule, carriers, scale) for key in _PLACES[text]})


def _value(key: str, rule: str, carriers: Sequence[Observation], scale: Scale) -> str:
    if key in _COUNTS:
        return str(_COUNTS[key](carriers))
    if key == "ask":
        return _ASKS[max(observation.ask_level for observation in carriers)]
    if key == "mitigators":
        said = {mitigator for observation in carriers for mitigator in observation.mitigators}
        return ", ".join(text for mitigator, text in _MITIGATORS.items() if mitigator in said)
    if key == "what":
        return _listed(carriers, scale, lambda tactic: tactic.group == _GROUP_OF[rule])
    measure = _MEASURE_OF[key]
    return _listed(carriers, scale, lambda tactic: any(seen == measure for seen, _ in tactic.seen))


def _months(carriers: Sequence[Observation]) -> int:
    return round(carriers[-1].month - carriers[0].month)


def _listed(carriers: Sequence[Observation], scale: Scale, belongs: Callable[[TacticWeight], bool]) -> str:
    """The words for the tactics that belong, in the catalogue's order, each once."""
    told = {tactic_id for observation in carriers for tactic_id in observation.tactics}
    chosen = [(scale.tactics[tactic_id].place, tactic_id) for tactic_id in told if tactic_id in scale.tactics]
    return ", ".join(TACTIC_WORDS[tactic_id] for _, tactic_id in sorted(chosen) if belongs(scale.tactics[tactic_id]))


def _places_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field for _, field, _, _ in Formatter().parse(text) if field))


_PLACES: Final = {text: _places_in(text) for texts in (*_SENTENCES.values(), _OTHER_RULE) for text in texts}


def _people(carriers: Sequence[Observation]) -> int:
    return len({observation.reporter for observation in carriers})


_COUNTS: Final[dict[str, Callable[[Sequence[Observation]], int]]] = {"count": len, "months": _months, "people": _people}
