"""What officers and research security enter about know-how."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.brief.kinds import ElementKind, Protection
from gifthorse.desk.wordings import register as words
from gifthorse.model.register import (
    GREATEST_WEIGHT,
    LEAST_WEIGHT,
    LONGEST_PROSE,
    LONGEST_TITLE,
    AssetFacts,
    ElementFacts,
    PartyFacts,
    PartyKind,
)
from gifthorse.procedures.keep_know_how import LONGEST_LEAD, ElementShape


def prose(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of several lines that can be left empty."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST_PROSE, required=False, **more)


class AssetForm(forms.Form):
    """Something the house knows how to do."""

    title = forms.CharField(
        label=_("What is it called here?"), help_text=_("Kept encrypted, like all of this page."), max_length=LONGEST_TITLE
    )
    what = prose(_("What is it, and why would somebody want it?"))
    unit = forms.ChoiceField(label=_("Department"), required=False)

    def __init__(self, *args: Any, units: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("none")), *((unit.pk, unit.title) for unit in units)]  # type: ignore[attr-defined]

    def facts(self) -> AssetFacts:
        """What is kept encrypted."""
        return AssetFacts(title=" ".join(self.cleaned_data["title"].split()), what=self.cleaned_data["what"].strip())


class ChangeAssetForm(AssetForm):
    """The same asset, later."""

    retired = forms.BooleanField(label=_("It counts no more"), help_text=_("It stays on record."), required=False)


class ElementForm(forms.Form):
    """One element of know-how."""

    title = forms.CharField(label=_("Element"), help_text=_("One thing that can be asked for in one sentence."), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("Kind"), choices=words.in_order(ElementKind, words.ELEMENTS))
    weight = forms.TypedChoiceField(
        label=_("Weight"),
        help_text=_("How much of the whole would be gone with it? 1 little, 5 all of it."),
        coerce=int,
        choices=[(number, str(number)) for number in range(LEAST_WEIGHT, GREATEST_WEIGHT + 1)],
        widget=forms.RadioSelect(attrs={"class": "line"}),
        initial=3,
    )
    protection = forms.ChoiceField(
        label=_("Protection"), choices=words.in_order(Protection, words.PROTECTIONS), initial=Protection.INTERNAL
    )
    lead_years = forms.IntegerField(
        label=_("Years of lead"),
        help_text=_("How long others would need to get there."),
        min_value=0,
        max_value=LONGEST_LEAD,
        required=False,
    )
    export_reference = forms.CharField(
        label=_("Export control"),
        help_text=_("Its number on the list, such as 2B001. Empty: none."),
        max_length=LONGEST_TITLE,
        required=False,
    )
    line = prose(_("Line to take"), help_text=_("What colleagues answer when they are asked for it. It goes into their brief."))

    def shape(self) -> ElementShape:
        """What is kept in clear."""
        given = self.cleaned_data
        kind, protection = ElementKind(given["kind"]), Protection(given["protection"])
        return ElementShape(kind=kind, weight=given["weight"], protection=protection, lead_years=given["lead_years"])

    def facts(self) -> ElementFacts:
        """What is kept encrypted."""
        given = self.cleaned_data
        return ElementFacts(
            title=" ".join(given["title"].split()), line=given["line"].strip(), export_reference=given["export_reference"].strip()
        )


class ChangeElementForm(ElementForm):
    """The same element, later."""

    retired = forms.BooleanField(label=_("It counts no more"), help_text=_("It stays on record."), required=False)


class PartyForm(forms.Form):
    """A house outside, with what it holds."""

    name = forms.CharField(label=_("Name"), help_text=_("Kept encrypted."), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("What it does for us"), choices=words.in_order(PartyKind, words.PARTIES))
    note = prose(_("Note"), help_text=_("Contract, contact person on our side, what was agreed on secrecy."))
    elements = forms.MultipleChoiceField(
        label=_("Elements that it holds"), widget=forms.CheckboxSelectMultiple(attrs={"class": "rows"}), required=False
    )

    def __init__(self, *args: Any, elements: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elements"].choices = [(one.element.pk, f"{one.asset_title}: {one.facts.title}") for one in elements]  # type: ignore[attr-defined]

    def facts(self) -> PartyFacts:
        """What is kept encrypted."""
        return PartyFacts(name=" ".join(self.cleaned_data["name"].split()), note=self.cleaned_data["note"].strip())
