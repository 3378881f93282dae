"""What reporters and officers enter about a report."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.forms.choosing import ChoosingForm
from gifthorse.desk.wordings import reports as words
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator
from gifthorse.model.reports import ReportKind, ReportOutcome, ReportState
from gifthorse.procedures.keep_favours import FavourFacts, FavourHandling
from gifthorse.report.answers import LONGEST_TEXT

MONTHS = 12
TYPED = {"autocomplete": "off", "dir": "auto"}
ANSWERED_BY_HAND = tuple(outcome for outcome in ReportOutcome if outcome is not ReportOutcome.NOTHING_TO_REPORT)


class LetterForm(forms.Form):
    """A letter about a report; the three on a page are told apart by their prefix."""

    text = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), max_length=LONGEST_TEXT)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class FileForm(forms.Form):
    """A photograph or file."""

    file = forms.FileField(
        label=_("Photograph or file"), help_text=_("It is encrypted while it arrives, and inspected before anyone opens it.")
    )


class InboxForm(forms.Form):
    """Narrows the list of reports."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("any")), ("open", _("not answered yet")), *words.in_order(ReportState, words.REPORT_STATES)],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), *words.in_order(ReportKind, words.REPORT_KINDS)])

    def wanted(self) -> dict[str, str]:
        """What was asked for; anything that isn't known counts as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class CloseForm(forms.Form):
    """How a report ended; how long it is kept follows from that."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=words.in_order(ANSWERED_BY_HAND, words.REPORT_OUTCOMES),
        widget=forms.RadioSelect(attrs={"class": "rows"}),
    )


class HandOnForm(forms.Form):
    """Which colleague may read a sealed report, too."""

    officer = forms.ChoiceField(label=_("Another officer"))

    def __init__(self, *args: Any, officers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = list(officers.items())  # type: ignore[attr-defined]


class CorrectionForm(ChoosingForm):
    """An observation, to be corrected."""

    tactics = forms.MultipleChoiceField(required=False)
    month = forms.CharField(label=_("Month"), widget=forms.TextInput(attrs={"type": "month"}), max_length=10)
    ask_level = forms.ChoiceField(label=_("How far did they ask?"), choices=words.in_order(AskLevel, words.ASK_LEVELS))
    elements = forms.MultipleChoiceField(label=_("Know-how that was asked for"), required=False)
    favour = forms.ChoiceField(label=_("Largest favour that ours received"), choices=words.in_order(FavourBand, words.BANDS))
    grade = forms.CharField(
        label=_("Grade"), help_text=_("Reliability A to F and credibility 1 to 6, such as B2."), min_length=2, max_length=2
    )
    mitigators = forms.MultipleChoiceField(
        label=_("What makes it ordinary"),
        required=False,
        choices=words.in_order(Mitigator, words.MITIGATORS),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "rows"}),
    )
    contact_id = forms.CharField(
        label=_("Contact"),
        help_text=_("Type the name as it was reported; a part of it will do. Empty for none."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=TYPED),
    )
    disputed = forms.BooleanField(label=_("Disputed: it doesn't count in the assessment"), required=False)
    reason = forms.CharField(label=_("Why do you correct this?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT)

    def __init__(self, *args: Any, tactics: list[tuple[str, str]], elements: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tactics"].choices = tactics  # type: ignore[attr-defined]
        self.fields["elements"].choices = elements  # type: ignore[attr-defined]

    def clean_month(self) -> int:
        """The month as observations count it."""
        return month_of(self.cleaned_data["month"])

    def changes(self) -> dict[str, Any]:
        """Every field as it should stand; the procedure finds out which of them changed."""
        given = dict(self.cleaned_data)
        given.pop("reason")
        return given


class FavourForm(ChoosingForm):
    """An entry of the ledger of favours."""

    person = forms.CharField(
        label=_("One of ours"), help_text=_("Type the name; a part of it will do."), max_length=200, widget=forms.TextInput(attrs=TYPED)
    )
    direction = forms.ChoiceField(label=_("Who gave?"), choices=words.in_order(Direction, words.DIRECTIONS))
    kind = forms.ChoiceField(label=_("What?"), choices=words.in_order(FavourKind, words.FAVOUR_KINDS))
    band = forms.ChoiceField(
        label=_("Roughly worth"), choices=words.in_order([band for band in FavourBand if band is not FavourBand.NONE], words.BANDS)
    )
    month = forms.CharField(label=_("Month"), widget=forms.TextInput(attrs={"type": "month"}), max_length=10)
    handling = forms.ChoiceField(
        label=_("What became of it?"),
        required=False,
        choices=[("", words.HANDLINGS[""]), *words.in_order(FavourHandling, words.HANDLINGS)],
    )
    what = forms.CharField(label=_("In words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)

    def clean_month(self) -> int:
        """The month as observations count it."""
        return month_of(self.cleaned_data["month"])

    def facts(self) -> FavourFacts:
        """The answers, as the procedures take them."""
        given = self.cleaned_data
        return FavourFacts(
            direction=Direction(given["direction"]),
            kind=FavourKind(given["kind"]),
            band=FavourBand(given["band"]),
            month=given["month"],
            handling=FavourHandling(given["handling"]) if given["handling"] else None,
            what=given["what"],
        )


class CorrectFavourForm(FavourForm):
    """An entry of the ledger, to be corrected."""

    person = None  # type: ignore[assignment]  # whose it is doesn't change
    reason = forms.CharField(label=_("Why do you correct this?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)

    @classmethod
    def showing(cls, facts: FavourFacts) -> "CorrectFavourForm":
        """The entry as it stands."""
        told = {name: str(getattr(facts, name) or "") for name in ("direction", "kind", "band", "handling", "what")}
        return cls(initial={**told, "month": written_month(facts.month)})


class EraseReportForm(forms.Form):
    """Which report is erased, and why."""

    report = forms.CharField(label=_("Report"), help_text=_("Its number, such as report-7ZZ3K0QH2M4DX."), max_length=40)
    reason = forms.CharField(label=_("Why may it be erased?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class AccessForm(forms.Form):
    """Who asks what is held about them."""

    contact = forms.CharField(label=_("Contact"), help_text=_("The number of the contact, such as contact-7ZZ3K0QH2M4DX."), max_length=40)


class InvitationForm(forms.Form):
    """A mail, as a file."""

    file = forms.FileField(label=_("The mail as a file"), help_text=_("Saved as .eml or .msg, up to 25 MB. Nothing in it is opened."))


def month_of(text: str) -> int:
    """The month written as 2026-11, as observations count it."""
    year, _dash, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= MONTHS):
        raise forms.ValidationError(_("Please write the month as 2026-11."))
    return int(year) * MONTHS + int(month) - 1


def written_month(month: int) -> str:
    """The month as 2026-11."""
    return f"{month // MONTHS:04d}-{month % MONTHS + 1:02d}"
