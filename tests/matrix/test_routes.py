"""Every route × every role × {own, other's} against one table, by really asking. A route without a row fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gifthorse.desk.gate import OPEN_TO_ALL
from gifthorse.model.custody import ItemState
from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.item import Item
from tests.matrix.areas import AREAS
from tests.samples import office as samples
from tests.samples.public_files import public_files

__all__ = ["public_files"]

# said although the office below stands for all of them: pytest-django makes a database only where a test says that it needs one
pytestmark = pytest.mark.django_db

# Who asks, under which login name, and whose records they ask for.
COLUMNS = (
    ("nobody", None, "idris"),
    ("staff, own", "mara", "mara"),
    ("staff, other's", "mara", "idris"),
    ("officer, own", "tomo", "tomo"),
    ("officer, other's", "ines", "idris"),
    ("board", "bo", "idris"),
    ("custodian", "clara", "idris"),
    ("auditor", "aud", "idris"),
    ("admin", "adam", "idris"),
    ("research", "rhea", "idris"),
)

# 200 shown · 302 done, or on the way elsewhere · 400 didn't fit · 403 may not · 404 nothing there for them · 405 not this way · 409 not now
#                                nobody  staff       officer     board custodian auditor admin
#                                        own other's own other's
EXPECTED = """
home               GET           302     200 200     200 200     200   200       200     200
healthz            GET           200     200 200     200 200     200   200       200     200
report             GET           302     200 200     200 403     403   403       403     403
report             POST          302     302 302     302 403     403   403       403     403
my_items           GET           302     200 200     200 200     403   403       403     403
receipt            GET           302     200 404     200 200     403   403       403     403
photographs        POST          302     302 404     302 302     403   403       403     403
picture            GET           302     200 404     200 200     403   403       403     403
withdraw           POST          302     302 404     302 403     403   403       403     403
write              POST          302     302 404     302 403     403   403       403     403
items              GET           302     200 200     200 200     403   403       403     403
item               GET           302     200 404     200 200     403   403       403     403
take_in            POST          302     403 403     302 302     403   403       403     403
hand_over          POST          302     403 403     302 302     403   403       403     403
exhibits           POST          302     403 403     302 302     403   403       403     403
folder             POST          302     403 403     400 400     403   403       403     403
arrivals           POST          302     403 403     200 200     403   403       403     403
arrival            GET           302     404 404     404 404     404   404       404     404
arrival            PUT           302     404 404     404 404     404   404       404     404
arrival            POST          302     404 404     404 404     404   404       404     404
decide             POST          302     403 403     403 302     403   403       403     403
answer             POST          302     403 403     403 302     403   403       403     403
close              POST          302     403 403     403 302     403   403       403     403
start_inspection   POST          302     403 403     302 302     403   403       403     403
inspection         GET           302     403 403     200 200     403   403       403     403
progress           GET           302     403 403     302 302     403   403       403     403
compare            GET           302     403 403     200 200     403   403       403     403
contents           GET           302     403 403     200 200     403   403       403     403
note               POST          302     403 403     403 302     403   403       403     403
stop_inspection    POST          302     403 403     409 409     403   403       403     403
export             POST          302     403 403     200 200     403   403       403     403
ledger             GET           302     403 403     403 403     403   403       200     403
trail              GET           302     403 403     200 200     403   403       200     403
verify             GET           302     403 403     403 403     403   403       200     403
verify             POST          302     403 403     403 403     403   403       200     403
checkpoint         POST          302     403 403     403 403     403   403       200     403
figures            GET           302     403 403     403 403     403   403       200     403
release            GET           302     403 403     403 403     403   200       403     403
release            POST          302     403 403     403 403     403   200       403     403
erase              GET           302     403 403     403 403     403   200       403     403
erase              POST          302     403 403     403 403     403   302       403     403
accounts           GET           302     403 403     403 403     403   403       403     200
new_account        GET           302     403 403     403 403     403   403       403     200
new_account        POST          302     403 403     403 403     403   403       403     302
account_roles      GET           302     403 403     403 403     403   403       403     200
account_roles      POST          302     403 403     403 403     403   403       403     302
close_account      POST          302     403 403     403 403     403   403       403     302
account_login      GET           200     302 302     302 302     302   302       302     302
account_logout     GET           302     200 200     200 200     200   200       200     200
account_logout     POST          302     302 302     302 302     302   302       302     302
account_inactive   GET           200     200 200     200 200     200   200       200     200
mfa_authenticate   GET           302     302 302     302 302     302   302       302     302
mfa_login_webauthn GET           302     302 302     302 302     302   302       302     302
account_change_password      GET 302     200 200     200 200     200   200       200     200
account_reauthenticate       GET 302     200 200     200 200     200   200       200     200
mfa_reauthenticate           GET 302     302 302     302 302     302   302       302     302
mfa_reauthenticate_webauthn  GET 302     302 302     302 302     302   302       302     302
mfa_index                    GET 302     200 200     200 200     200   200       200     200
mfa_activate_totp            GET 302     302 302     302 302     302   302       302     302
mfa_deactivate_totp          GET 302     404 404     404 404     404   404       404     404
mfa_list_webauthn            GET 302     200 200     200 200     200   200       200     200
mfa_add_webauthn             GET 302     302 302     302 302     302   302       302     302
mfa_remove_webauthn          GET 302     302 302     302 302     302   302       302     302
mfa_edit_webauthn            GET 302     302 302     302 302     302   302       302     302
mfa_view_recovery_codes      GET 302     404 404     404 404     404   404       404     404
mfa_generate_recovery_codes  GET 302     302 302     302 302     302   302       302     302
mfa_download_recovery_codes  GET 302     404 404     404 404     404   404       404     404
usersessions_list            GET 302     200 200     200 200     200   200       200     200
"""


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    statuses: tuple[int, ...]


LINES = "\n".join([EXPECTED, *(area.EXPECTED for area in AREAS)]).split("\n")


def row_of(route: str, method: str, *cells: str) -> Row:
    """A row; where the last column is left out, research security is answered as the board is, which has no more rights there."""
    statuses = tuple(int(cell) for cell in cells)
    return Row(route, method, statuses if len(statuses) == len(COLUMNS) else (*statuses, statuses[5]))


ROWS = [row_of(*line.split()) for line in LINES if line.strip()]
SENT_IN_AREAS = {route: (area, sent) for area in AREAS for route, sent in area.SENT.items()}


@dataclass(frozen=True)
class World:
    """The records that the routes name, for each owner."""

    items: dict[str, Item]
    exhibits: dict[str, str]
    inspections: dict[str, str]
    pictures: dict[str, str]
    others: dict[str, str]
    account: str
    person: str
    areas: dict[str, object]


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker) -> Iterator[tuple[samples.Office, World]]:
    """One office for the whole module: each test asks it within a transaction that it takes back."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = samples.open_office()
        yield office, made_world(office)
        transaction.set_rollback(True)


