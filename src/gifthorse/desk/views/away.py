"""For the road: the page that opens without a network, what it keeps, and the reports that it sealed meanwhile."""

import base64
import hashlib
from typing import Any, Final

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gifthorse.brief.composed import TITLES
from gifthorse.desk.requests import actor
from gifthorse.desk.templatetags.desk import sentence
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures.pack_for_trip import Packed, PackedBrief, pack
from gifthorse.procedures.receive_sealed import LARGEST, LARGEST_PHOTOGRAPH, receive, receive_photograph
from gifthorse.report.interview import asking

# Addresses of the scripts that import each other stand without digests; the page's own script and styles have them.
MODULES: Final = ("form.js", "interview.js", "keeping.js", "photographs.js", "sealing.js")
PARTS: Final = (
    "desk/tokens.css",
    "desk/fonts.css",
    "desk/desk.css",
    "desk/away.css",
    "desk/mark.svg",
    "vendor/hpke.js",
    "desk/away/away.js",
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page without anything about a person, the same for everybody: this is what a phone keeps."""
    require(actor(request), Procedure.TELL, Relation.NONE)
    return render(request, "away/page.html", {"words": _words()})


@never_cache
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """The traveller's own briefs and the forms, in the reader's language, until the day on which the phone forgets them."""
    packed = pack(actor(request))
    forms = [
        {
            "kind": form.kind.value,
            "label": _(form.kind.label),
            "digest": form.digest,
            "interview": msgspec.json.decode(asking(form.interview, _)),
        }
        for form in packed.forms
    ]
    body = {
        "public_key": base64.b64encode(packed.public_key).decode(),
        "until": packed.until.isoformat(),
        "token": get_token(request),
        "forms": forms,
        "briefs": [_brief(brief) for brief in packed.briefs],
        "trip": _trip_now(packed),
    }
    return HttpResponse(msgspec.json.encode(body), content_type="application/json")


@require_POST
def arrivals(request: HttpRequest) -> HttpResponse:
    """A sealed report is taken in; sent twice it is still one."""
    untrusted_sealed = request.read(LARGEST + 1)
    report = receive(actor(request), untrusted_sealed)
    return HttpResponse(msgspec.json.encode({"report": report.pk}), content_type="application/json", status=201)


@require_POST
def photographs(request: HttpRequest) -> HttpResponse:
    """A sealed photograph is taken in with the report that it names; sent twice it is still one."""
    untrusted_sealed = request.read(LARGEST_PHOTOGRAPH + 1)
    enclosure = receive_photograph(actor(request), untrusted_sealed)
    return HttpResponse(msgspec.json.encode({"enclosure": enclosure.pk}), content_type="application/json", status=201)


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page; its version changes with anything that it keeps."""
    require(actor(request), Procedure.TELL, Relation.NONE)
    parts = [*(static(part) for part in PARTS), *(f"{settings.STATIC_URL}desk/away/{module}" for module in MODULES)]
    version = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    context = {"parts": parts, "version": version, "page": reverse("away")}
    return render(request, "away/worker.js", context, content_type="text/javascript")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page on its first screen."""
    require(actor(request), Procedure.TELL, Relation.NONE)
    body = {
        "name": "gifthorse",
        "short_name": "gifthorse",
        "start_url": reverse("away"),
        "scope": reverse("away"),
        "display": "standalone",
        "icons": [{"src": static("desk/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return HttpResponse(msgspec.json.encode(body), content_type="application/manifest+json")


def _trip_now(packed: Packed) -> str:
    """The trip that a report from this phone most likely belongs to: the first that has not ended."""
    return packed.briefs[0].trip if packed.briefs else ""


def _brief(packed: PackedBrief) -> dict[str, Any]:
    sections = [{"title": _("The card"), "sentences": [sentence(one.text) for one in packed.brief.card]}] if packed.brief.card else []
    sections += [
        {"title": _(TITLES[section.kind]), "sentences": [sentence(one.text) for one in section.sentences if not one.secret]}
        for section in packed.brief.sections
    ]
    day = date_format(packed.starts_at, "DATE_FORMAT")
    return {"trip": packed.trip, "title": _("Your brief for the trip of {day}").format(day=day), "sections": sections}


def _words() -> dict[str, Any]:
    return {
        "send": _("Seal and send"),
        "missing": _("Please answer the marked question: without it we can't help."),
        "later": _("You can add this at the desk, when you have a network."),
        "back": _("Back"),
        "what_happened": _("Something happened?"),
        "online": _("Connected. What is here is up to date."),
        "offline": _("No connection, or you are signed out. You can read and write; it is sent when you are connected and signed in."),
        "one_waits": _("One sealed report waits to be sent."),
        "some_wait": _("{count} sealed reports wait to be sent."),
        "one_photograph_waits": _("One sealed photograph waits, too."),
        "photographs_wait": _("{count} sealed photographs wait, too."),
        "refused": _("The desk could not take in {count} of them; they stay here, sealed. Please tell the security desk."),
        "not_kept": _(
            "This phone could not keep it; perhaps it is full. What you wrote is still here. Please take out photographs and try again."
        ),
        "photographs": {
            "bounds": _("Up to 6. Each is made smaller (2560 pixels at most) and loses the place and time that the camera wrote into it."),
            "kept": _("{name}, {size} kB"),
            "remove": _("Take out"),
            "too_many": _("Six are enough here. Further ones can be added at the desk, when you have a network."),
            "too_large": _(
                "{name} can't be made smaller here and is larger than 8 MB. Please add it at the desk, when you have a network."
            ),
            "preparing": _("One moment …"),
        },
        "nothing_kept": _("Nothing is kept here yet. Open this page once while you are connected, before you leave."),
        "contact": {
            "name": _("Name, as given"),
            "employer": _("Where they say they work"),
            "role": _("What they say they do"),
            "reach": _("Number, address or handle"),
        },
    }
