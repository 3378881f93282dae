"""A trip in plain language: few answers are required, and each of the others makes the brief fit better."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.brief.kinds import DataKind, DeviceKind, EventKind, HostKind, InvitationOrigin, Payer, SocialKind, VenueKind
from gifthorse.desk.wordings import Words
from gifthorse.desk.wordings import travel as words
from gifthorse.desk.wordings.register import in_order
from gifthorse.model.itineraries import Leg
from gifthorse.model.trips import LONGEST_LINE, LONGEST_PROSE, DeviceTold, HostTold, PaidFor, TripContent
from gifthorse.procedures.check_trip import PARTS_PAID
from gifthorse.procedures.trip_choices import Choices

ANSWERS: Final = [("", _("I don't know")), ("yes", _("Yes")), ("no", _("No"))]
TAKEN: Final = [("", _("no")), ("loaner", _("a loaner")), ("own", _("my own"))]
ROWS: Final = {"class": "rows"}
LINE: Final = {"class": "line"}
HOSTS: Final = (1, 2)


def _several(label: Any, kinds: Any, told: Words, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"class": "rows two"})
    return forms.MultipleChoiceField(label=label, choices=in_order(kinds, told), widget=widget, required=False, **more)


class TripForm(forms.Form):
    """The trip but for its legs. `choices` are those of whoever plans."""

    title = forms.CharField(label=_("What is the trip for?"), help_text=_("A few words, such as “Fair in Lyon”."), max_length=LONGEST_LINE)
    purpose = forms.CharField(
        label=_("What will you do there?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_PROSE, required=False
    )
    people = forms.CharField(
        label=_("Who travels with you?"),
        help_text=_("Colleagues, one in each line: full name, staff number or mail address."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_PROSE,
        required=False,
    )
    others = forms.CharField(label=_("Anybody from outside the house?"), max_length=LONGEST_LINE, required=False)
    venues = _several(_("Where do you meet people?"), VenueKind, words.VENUES)
    events = _several(_("What do you do?"), EventKind, words.EVENT_KINDS)
    event = forms.ChoiceField(label=_("Is it one of these events?"), required=False)
    invitation = forms.ChoiceField(
        label=_("How did the invitation come?"), choices=in_order(InvitationOrigin, words.INVITATIONS), initial="unknown"
    )
    invitation_by = forms.CharField(label=_("Who invited you?"), max_length=LONGEST_LINE, required=False)
    social = _several(_("What is planned beside the work?"), SocialKind, words.SOCIAL)
    sponsor = forms.CharField(
        label=_("Who is it, if not us?"), help_text=_("The body that pays, as it calls itself."), max_length=LONGEST_LINE, required=False
    )
    fee = forms.BooleanField(label=_("I get a fee for it"), required=False)
    sponsor_usd = forms.IntegerField(
        label=_("What did they pay for you in the last twelve months, in US dollars?"), min_value=0, max_value=10_000_000, required=False
    )
    sponsor_exempt = forms.ChoiceField(
        label=_("Is it a US public body, university or hospital?"), choices=ANSWERS, widget=forms.RadioSelect(attrs=LINE), required=False
    )
    holds = _several(_("What do devices, papers and cases hold?"), DataKind, words.DATA)
    carried = forms.MultipleChoiceField(
        label=_("Which of your know-how goes along?"),
        help_text=_("On paper, on a device, as a sample. What you only know is counted anyway."),
        widget=forms.CheckboxSelectMultiple(attrs=ROWS),
        required=False,
    )
    official = forms.ChoiceField(
        label=_("Is it an official trip?"), choices=ANSWERS, widget=forms.RadioSelect(attrs=LINE), required=False, initial=""
    )
    emergency = forms.BooleanField(label=_("It is an emergency: there was no time to plan"), required=False)
    regimes = forms.MultipleChoiceField(
        label=_("Does any of this hold for you?"), widget=forms.CheckboxSelectMultiple(attrs=ROWS), required=False
    )
    emergency_contact = forms.CharField(
        label=_("Who should be called in an emergency?"),
        help_text=_("For you alone; others on the trip don't see it."),
        max_length=LONGEST_PROSE,
        required=False,
    )
    documents = forms.CharField(
        label=_("Travel documents"),
        help_text=_(
            "Number and validity of your own passport. Kept sealed, for the compliance file alone; others on the trip don't see it."
        ),
        max_length=LONGEST_PROSE,
        required=False,
    )
    reason = forms.CharField(
        label=_("What changes, and why?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_PROSE, required=False
    )

    sections: ClassVar = (
        ("people", _("Who travels"), ("people", "others")),
        ("where", _("Where, and with whom"), ("venues", "events", "event", "social")),
        ("hosts", _("Hosts and invitation"), ("invitation", "invitation_by")),
        ("pays", _("Who pays for what"), ("sponsor", "fee", "sponsor_usd", "sponsor_exempt")),
        ("taken", _("What goes along"), ("holds", "carried")),
        ("rules", _("Rules"), ("official", "emergency", "regimes", "emergency_contact", "documents")),
    )

    def __init__(self, *args: Any, choices: Choices, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add_numbered()
        fields: Any = self.fields
        fields["event"].choices = [("", _("none of them")), *choices.events]
        fields["carried"].choices = choices.elements
        fields["regimes"].choices = [(regime, words.REGIMES[regime]) for regime in choices.regimes]
        absent = {
            "event": choices.events,
            "carried": choices.elements,
            "regimes": choices.regimes,
            "documents": choices.compliance and choices.papers,
        }
        absent |= {
            "emergency_contact": choices.papers,
            "reason": changing,
            "sponsor_usd": "phs" in choices.regimes,
            "sponsor_exempt": "phs" in choices.regimes,
        }
        for name, offered in absent.items():
            if not offered:
                del self.fields[name]

    def _add_numbered(self) -> None:
        """The questions that are asked for each of several things: hosts, parts that are paid, devices."""
        for number in HOSTS:
            self.fields[f"host_{number}"] = forms.CharField(label=_("Host"), max_length=LONGEST_LINE, required=False)
            kind = forms.ChoiceField(label=_("What kind of body is it?"), choices=in_order(HostKind, words.HOST_KINDS), initial="unknown")
            kind.required = False
            self.fields[f"host_{number}_kind"] = kind
        payers = [(payer.value, words.PAYERS[payer.value]) for payer in Payer if payer is not Payer.MIXED]
        for part in PARTS_PAID:
            self.fields[f"paid_{part}"] = forms.ChoiceField(
                label=str(words.PARTS_PAID[part]), choices=payers, initial="unknown", required=False
            )
        for device in DeviceKind:
            self.fields[f"device_{device.value}"] = forms.ChoiceField(
                label=str(words.DEVICES[device.value]), choices=TAKEN, widget=forms.RadioSelect(attrs=LINE), required=False, initial=""
            )

    def in_sections(self) -> list[dict[str, Any]]:
        """The fields under their headings, numbered ones where they belong."""
        numbered = {
            "hosts": [name for number in HOSTS for name in (f"host_{number}", f"host_{number}_kind")],
            "pays": [f"paid_{part}" for part in PARTS_PAID],
            "taken": [f"device_{device.value}" for device in DeviceKind],
        }
        return [
            {"id": key, "heading": heading, "fields": [self[name] for name in (*numbered.get(key, ()), *names) if name in self.fields]}
            for key, heading, names in self.sections
        ]

    def content(self, legs: tuple[Leg, ...], was: TripContent | None = None) -> TripContent:
        """The answers as the procedure takes them; what the form didn't ask stays as it *was*."""
        given, before = self.cleaned_data, was or TripContent(title="")
        told: dict[str, Any] = {name: given.get(name, getattr(before, name)) for name in _TEXTS}
        told |= {name: tuple(given.get(field, getattr(before, name))) for name, field in _LISTS.items()}
        return TripContent(
            **told,
            legs=legs,
            hosts=self._hosts(before),
            devices=tuple(
                DeviceTold(kind=device.value, loaner=taken == "loaner")
                for device in DeviceKind
                if (taken := given[f"device_{device.value}"])
            ),
            paid=tuple(PaidFor(what=part, by=given[f"paid_{part}"] or "unknown") for part in PARTS_PAID),
            sponsor_usd=given.get("sponsor_usd", before.sponsor_usd),
            fee=given["fee"],
            emergency=given["emergency"],
            not_read=before.not_read,
        )

    def _hosts(self, before: TripContent) -> tuple[HostTold, ...]:
        given = self.cleaned_data
        told = [
            HostTold(name=given[f"host_{number}"], kind=given[f"host_{number}_kind"] or "unknown")
            for number in HOSTS
            if given[f"host_{number}"].strip() or given[f"host_{number}_kind"] not in {"", "unknown"}
        ]
        return (*told, *before.hosts[len(HOSTS) :])


