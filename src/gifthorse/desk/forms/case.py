"""What an officer fills in about cases and levels."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.forms.thread import LONGEST, reason
from gifthorse.desk.wordings import threads as words
from gifthorse.model.threads import NoteKind


class NewCaseForm(forms.Form):
    """A new case."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    marking = forms.ChoiceField(
        label=_("Marking"),
        choices=list(words.MARKINGS.items()),
        initial="amber",
        help_text=_("How far it may go, by the Traffic Light Protocol."),
    )
    thread = forms.CharField(widget=forms.HiddenInput, required=False)


class CaseNoteForm(forms.Form):
    """A note, a task or a hand-over."""

    kind = forms.ChoiceField(
        label=_("What"), choices=[(one.value, words.CASE_NOTES[one.value]) for one in NoteKind], widget=forms.RadioSelect, initial="note"
    )
    text = forms.CharField(label=_("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    to = forms.ChoiceField(label=_("For whom"), required=False, help_text=_("For tasks and hand-overs."))
    due_on = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, officers: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "–"), *officers]  # type: ignore[attr-defined]


class CaseTurnForm(forms.Form):
    """Closes a case, or opens it again."""

    text = reason(_("How it ended, or why it is opened again"))


class AddToCaseForm(forms.Form):
    """A thread into a case that is there."""

    case = forms.ChoiceField(label=_("Case"))
    thread = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]


class LevelsForm(forms.Form):
    """The size of the house, for which levels are computed."""

    staff = forms.IntegerField(label=_("People in the house"), min_value=1, max_value=10_000_000)
    exposed = forms.IntegerField(
        label=_("Of them exposed"), min_value=1, max_value=10_000_000, help_text=_("Those from whom outsiders may want something.")
    )
    with_own_rates = forms.BooleanField(label=_("Use what the reports of the last year say about how often contacts come"), required=False)
