"""Addresses and sections of people, know-how, events, contacts, search, the house's settings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from gifthorse.desk import house_sign_in
from gifthorse.desk.addresses import record_id
from gifthorse.desk.section import Section
from gifthorse.desk.views import contacts, events, house, know_how, people, searching
from gifthorse.model.roles import Role

__all__ = ["ADDRESSES", "SECTIONS", "record_id"]

ADDRESSES: list[URLPattern] = [
    path("sign-in/house/", house_sign_in.to_the_house, {"provider_id": house_sign_in.PROVIDER}, name="openid_connect_login"),
    path("sign-in/house/back/", house_sign_in.back_from_the_house, {"provider_id": house_sign_in.PROVIDER}, name="openid_connect_callback"),
    path("search/", searching.search, name="search"),
    path("people/", people.people, name="people"),
    path("people/find/", people.find_people, name="find_people"),
    path("people/list/", people.import_list, name="import_people"),
    path("people/list/take-over/", people.apply_list, name="apply_people"),
    path("people/leavers/close/", people.close_leavers, name="close_leavers"),
    path("people/<id:person_id>/", people.person, name="person"),
    path("people/<id:person_id>/first-password/", people.first_password, name="first_password"),
    path("know-how/", know_how.assets, name="assets"),
    path("know-how/new/", know_how.new_asset, name="new_asset"),
    path("know-how/houses/new/", know_how.new_party, name="new_party"),
    path("know-how/houses/<id:party_id>/", know_how.party, name="party"),
    path("know-how/elements/<id:element_id>/", know_how.element, name="element"),
    path("know-how/elements/<id:element_id>/holders/", know_how.holders, name="holders"),
    path("know-how/<id:asset_id>/", know_how.asset, name="asset"),
    path("know-how/<id:asset_id>/change/", know_how.change_asset, name="change_asset"),
    path("know-how/<id:asset_id>/elements/new/", know_how.new_element, name="new_element"),
    path("events/", events.events, name="events"),
    path("events/new/", events.new_event, name="new_event"),
    path("events/<id:event_id>/", events.event, name="event"),
    path("events/<id:event_id>/change/", events.change_event, name="change_event"),
    path("events/<id:event_id>/attendees/", events.attendees, name="attendees"),
    path("events/<id:event_id>/attendees/off/", events.not_attending, name="not_attending"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/<id:contact_id>/", contacts.contact, name="contact"),
    path("contacts/<id:contact_id>/correct/", contacts.correct_contact, name="correct_contact"),
    path("house/", house.house, name="house_settings"),
]
OFFICER, ADMIN, RESEARCH, STAFF = Role.OFFICER, Role.ADMIN, Role.RESEARCH_LEAD, Role.STAFF
SECTIONS: tuple[Section, ...] = (
    Section(name=_("Search"), route="search", roles=frozenset({OFFICER, STAFF}), pages=frozenset({"search"})),
    Section(name=_("Contacts"), route="contacts", roles=frozenset({OFFICER}), pages=frozenset({"contacts", "contact", "correct_contact"})),
    Section(
        name=_("Know-how"),
        route="assets",
        roles=frozenset({OFFICER, RESEARCH}),
        pages=frozenset({"assets", "asset", "new_asset", "change_asset", "new_element", "element", "party", "new_party"}),
    ),
    Section(
        name=_("Events"),
        route="events",
        roles=frozenset({OFFICER, RESEARCH}),
        pages=frozenset({"events", "event", "new_event", "change_event"}),
    ),
    Section(
        name=_("People"),
        route="people",
        roles=frozenset({OFFICER, ADMIN}),
        pages=frozenset({"people", "person", "import_people", "apply_people", "first_password"}),
    ),
    Section(name=_("House settings"), route="house_settings", roles=frozenset({OFFICER, ADMIN}), pages=frozenset({"house_settings"})),
)
