"""What officers and reporters enter about an item."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.desk import labels
from gifthorse.model.custody import ItemKind, ItemState, Outcome
from gifthorse.model.inspections import Verdict
from gifthorse.report.gift import LONGEST_TEXT


class SearchForm(forms.Form):
    """Narrows the list of items."""

    search = forms.CharField(label=_("Number on the label"), required=False, max_length=40)
    state = forms.ChoiceField(label=_("State"), choices=lambda: labels.choices(labels.STATES, ItemState, empty=_("any")), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: labels.choices(labels.KINDS, ItemKind, empty=_("any")), required=False)
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=lambda: labels.choices(labels.VERDICTS, Verdict, empty=_("any")), required=False
    )

    def wanted(self) -> dict[str, Any]:
        """What was asked for; anything that isn't known counts as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class CustodyForm(forms.Form):
    """Taking an item in."""

    seal_number = forms.CharField(label=_("Seal number"), help_text=_("As printed on the bag."), max_length=40)
    seal_intact = forms.ChoiceField(
        label=_("Was the bag sealed?"),
        choices=[("", _("There was no bag")), ("yes", _("Yes, unbroken")), ("no", _("No, or broken"))],
        required=False,
    )
    place = forms.CharField(label=_("Kept where?"), max_length=80, required=False)
    happened_at = forms.DateTimeField(
        label=_("When?"),
        help_text=_("Leave it empty for now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        required=False,
    )

    def step(self) -> dict[str, Any]:
        """The answers, as the procedures take them."""
        given = dict(self.cleaned_data)
        given["seal_intact"] = {"yes": True, "no": False}.get(given["seal_intact"])
        return given


class HandOverForm(CustodyForm):
    """An item changes hands."""

    receiver = forms.ChoiceField(label=_("To a colleague"), required=False)
    outside = forms.CharField(
        label=_("Or to somebody outside"), help_text=_("Name and organisation. Kept encrypted."), max_length=200, required=False
    )
    field_order = ("receiver", "outside", "seal_number", "seal_intact", "place", "happened_at")

    def __init__(self, *args: Any, colleagues: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seal_number"].required = False
        self.fields["receiver"].choices = [("", _("nobody")), *sorted(colleagues.items(), key=lambda one: one[1].casefold())]  # type: ignore[attr-defined]


class ContentForm(forms.Form):
    """The content of an item: an image or a file."""

    file = forms.FileField(label=_("Image or file"), help_text=_("A disk image, or a single file. It is encrypted while it arrives."))


class FolderForm(forms.Form):
    """A folder on the server."""

    path = forms.CharField(label=_("Folder on the server"), help_text=_("For a kiosk that copies media: its full path."), max_length=1000)


class DecisionForm(forms.Form):
    """What happens with the item, and why."""

    outcome = forms.ChoiceField(
        label=_("What happens with it?"),
        choices=lambda: labels.choices(labels.OUTCOMES, Outcome),
        widget=forms.RadioSelect(attrs={"class": "rows"}),
    )
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT)


class NoteForm(forms.Form):
    """What an officer thinks of a finding."""

    DISPUTE = "dispute"
    kind = forms.ChoiceField(choices=[(DISPUTE, _("I disagree")), ("explain", _("It is harmless, because"))])
    text = forms.CharField(max_length=LONGEST_TEXT)
    place = forms.IntegerField(min_value=1, required=False)


class WordsForm(forms.Form):
    """A message about an item."""

    text = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT)
