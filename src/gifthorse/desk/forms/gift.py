"""What somebody was given: few questions, one of them required."""

from datetime import date
from typing import Any, ClassVar

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.desk import labels
from gifthorse.desk.uploads import PHOTOGRAPHS_AT_ONCE
from gifthorse.model.custody import ItemKind, ValueBand
from gifthorse.report.gift import LONGEST_LINE, LONGEST_TEXT, GiftReport


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several pictures, or opens the phone's camera."""

    template_name = "parts/photographs.html"
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:  # noqa: ARG002 - Django's signature
        """All files under *name*."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class PhotographsField(forms.FileField):
    """Up to a few pictures."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        """The pictures; none is an error where the field is required."""
        pictures = list(data or [])
        if self.required and not pictures:
            raise forms.ValidationError(_("Please choose a picture."))
        if len(pictures) > PHOTOGRAPHS_AT_ONCE:
            raise forms.ValidationError(_("Please choose at most six pictures at once."))
        return [super(PhotographsField, self).clean(picture) for picture in pictures]


class GiftForm(forms.Form):
    """The report. Everything but what it is can be left empty."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=lambda: labels.choices(labels.KINDS, ItemKind),
        widget=forms.RadioSelect(attrs={"class": "rows"}),
        error_messages={"required": _("Please choose what it is.")},
    )
    what = forms.CharField(
        label=_("What does it look like?"), help_text=_("Colour, label, anything printed on it."), max_length=LONGEST_LINE, required=False
    )
    plugged_in = forms.ChoiceField(
        label=_("Was it connected to anything of yours?"),
        help_text=_("There is no blame in a yes: it only changes what we do first."),
        choices=[("", _("I'm not sure")), ("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect(attrs={"class": "line"}),
        required=False,
    )
    given_on = forms.DateField(label=_("When did you get it?"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    place = forms.CharField(label=_("Where?"), max_length=LONGEST_LINE, required=False)
    occasion = forms.CharField(
        label=_("At what occasion?"), help_text=_("A fair, a visit, a dinner, by post."), max_length=LONGEST_LINE, required=False
    )
    giver = forms.CharField(
        label=_("Who gave it to you?"),
        help_text=_("As they introduced themselves: name, firm, what they do."),
        max_length=LONGEST_LINE,
        required=False,
    )
    said = forms.CharField(label=_("What was said?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT, required=False)
    value_band = forms.ChoiceField(
        label=_("What is it worth, roughly?"), choices=lambda: labels.choices(labels.VALUE_BANDS, ValueBand), required=False
    )
    photographs = PhotographsField(
        label=_("Photographs"), help_text=_("Front and back, with what is printed on it. Optional."), required=False
    )

    sections: ClassVar = (
        (_("The thing"), ("kind", "what", "plugged_in")),
        (_("How you got it"), ("given_on", "place", "occasion", "giver", "said")),
        (_("More"), ("value_band", "photographs")),
    )

    def report(self) -> GiftReport:
        """The answers, as the procedure takes them."""
        given = self.cleaned_data
        day: date | None = given["given_on"]
        connected = {"yes": True, "no": False}.get(given["plugged_in"])
        texts = {name: given[name] for name in ("what", "place", "occasion", "giver", "said")}
        report = GiftReport(kind=ItemKind(given["kind"]), given_on=day, plugged_in=connected, **texts)
        return msgspec.structs.replace(report, value_band=ValueBand(given["value_band"] or ValueBand.UNKNOWN))

    def in_sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.sections]


class PhotographsForm(forms.Form):
    """More pictures of an item."""

    photographs = PhotographsField(label=_("Add photographs"))