@pytest.fixture
def office(standing: tuple[samples.Office, World]) -> samples.Office:
    return standing[0]


@pytest.fixture
def world(standing: tuple[samples.Office, World]) -> World:
    return standing[1]


def made_world(office: samples.Office) -> World:
    """The records that routes name."""
    items, exhibits, inspections, pictures, others = {}, {}, {}, {}, {}
    for owner in ("mara", "idris", "tomo"):
        item = samples.taken_in(office, samples.a_report(office, owner))
        exhibit = samples.with_content(office, item)
        pictures[owner] = samples.photographed(office, item, owner).pk
        items[owner], exhibits[owner], inspections[owner] = item, exhibit.pk, samples.inspected(office, exhibit).pk
        others[owner] = samples.inspected(office, exhibit).pk
    idris = office.accounts["idris"]
    return World(
        items=items,
        exhibits=exhibits,
        inspections=inspections,
        pictures=pictures,
        others=others,
        account=idris.pk,
        person=idris.person_id,
        areas={area.__name__: area.route_world(office) for area in AREAS},
    )


def all_routes() -> Iterator[str]:
    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                assert pattern.name, f"{pattern.pattern} has no name"
                yield pattern.name

    yield from walk(get_resolver().url_patterns)


def test_every_route_has_a_row_and_every_row_a_route():
    assert {row.route for row in ROWS} == set(all_routes())


