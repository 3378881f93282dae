"""Addresses and sections of telling, answering, debriefs, invitations, favours, privacy."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.addresses import record_id
from gifthorse.desk.section import Section
from gifthorse.desk.views import enclosures, favours, invitations, observations, privacy, report_figures, reports, telling
from gifthorse.model.roles import Role

__all__ = ["ADDRESSES", "SECTIONS", "record_id"]

ADDRESSES: list[URLPattern] = [
    path("tell/", telling.kinds, name="tell"),
    path("tell/<slug:kind>/", telling.tell_kind, name="tell_kind"),
    path("odd/", telling.odd, name="odd"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitation/<id:report_id>/", invitations.invitation_card, name="invitation_card"),
    path("mails/", invitations.held_mails, name="held_mails"),
    path("reports/", reports.inbox, name="reports"),
    path("reports/mine/", reports.my_reports, name="my_reports"),
    path("reports/<id:report_id>/", reports.report_page, name="report_page"),
    path("reports/<id:report_id>/sent/", telling.sent, name="sent"),
    path("reports/<id:report_id>/hand-in/", telling.hand_in, name="hand_in"),
    path("reports/<id:report_id>/write/", reports.write_about, name="write_about"),
    path("reports/<id:report_id>/enclose/", enclosures.enclose, name="enclose"),
    path("reports/<id:report_id>/ask-erasure/", reports.ask_erasure, name="ask_erasure"),
    path("reports/<id:report_id>/answer/", reports.answer_report, name="answer_report"),
    path("reports/<id:report_id>/note/", reports.note_report, name="note_report"),
    path("reports/<id:report_id>/close/", reports.close, name="close_report"),
    path("reports/<id:report_id>/hand-on/", reports.hand_on, name="hand_on_report"),
    path("observations/<id:observation_id>/correct/", observations.correct_observation, name="correct_observation"),
    path("enclosures/<id:enclosure_id>/", enclosures.enclosure, name="enclosure"),
    path("enclosures/<id:enclosure_id>/picture/", enclosures.enclosure_picture, name="enclosure_picture"),
    path("favours/", favours.own_favours, name="own_favours"),
    path("favours/<id:favour_id>/correct/", favours.correct_favour, name="correct_favour"),
    path("contacts/<id:contact_id>/favours/", favours.of_contact, name="favours_of_contact"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/my-data/", privacy.my_data, name="my_data"),
    path("privacy/looks/", privacy.looks, name="looks"),
    path("access/", privacy.access, name="access"),
    path("erase/reports/", privacy.erase_report, name="erase_report"),
    path("figures/reports/", report_figures.report_figures, name="report_figures"),
]
STAFF, OFFICER, CUSTODIAN = Role.STAFF, Role.OFFICER, Role.CUSTODIAN
ONE_REPORT = frozenset({"report_page"})
SECTIONS: tuple[Section, ...] = (
    Section(
        name=_("Something happened"),
        route="tell",
        roles=frozenset({STAFF}),
        pages=frozenset({"tell", "tell_kind", "odd", "sent", "invitation", "invitation_card", "held_mails"}),
    ),
    Section(
        name=_("Reports"),
        route="reports",
        roles=frozenset({OFFICER}),
        pages=ONE_REPORT | {"reports", "correct_observation", "favours_of_contact"},
    ),
    Section(name=_("My reports"), route="my_reports", roles=frozenset({STAFF}), pages=ONE_REPORT | {"my_reports", "own_favours"}),
    Section(
        name=_("Reporting"),
        route="report_figures",
        roles=frozenset({OFFICER, Role.RESEARCH_LEAD, Role.AUDITOR}),
        pages=frozenset({"report_figures"}),
    ),
    Section(name=_("What is kept"), route="privacy", roles=frozenset({STAFF}), pages=frozenset({"privacy", "my_data", "looks"})),
    Section(name=_("Requests for access"), route="access", roles=frozenset({CUSTODIAN}), pages=frozenset({"access"})),
    Section(name=_("Erase a report"), route="erase_report", roles=frozenset({CUSTODIAN}), pages=frozenset({"erase_report"})),
)
