"""What administrators and officers enter about people, events, and the search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.brief.kinds import RoleKind
from gifthorse.desk.wordings import register as words
from gifthorse.model.register import LONGEST_TITLE, EventFacts, GatheringKind
from gifthorse.procedures.keep_events import EventShape
from gifthorse.procedures.keep_people import LONGEST_UNIT, PlaceFacts
from gifthorse.procedures.view_people import Standing


def day(**more: Any) -> forms.DateField:
    """A day of the calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class PeopleFileForm(forms.Form):
    """The house's list of people."""

    file = forms.FileField(
        label=_("List of people (CSV)"), help_text=_("Up to 5,000 people and 2 MB. Nothing is written before you have seen what changes.")
    )


class PeopleFilterForm(forms.Form):
    """Narrows the list of people."""

    search = forms.CharField(label=_("Name, number or mail"), required=False, max_length=LONGEST_TITLE)
    unit = forms.ChoiceField(label=_("Department"), required=False)
    standing = forms.ChoiceField(
        label=_("In the house"), required=False, choices=[("", _("any")), *words.in_order(Standing, words.STANDINGS)]
    )

    def __init__(self, *args: Any, units: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("any")), *((unit.pk, unit.title) for unit in units)]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """Where somebody stands in the house."""

    name = forms.CharField(label=_("Name"), help_text=_("Kept encrypted, like the mail address."), max_length=LONGEST_TITLE)
    mail = forms.EmailField(label=_("Mail address"), max_length=LONGEST_TITLE, required=False)
    unit = forms.CharField(label=_("Department"), max_length=LONGEST_UNIT, required=False)
    duty_kind = forms.ChoiceField(
        label=_("What they do"), required=False, choices=[("", _("not said")), *words.in_order(RoleKind, words.DUTY_KINDS)]
    )
    signs = forms.BooleanField(label=_("Signs for the house"), required=False)
    zone = forms.CharField(label=_("Time zone"), help_text=_("Such as Europe/Berlin; for quiet hours."), max_length=64, required=False)
    language = forms.CharField(label=_("Language"), help_text=_("Such as de or en."), max_length=12, required=False)
    leaving_on = day(label=_("Last day"), help_text=_("The account ends with it."), required=False)
    stands_in = forms.BooleanField(label=_("Stands in when the officers are away"), required=False)

    def facts(self) -> PlaceFacts:
        """The answers, as the procedure takes them."""
        return PlaceFacts(**self.cleaned_data)


class EventFilterForm(forms.Form):
    """Narrows the list of events."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), *words.in_order(GatheringKind, words.GATHERINGS)])


class EventForm(forms.Form):
    """An event."""

    title = forms.CharField(label=_("What is it called?"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("Kind"), choices=words.in_order(GatheringKind, words.GATHERINGS))
    starts_on = day(label=_("First day"))
    ends_on = day(label=_("Last day"))
    place = forms.CharField(
        label=_("Place"),
        help_text=_("Town and hall. Kept encrypted; the same place is known again."),
        max_length=LONGEST_TITLE,
        required=False,
    )
    organiser = forms.CharField(label=_("Organiser"), max_length=LONGEST_TITLE, required=False)

    def shape(self) -> EventShape:
        """Kind and days."""
        given = self.cleaned_data
        return EventShape(kind=GatheringKind(given["kind"]), starts_on=given["starts_on"], ends_on=given["ends_on"])

    def facts(self) -> EventFacts:
        """What is kept encrypted."""
        return EventFacts(**{name: " ".join(self.cleaned_data[name].split()) for name in ("title", "place", "organiser")})


class SearchAllForm(forms.Form):
    """One field."""

    q = forms.CharField(
        label=_("What do you look for?"),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
