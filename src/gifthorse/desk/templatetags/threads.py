"""How threads are shown: months, tactics, evidence, sentences of several clauses, percentages."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext

from gifthorse.assess.diagnosticity import WORDS as HYPOTHESES
from gifthorse.assess.movement import Sentence
from gifthorse.assess.tactic_words import TACTIC_WORDS
from gifthorse.desk.wordings.threads import ASKS, CIRCUMSTANCES, FAVOUR_BANDS, MITIGATORS

register = template.Library()


@register.filter
def as_month(month: float) -> date:
    """A month counted from the year 0, as the first of it."""
    whole = int(month)
    return date(max(whole // 12, 1), whole % 12 + 1, 1)


@register.filter
def tactic(tactic_id: str) -> str:
    """The short words for a tactic."""
    return gettext(TACTIC_WORDS[tactic_id]) if tactic_id in TACTIC_WORDS else tactic_id


@register.filter
def hypothesis(value: str) -> str:
    """The words for a hypothesis."""
    return gettext(HYPOTHESES[value]) if value in HYPOTHESES else str(value)  # type: ignore[index]


@register.filter
def evidence(told: str) -> str:
    """The words for a kind of evidence, such as ``tactic:T33``."""
    kind, _, value = told.partition(":")
    if kind == "tactic":
        return tactic(value)
    words = {"ask": ASKS, "favour": FAVOUR_BANDS, "mitigator": MITIGATORS, "circumstance": CIRCUMSTANCES}.get(kind, {})
    frames = {"ask": gettext("asked for: {what}"), "favour": gettext("a favour: {what}")}
    return frames.get(kind, "{what}").format(what=words.get(value, value))


@register.filter
def moved(sentence: Sentence) -> str:
    """A sentence of clauses in the reader's language."""
    return sentence.rendered(gettext)


@register.filter
def lookup(table: dict[Any, Any], key: Any) -> Any:
    """The value under *key*, or nothing."""
    return table.get(key, "")
