"""Addresses and section of the page that works without a network."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.section import Section
from gifthorse.desk.views import away
from gifthorse.model.roles import Role

ADDRESSES: list[URLPattern] = [
    path("away/", away.page, name="away"),
    path("away/kept/", away.kept, name="away_kept"),
    path("away/arrivals/", away.arrivals, name="away_arrivals"),
    path("away/photographs/", away.photographs, name="away_photographs"),
    path("away/worker.js", away.worker, name="away_worker"),
    path("away/app.webmanifest", away.manifest, name="away_manifest"),
]
SECTIONS: tuple[Section, ...] = (Section(name=_("For the road"), route="away", roles=frozenset({Role.STAFF}), pages=frozenset({"away"})),)
