"""What an officer corrects about a contact."""

from typing import Any, Final

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.wordings import register as words
from gifthorse.model.contacts import LONGEST_PROSE, LONGEST_VALUE, MOST_VALUES, ContactFacts, Verified

LINES: Final = ("names", "employer", "phones", "mails", "profiles", "messengers", "accounts")


def lines(label: Any, **more: Any) -> forms.CharField:
    """Several values, one in each line."""
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return forms.CharField(label=label, widget=widget, max_length=MOST_VALUES * (LONGEST_VALUE + 1), required=False, **more)


class ContactFilterForm(forms.Form):
    """Narrows the list of contacts."""

    search = forms.CharField(label=_("Name, number, mail, employer"), required=False, max_length=200)
    verified = forms.ChoiceField(label=_("Verified"), required=False, choices=[("", _("any")), *words.in_order(Verified, words.VERIFIED)])


class CorrectContactForm(forms.Form):
    """The contact as it is held to be. What stood there before stays on record."""

    names = lines(_("Names"), help_text=_("As given, each spelling in a line of its own, in its own script."))
    employer = lines(_("Employer, as claimed"))
    phones = lines(_("Telephone"))
    mails = lines(_("Mail"))
    profiles = lines(_("Profiles"), help_text=_("Addresses of their pages."))
    messengers = lines(_("Messengers"), help_text=_("Service, a colon, the name there."))
    accounts = lines(_("Bank or crypto accounts"))
    card_text = forms.CharField(
        label=_("Text of the card"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=LONGEST_PROSE, required=False
    )
    first_message = forms.CharField(
        label=_("First message"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=LONGEST_PROSE, required=False
    )
    verified = forms.ChoiceField(
        label=_("Are they who they say?"),
        choices=words.in_order(Verified, words.VERIFIED),
        widget=forms.RadioSelect(attrs={"class": "rows"}),
    )
    reason = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("Whom you asked, what you compared. It stays on record."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_PROSE,
    )

    @classmethod
    def showing(cls, facts: ContactFacts, verified: str) -> "CorrectContactForm":
        """The form with what is kept now."""
        told = {name: "\n".join(getattr(facts, name)) for name in LINES}
        return cls(initial={**told, "card_text": facts.card_text, "first_message": facts.first_message, "verified": verified})

    def facts(self, kept: ContactFacts) -> ContactFacts:
        """*kept* with the answers."""
        given = self.cleaned_data
        listed: dict[str, Any] = {name: tuple(line.strip() for line in given[name].splitlines() if line.strip()) for name in LINES}
        return msgspec.structs.replace(kept, **listed, card_text=given["card_text"].strip(), first_message=given["first_message"].strip())
