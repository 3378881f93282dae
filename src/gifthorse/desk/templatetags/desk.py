"""How values are shown: the model's words, bytes, ages, numbers of items, and names that came from outside."""

import unicodedata
from datetime import datetime, timedelta
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gifthorse.desk import labels
from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.measures import confidence_words
from gifthorse.inspect.report.parts import place_words
from gifthorse.inspect.report.techniques import technique_words
from gifthorse.model.findings import Evidence
from gifthorse.model.words import Phrase

register = template.Library()
UNITS: Final = (_("bytes"), _("KB"), _("MB"), _("GB"), _("TB"))
THOUSAND: Final = 1000  # decimal units, as makers print them on media (IEC 80000-13)
A_DAY: Final = timedelta(days=1)
HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


@register.filter
def words(value: Any, kind: str) -> Any:
    """The words for *value* (a model value) of *kind*, or the value itself when none are known."""
    return labels.ALL[kind].get(str(value), value)


@register.filter
def translated(text: str) -> str:
    """*text* (a message id of a room) in the reader's language."""
    return gettext(text) if text else ""


@register.filter
def sentence(phrase: Phrase | None) -> str:
    """A phrase in the reader's language with its values filled in."""
    return "" if phrase is None else gettext(phrase.text).format_map(phrase.values)


@register.filter
def in_bytes(count: int | None) -> str:
    """A number of bytes as people read it, such as “7.8 GB”."""
    if count is None:
        return ""
    amount, unit = float(count), 0
    while amount >= THOUSAND and unit < len(UNITS) - 1:
        amount, unit = amount / THOUSAND, unit + 1
    return f"{amount:.1f} {UNITS[unit]}" if unit else f"{count} {UNITS[0]}"


@register.filter
def age(moment: datetime | None) -> str:
    """How long ago *moment* was, in its largest unit."""
    if moment is None:
        return ""
    minutes = max(int((timezone.now() - moment).total_seconds() // 60), 1)
    if minutes < 60:
        return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    return ngettext("{number} day", "{number} days", hours // 24).format(number=hours // 24)


@register.filter
def numbered(record_id: str) -> SafeString:
    """An opaque id, set so that it is easily compared with a label: its kind small, its characters in groups."""
    kind, dash, rest = str(record_id).partition("-")
    if not dash:
        return format_html('<span class="number">{}</span>', kind)
    groups = [rest[:5], rest[5:9], rest[9:]] if len(rest) == 13 else [rest]
    spans = mark_safe("".join(str(format_html("<span>{}</span>", group)) for group in groups))  # noqa: S308 - each part is escaped
    return format_html('<span class="number" dir="ltr"><i>{}-</i>{}</span>', kind, spans)


@register.filter
def untrusted(name: str) -> SafeString:
    """A name that came from outside: kept from turning the text around it, its invisible characters made visible."""
    shown = "".join(_visible(character) for character in str(name))
    return format_html('<bdi class="untrusted">{}</bdi>', mark_safe(shown))  # noqa: S308 - every character is escaped in _visible


@register.filter
def written_out(name: str) -> str:
    """A name from outside where no markup can stand, such as in a list of choices."""
    return legible(name, 80)


@register.filter
def is_old(moment: datetime | None) -> bool:
    """Whether somebody has waited for more than a day."""
    return moment is not None and timezone.now() - moment > A_DAY


@register.filter
def where(place: Evidence) -> list[str]:
    """Where a piece of evidence lies, in the words of the exports: partition, byte, length."""
    return [sentence(fact) for fact in place_words(place)]


@register.filter
def sureness(confidence: float) -> str:
    """How sure the detector is, in words."""
    return gettext(confidence_words(confidence))


@register.filter
def technique(technique_id: str) -> str:
    """An ATT&CK technique by its number and name."""
    return technique_words(technique_id)


@register.filter
def share(part: int, whole: int) -> int:
    """*part* of *whole* in whole percent, 0 to 100."""
    return min(100, part * 100 // whole) if whole else 0


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The query of this page with *changes*, for links to its other pages."""
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        asked[name] = value
    return f"?{asked.urlencode()}"


def _visible(character: str) -> str:
    if unicodedata.category(character) in HIDDEN and character not in "\u200c\u200d":
        return str(format_html('<span class="codepoint">U+{}</span>', f"{ord(character):04X}"))
    return str(conditional_escape(character))
