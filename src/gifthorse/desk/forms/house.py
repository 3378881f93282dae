"""What the house sets for itself, each setting in a form of its own."""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
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


class OfficialForm(SettingForm):
    """Where the house takes invitations."""

    title = house.OFFICIAL_ADDRESS
    heading = _("Official address for invitations")
    meaning = _("Stands in the reply that the desk drafts for whoever had an invitation checked. Both empty: no reply is drafted.")
    organisation = forms.CharField(label=_("Name of our organisation"), max_length=house.LONGEST, required=False)
    address = forms.CharField(
        label=_("Mail address"), help_text=_("Such as invitations@example.org."), max_length=house.LONGEST, required=False
    )

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """Both."""
        return dict(value)

    def value(self) -> Any:
        """Both."""
        return {name: self.cleaned_data[name] for name in ("organisation", "address")}


class ServersForm(LinesForm):
    """The house's mail servers."""

    title = house.MAIL_SERVERS
    heading = _("Our mail servers")
    meaning = _(
        "What our own servers call themselves at the beginning of the header “Authentication-Results”. The desk believes their results "
        "alone: who forwarded a mail to its mailbox, and what could be verified of an invitation. Name only servers that write this header "
        "into every mail and take out any that bears their name already. Empty: no sender counts as verified, and people are asked."
    )

    def value(self) -> Any:
        """The names."""
        return [line.lower() for line in super().value()]


class HoursForm(SettingForm):
    """When the desk works."""

    title = house.DESK_HOURS
    heading = _("Working days of the desk")
    meaning = _("By when an answer or a duty is due is counted in these days. Pressure and lost devices are answered on any day.")
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
    )
    days_off = forms.TypedMultipleChoiceField(
        label=_("Days off in every week"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "rows"}),
        choices=list(WEEKDAYS.items()),
        required=False,
    )
    holidays = forms.CharField(
        label=_("Holidays"),
        help_text=_("One day in each line, such as 2026-12-25."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        required=False,
    )

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """Zone and days."""
        return {"zone": value["zone"], "days_off": value["days_off"], "holidays": "\n".join(value["holidays"])}

    def value(self) -> Any:
        """Zone and days, in order."""
        given = self.cleaned_data
        return {"zone": given["zone"], "days_off": sorted(given["days_off"]), "holidays": sorted(set(_lines(given["holidays"])))}


class RegionForm(SettingForm):
    """Whose telephone numbers stand without a country code."""

    title = house.PHONE_REGION
    heading = _("Telephone numbers without a country code")
    meaning = _("Are read as numbers of this country when contacts are compared. Empty: they are not compared.")
    region = forms.CharField(label=_("Country"), help_text=_("Two letters, such as DE."), max_length=2, required=False)

    @staticmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """The country."""
        return {"region": "" if value == house.DEFAULTS[house.PHONE_REGION] else value}

    def value(self) -> Any:
        """The country."""
        return self.cleaned_data["region"].upper() or house.DEFAULTS[house.PHONE_REGION]


FORMS: Final[Mapping[str, type[SettingForm]]] = {
    form.title: form
    for form in (
        CallForm,
        PacksForm,
        HoursForm,
        QuietForm,
        BandsForm,
        OfficialForm,
        ServersForm,
        OwnDomainsForm,
        DomainsForm,
        RegionForm,
        DissForm,
    )
}
