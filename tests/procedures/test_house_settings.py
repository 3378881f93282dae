"""What the house sets for itself: a default until then, checked, and each change in the ledger."""

import pytest

from gifthorse.desk.forms.house import FORMS
from gifthorse.model.errors import NotAccepted
from gifthorse.procedures import house_settings as house
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.setting import HouseSetting
from gifthorse.store.verify import verify

GOOD = {
    house.WHOM_TO_CALL: [{"what": "Security desk", "number": "+49 89 5550 1"}],
    house.RULE_PACKS: ["house", "sead-3"],
    house.QUIET_HOURS: {"starts": "20:30", "ends": "06:00"},
    house.POLICY_BANDS: {"small": 30, "medium": 90, "currency": "CHF"},
    house.DISS_COLUMNS: ["Name", "From"],
    house.MAIL_DOMAINS: {"example.org": "Example Society"},
    house.OWN_DOMAINS: ["house.example"],
    house.MAIL_SERVERS: ["mx.house.example", "mx2"],
    house.OFFICIAL_ADDRESS: {"organisation": "The House", "address": "invitations@house.example"},
    house.DESK_HOURS: {"zone": "Asia/Kathmandu", "days_off": [4, 5], "holidays": ["2026-12-25", "2027-01-01"]},
    house.PHONE_REGION: "CH",
}
BAD = [
    (house.WHOM_TO_CALL, [{"what": "Desk", "number": ""}]),
    (house.WHOM_TO_CALL, [{"what": "Desk"}]),
    (house.WHOM_TO_CALL, "Desk"),
    (house.RULE_PACKS, ["no such pack"]),
    (house.QUIET_HOURS, {"starts": "25:00", "ends": "06:00"}),
    (house.QUIET_HOURS, {"starts": 5, "ends": "06:00"}),
    (house.POLICY_BANDS, {"small": 90, "medium": 30, "currency": "EUR"}),
    (house.POLICY_BANDS, {"small": 1, "medium": 2, "currency": "euro"}),
    (house.DISS_COLUMNS, ["x" * 201]),
    (house.MAIL_DOMAINS, {"no domain": "x"}),
    (house.MAIL_DOMAINS, {"example.org": ""}),
    (house.OWN_DOMAINS, ["https://example.org"]),
    (house.MAIL_SERVERS, ["MX.house.example"]),
    (house.MAIL_SERVERS, ["mx.house.example; spf=pass"]),
    (house.MAIL_SERVERS, "mx.house.example"),
    (house.OFFICIAL_ADDRESS, {"organisation": "The House", "address": ""}),
    (house.OFFICIAL_ADDRESS, {"organisation": "", "address": "invitations@house.example"}),
    (house.OFFICIAL_ADDRESS, {"organisation": "The House", "address": "invitations at house"}),
    (house.OFFICIAL_ADDRESS, {"organisation": "The House", "address": ["invitations@house.example"]}),
    (house.OFFICIAL_ADDRESS, {"address": "invitations@house.example"}),
    (house.DESK_HOURS, {"zone": "Mars/Base", "days_off": [], "holidays": []}),
    (house.DESK_HOURS, {"zone": ["UTC"], "days_off": [], "holidays": []}),
    (house.DESK_HOURS, {"zone": "UTC", "days_off": [7], "holidays": []}),
    (house.DESK_HOURS, {"zone": "UTC", "days_off": [0, 1, 2, 3, 4, 5, 6], "holidays": []}),
    (house.DESK_HOURS, {"zone": "UTC", "days_off": [True], "holidays": []}),
    (house.DESK_HOURS, {"zone": "UTC", "days_off": [], "holidays": ["25.12.2026"]}),
    (house.DESK_HOURS, {"zone": "UTC", "days_off": []}),
    (house.PHONE_REGION, "Switzerland"),
    (house.PHONE_REGION, "XX"),
    (house.PHONE_REGION, ["CH"]),
]


def test_a_default_holds_until_something_is_set(actors):
    assert house.setting(house.RULE_PACKS) == ["house"]
    assert house.setting("another-title", 7) == 7
    assert house.every_setting(actors["admin"]) == dict(house.DEFAULTS)


def test_every_default_fits_its_own_check():
    assert house.CHECKS.keys() == house.DEFAULTS.keys() == house.FAULTS.keys() == FORMS.keys()
    assert [title for title, value in house.DEFAULTS.items() if not house.CHECKS[title](value)] == []


@pytest.mark.parametrize("title", GOOD)
def test_the_form_shows_what_is_set_and_gives_it_back(title):
    shown = FORMS[title].initial_of(GOOD[title])
    form = FORMS[title](shown)
    assert form.is_valid(), form.errors
    assert form.value() == GOOD[title]


@pytest.mark.parametrize("title", GOOD)
def test_what_fits_is_kept_and_holds(actors, title):
    before = LedgerEntry.objects.count()
    house.set_setting(actors["officer"], title, GOOD[title])
    assert house.setting(title) == GOOD[title]
    assert house.every_setting(actors["admin"])[title] == GOOD[title]
    assert LedgerEntry.objects.count() == before + 1


@pytest.mark.parametrize(("title", "value"), BAD)
def test_what_does_not_fit_is_refused(actors, title, value):
    with pytest.raises(NotAccepted) as caught:
        house.set_setting(actors["officer"], title, value)
    assert caught.value.field == title
    assert not HouseSetting.objects.exists()


def test_a_setting_is_one_record_however_often_it_changes(actors):
    for day in ("20:00", "21:00", "22:00"):
        house.set_setting(actors["admin"], house.QUIET_HOURS, {"starts": day, "ends": "06:00"})
    assert HouseSetting.objects.count() == 1
    assert not verify().damages


def test_every_title_has_a_default_a_check_and_a_sentence():
    assert set(house.DEFAULTS) == set(house.CHECKS) == set(house.FAULTS) == set(GOOD)
    assert all(house.CHECKS[title](value) for title, value in house.DEFAULTS.items())
