"""One leg of a trip as somebody types it: places, days and clocks; the zone follows from the place, or is asked for."""

from datetime import date, datetime, time
from typing import Any, Final

import msgspec
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gifthorse.brief.itinerary.airports import is_airport, place_of
from gifthorse.brief.itinerary.zone_by_place import country_code, zone_of
from gifthorse.brief.itinerary.zones import in_zone, zone_named
from gifthorse.desk.wordings.travel import LEG_KINDS
from gifthorse.model.itineraries import Day, Instant, Leg, LegKind, LocalTime, Moment, Place, ZoneFrom
from gifthorse.model.trips import LONGEST_LINE, MOST_LEGS

DAY: Final = {"type": "date"}
CLOCK: Final = {"type": "time"}
ENDS: Final = (("departs", "origin"), ("arrives", "destination"))


class LegForm(forms.Form):
    """One leg. A leg of which nothing is filled in but its kind is no leg."""

    kind = forms.ChoiceField(label=_("How"), choices=[(kind.value, LEG_KINDS[kind.value]) for kind in LegKind], initial="flight")
    origin = forms.CharField(label=_("From"), max_length=LONGEST_LINE, required=False)
    origin_country = forms.CharField(label=_("Country"), max_length=60, required=False)
    destination = forms.CharField(label=_("To, or where"), max_length=LONGEST_LINE, required=False)
    destination_country = forms.CharField(label=_("Country"), max_length=60, required=False)
    departs_on = forms.DateField(label=_("Leaves on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), required=False)
    departs_at = forms.TimeField(label=_("at"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"), required=False)
    arrives_on = forms.DateField(label=_("Arrives on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), required=False)
    arrives_at = forms.TimeField(label=_("at"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"), required=False)
    departs_zone = forms.CharField(label=_("Time zone where it leaves"), max_length=64, required=False)
    arrives_zone = forms.CharField(label=_("Time zone where it arrives"), max_length=64, required=False)
    number = forms.CharField(label=_("Number, such as LH 123"), max_length=60, required=False)
    kept = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)

    def clean(self) -> dict[str, Any]:
        """The answers with `leg`, or with None for an empty one; a time whose zone can't be told is an error that asks for it."""
        given = super().clean() or {}
        filled = any(given.get(name) for name in ("origin", "destination", "departs_on", "arrives_on"))
        given["leg"] = self._leg(given) if filled and not self.errors else None
        return given

    def _leg(self, given: dict[str, Any]) -> Leg:
        was = _kept(given["kept"])
        kind = LegKind(given["kind"])
        places = {end: self._place(given, end, kind, getattr(was, end)) for _which, end in ENDS}
        if kind in {LegKind.HOTEL, LegKind.EVENT}:
            places["origin"] = places["destination"]
        moments = {which: self._moment(given, which, places[end], getattr(was, which)) for which, end in ENDS}
        if moments["departs"] is None and moments["arrives"] is None and "departs_zone" not in self.errors:
            self.add_error("departs_on", gettext("Please say when."))
        code, number = _number(given["number"], was)
        stays = kind in {LegKind.HOTEL, LegKind.EVENT}
        return msgspec.structs.replace(
            was,
            kind=kind,
            origin=Place() if stays else places["origin"],
            destination=places["destination"],
            departs=moments["departs"],
            arrives=moments["arrives"],
            carrier_code=code,
            number=number,
        )

    def _place(self, given: dict[str, Any], end: str, kind: LegKind, was: Place) -> Place:
        told, country = given[end].strip(), given[f"{end}_country"].strip()
        if told == shown_place(was) and country in {was.country, ""}:
            return was
        if country and not country_code(country):
            self.add_error(f"{end}_country", gettext("This country is not known. Please write its English name or its two letters."))
        code = told[-4:-1] if told.endswith(")") and told[-5:-4] == "(" else told
        if kind is LegKind.FLIGHT and code.isupper() and is_airport(code):
            return place_of(code)
        return Place(name=told, country=country_code(country) or country)

    def _moment(self, given: dict[str, Any], which: str, place: Place, was: Moment | None) -> Moment | None:
        day, clock, zone = given[f"{which}_on"], given[f"{which}_at"], given[f"{which}_zone"].strip()
        if day is None:
            return None
        if was is not None and (day, clock, zone) == (_day(was), _clock(was), _zone(was)):
            return was
        if clock is None:
            return Day(on=day)
        named = zone_named(zone) if zone else zone_of(place)
        if not named:
            self.add_error(f"{which}_zone", _needed(zone, place))
            return None
        return in_zone(datetime.combine(day, clock), named, ZoneFrom.STATED if zone else ZoneFrom.AIRPORT)


def _needed(zone: str, place: Place) -> str:
    if zone:
        return gettext("This is no time zone that is known. Please write one such as Asia/Tokyo.")
    name = shown_place(place) or "?"
    return gettext("Which time zone is {place} in? Please give the country, or the zone, such as Asia/Tokyo.").format(place=name)


def shown(leg: Leg) -> dict[str, Any]:
    """What the form shows of *leg*."""
    return {
        "kind": leg.kind.value,
        "origin": shown_place(leg.origin),
        "origin_country": leg.origin.country,
        "destination": shown_place(leg.destination),
        "destination_country": leg.destination.country,
        "departs_on": _day(leg.departs),
        "departs_at": _clock(leg.departs),
        "departs_zone": _zone(leg.departs),
        "arrives_on": _day(leg.arrives),
        "arrives_at": _clock(leg.arrives),
        "arrives_zone": _zone(leg.arrives),
        "number": f"{leg.carrier_code} {leg.number}".strip(),
        "kept": msgspec.json.encode(msgspec.structs.replace(leg, travellers=())).decode(),
    }


def shown_place(place: Place) -> str:
    """A place in one line: its name with its code in brackets."""
    name = place.city or place.name
    return f"{name} ({place.code})" if name and place.code else name or place.code


def _number(text: str, was: Leg) -> tuple[str, str]:
    text = " ".join(text.split())
    if text == f"{was.carrier_code} {was.number}".strip():
        return was.carrier_code, was.number
    code, _blank, number = text.partition(" ")
    return (code, number) if number else ("", text)


def _kept(text: str) -> Leg:
    """The leg that the page brought along; an empty one when it is none, since the page lies in somebody's browser."""
    try:
        return msgspec.json.decode(text, type=Leg) if text else Leg(kind=LegKind.OTHER)
    except (msgspec.DecodeError, ValueError):
        return Leg(kind=LegKind.OTHER)


def _day(moment: Moment | None) -> date | None:
    if moment is None:
        return None
    return moment.local.date() if isinstance(moment, Instant) else moment.on


def _clock(moment: Moment | None) -> time | None:
    if isinstance(moment, Instant):
        return moment.local.time().replace(second=0, microsecond=0)
    return time(moment.clock // 60, moment.clock % 60) if isinstance(moment, LocalTime) else None


def _zone(moment: Moment | None) -> str:
    return moment.zone if isinstance(moment, Instant) else ""


Legs = forms.formset_factory(LegForm, extra=2, max_num=MOST_LEGS, validate_max=True)
