"""How a clock is shown: how much is left, and whether it has run out."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def is_past(moment: datetime | None) -> bool:
    """Whether *moment* is over."""
    return moment is not None and moment <= timezone.now()


@register.filter
def left(moment: datetime | None) -> str:
    """How much time there is until *moment*, in its largest unit."""
    if moment is None:
        return ""
    minutes = max(int((moment - timezone.now()).total_seconds() // 60), 1)
    if minutes < 120:
        return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
    return ngettext("{number} hour", "{number} hours", minutes // 60).format(number=minutes // 60)
