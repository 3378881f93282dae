"""Signing in: by login name and password, braked, with a second step; and no network address is ever written down."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.samples.office import PASSWORD

ADDRESS = "203.0.113.77"
BROWSER = "Tellingly/77.3 (Rare Phone 9)"


@pytest.fixture(autouse=True)
def unbraked():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, login="mara", password=PASSWORD):
    return client.post("/sign-in/", {"login": login, "password": password}, REMOTE_ADDR=ADDRESS)


def test_the_right_password_opens_the_first_page(office):
    client = Client()
    assert sign_in(client).status_code == 302
    assert client.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_sound_alike(office):
    answers = [sign_in(Client(), *pair) for pair in (("mara", "wrong wrong wrong"), ("nobody", "wrong wrong wrong"))]
    errors = [re.findall(r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL) for answer in answers]
    assert answers[0].status_code == answers[1].status_code == 200
    assert errors[0] == errors[1]
    assert errors[0]


def test_a_closed_account_stays_outside(office):
    account = office.accounts["mara"]
    account.is_active = False
    account.save()
    client = Client()
    sign_in(client)
    assert client.get("/").status_code == 302


def test_the_sixth_wrong_password_is_braked_even_with_the_right_one(office):
    client = Client()
    for _turn in range(5):
        sign_in(client, password="wrong wrong wrong")
    sign_in(client)
    assert client.get("/").status_code == 302, "five failures in five minutes must close the door for this login name"


def test_somebody_elses_failures_do_not_lock_me_out(office):
    for _turn in range(6):
        sign_in(Client(), login="ines", password="wrong wrong wrong")
    client = Client()
    sign_in(client)
    assert client.get("/").status_code == 200


def test_neither_network_address_nor_browser_is_written_anywhere(office):
    client = Client(headers={"user-agent": BROWSER})
    sign_in(client)
    client.get("/", REMOTE_ADDR=ADDRESS)
    assert b"this one" in client.get("/account/sessions/").content
    client.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": "an even quieter phrase", "password2": "an even quieter phrase"},
        REMOTE_ADDR=ADDRESS,
    )
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert ADDRESS not in repr(row), table
                assert BROWSER not in repr(row), table


def test_an_app_is_asked_for_after_the_password_and_its_secret_is_sealed(office):
    secret = generate_totp_secret()
    TOTP.activate(office.accounts["ines"], secret)
    assert secret not in repr(Authenticator.objects.values_list("data"))
    client = Client()
    answer = sign_in(client, "ines")
    assert answer.headers["Location"] == "/sign-in/second-step/"
    assert client.get("/").status_code == 302
    assert client.get("/sign-in/second-step/").status_code == 200


def test_a_role_that_opens_doors_is_asked_for_a_second_step(office):
    client = Client()
    sign_in(client, "ines")
    assert "Set up a second step" in client.get("/").content.decode()
    other = Client()
    sign_in(other, "mara")
    assert "Set up a second step" not in other.get("/").content.decode()


def test_where_it_is_required_nothing_opens_before_it_is_set_up(office, settings):
    settings.GIFTHORSE_SECOND_FACTOR = "required"
    client = Client()
    sign_in(client, "ines")
    assert client.get("/items/").headers["Location"] == "/account/second-step/"
    assert client.get("/account/second-step/").status_code == 200
    TOTP.activate(office.accounts["ines"], generate_totp_secret())
    assert client.get("/items/").status_code == 200
    staff = Client()
    sign_in(staff, "mara")
    assert staff.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/signup/", "/sign-up/", "/password/reset/", "/email/", "/sign-in/signup/", "/admin/"])
def test_there_is_no_sign_up_no_mail_and_no_reset(office, address):
    client = Client()
    sign_in(client)
    assert client.get(address).status_code == 404


def test_the_page_after_signing_in_is_never_elsewhere(office):
    client = Client()
    answer = client.post("/sign-in/?next=https://evil.example/", {"login": "mara", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
