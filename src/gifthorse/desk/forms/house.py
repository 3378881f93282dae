"""What the house sets for itself, each setting in a form of its own."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.brief.duties.packs import packs
from gifthorse.procedures import house_settings as house


def _pairs(text: str) -> list[tuple[str, str]]:
    """The lines “one: other” of *text*; a line without a colon has an empty second half, which no setting takes."""
    halves = [line.partition(":") for line in text.splitlines() if line.strip()]
    return [(one.strip(), other.strip()) for one, _colon, other in halves]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class SettingForm(forms.Form):
    """One setting; `value` gives what the procedure takes, `initial_of` what the form shows of a value."""

    title = ""
    heading: Any = ""
    meaning: Any = ""

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """What the form shows of *value*."""
        raise NotImplementedError

    def value(self) -> Any:
        """What the procedure takes."""
        raise NotImplementedError


class LinesForm(SettingForm):
    """A setting of one text in each line."""

    text = forms.CharField(label=_("One in each line"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000, required=False)

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """The lines."""
        return {"text": "\n".join(value)}

    def value(self) -> Any:
        """The lines."""
        return _lines(self.cleaned_data["text"])


class CallForm(LinesForm):
    """Whom to call."""

    title = house.WHOM_TO_CALL
    heading = _("Whom to call")
    meaning = _(
        "Stands on every brief and beside every report. Offices and numbers, no names: people change. Write “Security desk: +49 …”."
    )

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """The lines."""
        return {"text": "\n".join(f"{one['what']}: {one['number']}" for one in value)}

    def value(self) -> Any:
        """What and number."""
        return [{"what": what, "number": number} for what, number in _pairs(self.cleaned_data["text"])]


class PacksForm(SettingForm):
    """Which rules bind the house."""

    title = house.RULE_PACKS
    heading = _("Rules in use")
    meaning = _("Which duties the desk reminds people of.")
    packs = forms.MultipleChoiceField(
        label=_("Rule packs"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "rows"}),
        choices=lambda: [(pack.id, _(pack.title)) for pack in packs().values()],
        required=False,
    )

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """The packs."""
        return {"packs": value}

    def value(self) -> Any:
        """The packs."""
        return self.cleaned_data["packs"]


class QuietForm(SettingForm):
    """When nothing rings."""

    title = house.QUIET_HOURS
    heading = _("Quiet hours")
    meaning = _("In the time zone where the person is. Pressure and lost devices ring all the same.")
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """Both times."""
        return dict(value)

    def value(self) -> Any:
        """Both times."""
        return {name: self.cleaned_data[name].strftime("%H:%M") for name in ("starts", "ends")}


class BandsForm(SettingForm):
    """What counts as small."""

    title = house.POLICY_BANDS
    heading = _("Gifts and favours")
    meaning = _("Up to where a favour counts as small, and as medium. Cash, crypto, travel and benefits to relatives count always.")
    small = forms.IntegerField(label=_("Small up to"), min_value=1)
    medium = forms.IntegerField(label=_("Medium up to"), min_value=1)
    currency = forms.CharField(label=_("Currency"), help_text=_("Three letters, such as EUR."), max_length=3)

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """Both ends."""
        return dict(value)

    def value(self) -> Any:
        """Both ends."""
        return {**{name: self.cleaned_data[name] for name in ("small", "medium")}, "currency": self.cleaned_data["currency"].upper()}


class DomainsForm(LinesForm):
    """Domains that the house knows."""

    title = house.MAIL_DOMAINS
    heading = _("Known mail domains")
    meaning = _("Whose mail the desk knows when it checks an invitation. Write “example.org: Example Society”.")

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """The lines."""
        return {"text": "\n".join(f"{domain}: {whose}" for domain, whose in value.items())}

    def value(self) -> Any:
        """Whose each is."""
        return {domain.lower(): whose for domain, whose in _pairs(self.cleaned_data["text"])}


class OwnDomainsForm(LinesForm):
    """Domains of the house."""

    title = house.OWN_DOMAINS
    heading = _("Our own mail domains")
    meaning = _("A mail from one of these that was not sent by us is shown as such.")

    def value(self) -> Any:
        """The domains."""
        return [line.lower() for line in super().value()]


class DissForm(LinesForm):
    """Columns of the bulk file."""

    title = house.DISS_COLUMNS
    heading = _("Columns of the travel file")
    meaning = _("The headings of the file for bulk upload, in their order. Empty: those of this version.")


FORMS: Final[Mapping[str, type[SettingForm]]] = {
    form.title: form for form in (CallForm, PacksForm, QuietForm, BandsForm, OwnDomainsForm, DomainsForm, DissForm)
}