_TEXTS: Final = (
    "title", "purpose", "others", "invitation", "invitation_by", "sponsor", "sponsor_exempt", "official", "emergency_contact", "documents",
)  # fmt: skip
_LISTS: Final = {"venues": "venues", "events": "events", "social": "social", "data": "holds", "regimes": "regimes"}  # to the fields


def shown(content: TripContent, people: tuple[str, ...], own_carried: tuple[str, ...], event: str) -> dict[str, Any]:
    """What the form shows of *content*; *people* are the names of the other travellers."""
    told: dict[str, Any] = {name: getattr(content, name) for name in (*_TEXTS, "sponsor_usd", "fee", "emergency")}
    told |= {field: getattr(content, name) for name, field in _LISTS.items()}
    told |= {"people": "\n".join(people), "carried": own_carried, "event": event}
    for number, host in zip(HOSTS, content.hosts, strict=False):
        told |= {f"host_{number}": host.name, f"host_{number}_kind": host.kind}
    told |= {f"paid_{part.what}": part.by for part in content.paid}
    return told | {f"device_{device.kind}": "loaner" if device.loaner else "own" for device in content.devices}


class FilesForm(forms.Form):
    """Bookings to read. The files themselves are taken from the request."""

    bookings = forms.FileField(
        label=_("Files"), help_text=_("Calendar, booking mail (.eml), boarding pass (PDF or wallet pass) or table (CSV).")
    )


class TextForm(forms.Form):
    """A question or an answer."""

    text = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}), max_length=8000)


class ReasonForm(forms.Form):
    """A reason; whether it is needed is the procedure's business."""

    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_PROSE, required=False)


class TripFilterForm(forms.Form):
    """Narrows the list of trips."""

    show = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", _("all")),
            ("waiting", _("waiting for an answer")),
            ("asks", _("somebody else pays, or own devices")),
            ("soon", _("leaving within 7 days")),
            ("away", _("away now")),
            ("back", _("back, not debriefed")),
        ],
        required=False,
    )