def test_every_row_has_a_cell_for_everybody():
    assert {len(row.statuses) for row in ROWS} == {len(COLUMNS)}


def test_only_what_is_listed_is_open_to_nobody_in_particular():
    answered = {row.route for row in ROWS if row.statuses[0] == 200}
    assert answered <= set(OPEN_TO_ALL)


# What a form must hold to reach the procedure behind it.
SENT: dict[str, Callable[[World, Item], dict[str, object]]] = {
    "report": lambda *_: {"kind": "camera"},
    "photographs": lambda *_: {"photographs": SimpleUploadedFile("a.jpg", b"\xff\xd8 picture")},
    "write": lambda *_: {"text": "When do I get it back?"},
    "take_in": lambda *_: {"seal_number": "B-1"},
    "hand_over": lambda *_: {"outside": "The police"},
    "exhibits": lambda *_: {"file": SimpleUploadedFile("stick.img", b"content")},
    "folder": lambda *_: {"path": "/nowhere"},
    "arrival": lambda *_: {"size": "7"},
    "arrivals": lambda *_: {"name": "stick.img"},
    "decide": lambda *_: {"outcome": "destroy", "reason": "It installs a keyboard."},
    "answer": lambda *_: {"text": "Thank you."},
    "note": lambda *_: {"kind": "dispute", "text": "Our own tool."},
    "release": lambda world, _item: {"person": world.person, "reason": "The police ask."},
    "erase": lambda _world, item: {"item": item.pk, "reason": "The period of retention is over."},
    "new_account": lambda *_: {"username": "neu", "password": "a long first phrase", "roles": ["staff"], "name": "Neu"},
    "account_roles": lambda *_: {"roles": ["officer"]},
}


def sent_to(route: str, world: World, owner: str) -> dict[str, object]:
    """The form of *route* for the records of *owner*."""
    if route in SENT_IN_AREAS:
        area, sent = SENT_IN_AREAS[route]
        return sent(world.areas[area.__name__], owner)
    return SENT.get(route, lambda *_: {})(world, world.items[owner])


NEEDED_STATE = {
    ("take_in", "POST"): ItemState.REPORTED,
    ("withdraw", "POST"): ItemState.REPORTED,
    ("close", "POST"): ItemState.DECIDED,
    ("erase", "POST"): ItemState.CLOSED,
}


def address(route: str, world: World, owner: str) -> str:
    item = world.items[owner]
    named = {
        "item_id": item.pk,
        "exhibit_id": (world.pictures if route == "picture" else world.exhibits)[owner],
        "inspection_id": world.inspections[owner],
        "other_id": world.others[owner],
        "account_id": world.account,
        "token": "nosuchupload",
        "form": "json",
        "number": 1,
        "pk": 1,
    }
    for area in AREAS:
        named |= area.named(route, world.areas[area.__name__], owner)
    pattern = next(iter(get_resolver().reverse_dict.getlist(route)))
    return reverse(route, kwargs={name: named[name] for name in pattern[0][0][1]})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.route}-{row.method}")
def test_a_route_answers_each_role_as_the_table_says(row: Row, office: samples.Office, world: World, settings):
    seen = []
    for _who, login, owner in COLUMNS:
        with transaction.atomic():
            client = Client()
            if login:
                client.force_login(office.accounts[login])
            item = world.items[owner]
            state = NEEDED_STATE.get((row.route, row.method))
            if state:
                Item.objects.filter(pk=item.pk).update(state=state.value)
            if row.route == "close":
                samples.answer_reporter.answer(office.actor("ines"), world.items["idris"].pk, "Thank you.")
            if row.route == "start_inspection":
                assert not Inspection.objects.filter(state="queued").exists()
            for area in AREAS:
                area.prepare(row.route, row.method, world.areas[area.__name__], owner)
            body = sent_to(row.route, world, owner) if row.method == "POST" else {}
            place = address(row.route, world, owner) + ("?offset=0" if row.method == "PUT" else "")
            response = getattr(client, row.method.lower())(place, body)
            seen.append(response.status_code)
            transaction.set_rollback(True)
    assert dict(zip([name for name, *_ in COLUMNS], seen, strict=True)) == dict(
        zip([name for name, *_ in COLUMNS], row.statuses, strict=True)
    )
