"""What the house sets for itself: a default until then, checked, and each change in the ledger."""

import pytest

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
]


def test_a_default_holds_until_something_is_set(actors):
    assert house.setting(house.RULE_PACKS) == ["house"]
    assert house.setting("another-title", 7) == 7
    assert house.every_setting(actors["admin"]) == dict(house.DEFAULTS)


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
