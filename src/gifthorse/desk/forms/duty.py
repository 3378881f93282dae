"""The question "do I have to report this?"."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.brief.duties.events import Answer, EventType, Regime
from gifthorse.desk.forms.trip import ANSWERS, LINE, ROWS
from gifthorse.desk.wordings import travel as words
from gifthorse.procedures.view_duties import ASKED_ABOUT, Asked


class MustReportForm(forms.Form):
    """Pick what happened. The rest is asked only where the house's rules need it."""

    event = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(event.value, words.DUTY_EVENTS[event.value]) for event in ASKED_ABOUT],
        widget=forms.RadioSelect(attrs={"class": "rows two"}),
        error_messages={"required": _("Please choose what happened.")},
    )
    regimes = forms.MultipleChoiceField(
        label=_("Does any of this hold for you?"), widget=forms.CheckboxSelectMultiple(attrs=ROWS), required=False
    )
    official = forms.ChoiceField(
        label=_("Was it, or is it, an official trip?"), choices=ANSWERS, widget=forms.RadioSelect(attrs=LINE), required=False
    )
    abroad = forms.ChoiceField(label=_("Does it go abroad?"), choices=ANSWERS, widget=forms.RadioSelect(attrs=LINE), required=False)

    def __init__(self, *args: Any, regimes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["regimes"].choices = [(regime, words.REGIMES[regime]) for regime in regimes]
        if not regimes:
            for name in ("regimes", "official", "abroad"):
                del self.fields[name]

    def asked(self) -> Asked:
        """What was picked, as the procedure takes it."""
        given = self.cleaned_data
        return Asked(
            event=EventType(given["event"]),
            regimes=frozenset(Regime(word) for word in given.get("regimes", ())),
            official=Answer(given["official"]) if given.get("official") else None,
            abroad=Answer(given["abroad"]) if given.get("abroad") else None,
        )


class SubscriptionForm(forms.Form):
    """The address of one's own calendar."""

    address = forms.CharField(
        label=_("Address of your calendar"),
        help_text=_("Your calendar program calls it “share” or “publish”; it begins with https:// or webcal://."),
        max_length=2000,
        required=False,
    )
