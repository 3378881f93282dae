"""What an officer fills in about threads, links, triggers, cases and levels."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.assess.diagnosticity import WORDS as HYPOTHESES
from gifthorse.assess.diagnosticity import Bearing, Hypothesis
from gifthorse.assess.trigger_steps import TriggerKind
from gifthorse.desk.wordings import threads as words
from gifthorse.desk.wordings.register import in_order
from gifthorse.model.grades import Credibility, Reliability
from gifthorse.model.observations import Level, Mitigator
from gifthorse.model.threads import LinkState, TriggerState

LONGEST: Final = 8000
GRADES: Final = [(f"{one.value}{other.value}", f"{one.value}{other.value}") for one in Reliability for other in Credibility]
LETTERS: Final = {
    "talk": _(
        "Thank you for telling us. You did nothing wrong. We would like to help you to deal with this contact, and to hear how you are. "
        "Would half an hour this week suit you? You choose the place, and whom you bring."
    ),
    "ask": _(
        "Thank you for telling us. One or two questions, so that we understand it better: how is the next meeting arranged, and who "
        "knows of it? A line is enough."
    ),
}


def reason(label: Any = None, **more: Any) -> forms.CharField:
    """A sentence that stays on record."""
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return forms.CharField(label=label or _("Why"), widget=widget, max_length=LONGEST, strip=True, **more)


class ThreadFilterForm(forms.Form):
    """Narrows the list of threads."""

    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("above nothing")), *in_order(Level, words.LEVELS)])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("open", _("open")), ("ordinary", _("ordinary business"))])


class JudgeForm(forms.Form):
    """One judgement; each kind has a form of its own on the page."""

    kind = forms.CharField(widget=forms.HiddenInput)
    letter = forms.CharField(
        label=_("Letter to your colleague"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("They see it with their report. Leave it empty if you talk in person."),
    )
    reason = reason(help_text=_("Stays on record, for officers only."))

    def __init__(self, *args: Any, with_letter: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_letter:
            del self.fields["letter"]


class CorrectForm(forms.Form):
    """What an officer corrects about one observation, on the page of its thread."""

    disputed = forms.BooleanField(label=_("Disputed: it does not count"), required=False)
    grade = forms.ChoiceField(
        label=_("Grade"), choices=GRADES, help_text=_("A to F: how reliable who told it is; 1 to 6: how credible it is.")
    )
    mitigators = forms.MultipleChoiceField(
        label=_("What makes it ordinary"),
        required=False,
        choices=in_order(Mitigator, words.MITIGATORS),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = reason()


class CellForm(forms.Form):
    """An officer's own judgement of one cell of the matrix."""

    evidence = forms.ChoiceField(label=_("Evidence"))
    hypothesis = forms.ChoiceField(label=_("Explanation"), choices=[(one.value, _(HYPOTHESES[one])) for one in Hypothesis])
    bearing = forms.ChoiceField(label=_("It"), choices=in_order(Bearing, words.BEARINGS))
    reason = reason()

    def __init__(self, *args: Any, evidence: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = evidence  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A sentence about each explanation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in Hypothesis:
            widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
            self.fields[one.value] = forms.CharField(label=_(HYPOTHESES[one]), widget=widget, required=False, max_length=4000)

    def texts(self) -> dict[Hypothesis, str]:
        """What was written about each."""
        return {one: self.cleaned_data[one.value] for one in Hypothesis}


class SecondForm(forms.Form):
    """The second officer's answer."""

    agrees = forms.ChoiceField(
        label=_("Your answer"), choices=[("yes", _("I agree to act")), ("no", _("I don't agree"))], widget=forms.RadioSelect
    )
    reason = reason()


class LinkForm(forms.Form):
    """A decision about two contacts."""

    state = forms.ChoiceField(
        label=_("They are"),
        choices=[
            (LinkState.CONFIRMED.value, _("one person")),
            (LinkState.REFUSED.value, _("two people")),
            (LinkState.UNDONE.value, _("not decided yet: take it back")),
        ],
        widget=forms.RadioSelect,
    )
    reason = reason()
    even_so = forms.BooleanField(label=_("I know that this contradicts a refusal"), required=False)


class ByHandForm(forms.Form):
    """Two contacts that an officer wants to compare."""

    one = forms.CharField(label=_("Number of the contact"), max_length=40)
    other = forms.CharField(label=_("Number of the other contact"), max_length=40)


class TriggerFilterForm(forms.Form):
    """Narrows the list of triggers."""

    kind = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("everything")), *in_order(TriggerKind, words.TRIGGERS)])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("open", _("to do")), ("closed", _("done or not needed"))])


class CloseTriggerForm(forms.Form):
    """How a trigger ends."""

    state = forms.ChoiceField(
        label=_("The procedure"),
        choices=[(TriggerState.DONE.value, _("was gone through")), (TriggerState.NOT_NEEDED.value, _("was not needed"))],
        widget=forms.RadioSelect,
    )
    reason = reason(_("What was done, or why nothing was needed"))
