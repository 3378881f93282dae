"""What changes something answers to no link and to no form without its token."""

import pytest
from django.test import Client

from gifthorse.model.custody import Outcome
from tests.matrix.test_routes import ROWS, SENT, SENT_IN_AREAS, Row, World, address, office, sent_to, standing, world
from tests.samples import office as samples
from tests.samples.public_files import public_files

__all__ = ["office", "public_files", "standing", "world"]
pytestmark = pytest.mark.django_db

# Routes that answer GET as well show their form to it; their rows for GET say so.
SHOWN = {row.route for row in ROWS if row.method == "GET"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST" and row.route not in SHOWN], ids=lambda row: row.route)
def test_nothing_that_changes_something_answers_to_get(row: Row, office: samples.Office, world: World):
    client = Client()
    client.force_login(office.accounts["ines"])
    assert client.get(address(row.route, world, "idris")).status_code == 405


def test_a_form_without_its_token_changes_nothing(office: samples.Office, world: World):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.accounts["ines"])
    for row in ROWS:
        if row.method == "POST" and (row.route in SENT or row.route in SENT_IN_AREAS):
            response = client.post(address(row.route, world, "idris"), sent_to(row.route, world, "idris"))
            assert response.status_code == 403, row.route


def test_the_outcome_words_are_those_of_the_model():
    assert SENT["decide"](None, None)["outcome"] in set(Outcome)
