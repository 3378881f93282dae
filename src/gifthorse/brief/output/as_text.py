"""A brief as plain text, with a number behind each sentence that points to its reason and source."""

from collections.abc import Iterator

from gifthorse.brief.composed import TITLES, WHY_LEFT_OUT, Brief
from gifthorse.brief.output.wording import Wording, notes
from gifthorse.model.words import N_, phrase


def as_text(brief: Brief, wording: Wording) -> str:
    """*brief* as text: the card, the parts, what was left out, and the list of reasons and sources."""
    return "\n".join(_lines(brief, wording)) + "\n"


def _lines(brief: Brief, wording: Wording) -> Iterator[str]:
    say = wording.say
    numbers, listed = notes(brief, wording)
    yield say(phrase(N_("Brief: {trip}"), trip=wording.trip)) if wording.trip else say(N_("Brief"))
    yield say(phrase(N_("Composed on {day}, good until {until}."), day=brief.composed_on, until=brief.good_until))
    yield from ("", _headed(say(N_("The card"))))
    on_pages = len(brief.sentences())
    for position, sentence in enumerate(brief.card, start=on_pages):
        yield f"- {wording.sentence(sentence)} [{numbers[position]}]"
    position = 0
    for section in brief.sections:
        yield from ("", _headed(say(TITLES[section.kind])))
        for sentence in section.sentences:
            yield f"- {wording.sentence(sentence)} [{numbers[position]}]"
            position += 1
    if brief.left_out:
        yield from ("", _headed(say(N_("Left out"))))
        for left in brief.left_out:
            yield f"- {say(TITLES[left.kind])}: {say(left.text)} ({say(WHY_LEFT_OUT[left.why])})"
    yield from ("", _headed(say(N_("Why, and who says so"))))
    for note in listed:
        yield f"[{note.number}] {note.reason}. {note.source}" + "".join(f" {warning}" for warning in note.warnings)


def _headed(title: str) -> str:
    return f"{title}\n{'-' * len(title)}"
