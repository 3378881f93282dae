"""An officer corrects what a report was taken to mean; what stood there before stays on record."""

import pytest

from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.procedures import keep_accounts
from gifthorse.procedures.correct_observation import correct, observation_for
from gifthorse.procedures.unsealed_reports import hidden_contacts
from gifthorse.procedures.view_report import report_for
from gifthorse.store.tables.report import Correction, ObservationRow
from tests.samples import reports as samples
from tests.samples.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(actors) -> Actor:
    """A second officer."""
    account = keep_accounts.create(DESK_ITSELF, "second", PASSWORD, [Role.OFFICER, Role.STAFF], {"name": "Second Officer"})
    return account.as_actor()


def test_a_correction_keeps_what_stood_there_before(actors):
    row = ObservationRow.objects.get(report=samples.approach(actors["staff"]))
    changed = correct(
        actors["officer"], row.pk, {"tactics": ["T06"], "ask_level": "1", "grade": "c3", "month": row.month}, "It was public."
    )
    assert (changed.tactics, changed.ask_level, changed.grade) == (["T06"], 1, "C3")
    kept = Correction.objects.get()
    assert kept.before == {"tactics": ["T06", "T33", "T61"], "ask_level": 3, "grade": "B2"}
    assert kept.after == {"tactics": ["T06"], "ask_level": 1, "grade": "C3"}
    view = report_for(actors["officer"], row.report_id)
    assert [(one.by, one.reason) for one in view.corrections] == [("Name of officer", "It was public.")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tactics": ["T999"]}, "tactics"),
        ({"grade": "Z9"}, "grade"),
        ({"month": "never"}, "month"),
        ({"month": 3}, "month"),
        ({"ask_level": "9"}, "ask_level"),
        ({"favour": "huge"}, "favour"),
        ({"elements": ["element-0000000000000"]}, "elements"),
        ({"contact_id": "contact-0000000000000"}, "contact_id"),
        ({"nationality": "x"}, "nationality"),
        ({}, "tactics"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_correction_that_does_not_fit_names_its_field_and_changes_nothing(actors, changes, field):
    row = ObservationRow.objects.get(report=samples.approach(actors["staff"]))
    with pytest.raises(NotAccepted) as refused:
        correct(actors["officer"], row.pk, changes, "A reason.")
    assert refused.value.field == field
    assert not Correction.objects.exists()


def test_a_correction_needs_a_reason_and_an_officer(actors):
    row = ObservationRow.objects.get(report=samples.approach(actors["staff"]))
    with pytest.raises(NotAccepted, match="say in a line why"):
        correct(actors["officer"], row.pk, {"ask_level": 0}, " ")
    with pytest.raises((Refused, NotFound)):
        correct(actors["staff"], row.pk, {"ask_level": 0}, "Mine.")
    assert observation_for(actors["officer"], row.pk)[0].pk == row.pk
    with pytest.raises(NotFound):
        observation_for(actors["officer"], "observation-0000000000000")


def test_a_contact_of_a_sealed_report_can_not_be_named_by_an_officer_who_may_not_read_it(actors, second):
    sealed = samples.pressure(actors["staff"], (actors["officer"].person,))
    row = ObservationRow.objects.get(report=samples.approach(actors["staff"]))
    with pytest.raises(NotAccepted):
        correct(second, row.pk, {"contact_id": sealed.contact_id}, "The same man.")
    own = ObservationRow.objects.get(report=samples.pressure(actors["colleague"], (actors["officer"].person,)))
    assert correct(actors["officer"], own.pk, {"contact_id": sealed.contact_id}, "The same man.").contact_id == sealed.contact_id


def test_no_open_report_names_a_contact_that_sealed_reports_alone_tell_of(actors, second):
    sealed = samples.pressure(actors["staff"], (actors["officer"].person,))
    row = ObservationRow.objects.get(report=samples.approach(actors["staff"]))
    with pytest.raises(NotAccepted, match="every officer would learn of it"):
        correct(actors["officer"], row.pk, {"contact_id": sealed.contact_id}, "The same man.")
    assert sealed.contact_id in hidden_contacts(second)
