"""Signing in through the house: only people of the register, by a vouched mail address, and nothing of it is kept."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from gifthorse.desk import surroundings
from gifthorse.procedures import keep_accounts
from tests.samples.house_provider import CLIENT, SECRET, provider
from tests.samples.office import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


@pytest.fixture
def house(settings):
    cache.clear()
    with provider() as made:
        app = {"provider_id": "house", "name": "the house", "client_id": CLIENT, "secret": SECRET, "settings": {"server_url": made.address}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid", "email"]}}
        yield made


def go_through(client):
    """The way to the house and back; the page that it ends on."""
    away = client.get("/sign-in/house/")
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away.url).query)
    return client.get("/sign-in/house/back/", {"code": "c", "state": asked["state"][0]}, follow=True)


def test_somebody_of_the_register_gets_in(office, house):
    page = go_through(Client())
    assert page.redirect_chain[-1][0] == "/"
    assert page.context["account"].pk == office.accounts["mara"].pk


def test_the_way_there_proves_its_key_and_asks_for_no_name(office, house):
    asked = parse_qs(urlsplit(Client().get("/sign-in/house/").url).query)
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/house/back/"]


def signed_in(client):
    return client.get("/").status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        {"email": "stranger@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": ""},
        {"sub": ""},
    ],
    ids=["unknown", "unverified", "a word instead of a yes", "silence", "no mail", "nobody"],
)
def test_nobody_else_gets_in_and_nobody_signs_up(office, house, told):
    from gifthorse.store.tables.account import Account

    house.userinfo |= told
    before = Account.objects.count()
    client = Client()
    page = go_through(client)
    assert page.redirect_chain[-1][0] == "/sign-in/"
    assert 'role="status"' in page.content.decode()
    assert not signed_in(client)
    assert Account.objects.count() == before


def test_an_answer_about_two_people_is_refused(office, house):
    house.id_token = {"sub": "somebody-else"}
    client = Client()
    go_through(client)
    assert not signed_in(client)


@pytest.mark.parametrize(
    "claims", [{"aud": "another-desk"}, {"iss": "https://elsewhere.example"}, {"exp": 1}], ids=["audience", "issuer", "time"]
)
def test_a_token_for_another_desk_another_house_or_another_time_is_refused(office, house, claims):
    house.id_token = claims
    client = Client()
    assert go_through(client).redirect_chain[-1][0] == "/sign-in/"
    assert not signed_in(client)


def test_silence_about_the_mail_will_do_where_the_house_is_trusted_but_a_no_never(office, house, settings):
    settings.GIFTHORSE_OIDC_MAIL = "trusted"
    del house.userinfo["email_verified"]
    client = Client()
    go_through(client)
    assert signed_in(client)
    house.userinfo["email_verified"] = False
    other = Client()
    go_through(other)
    assert not signed_in(other)


def test_a_closed_account_and_an_address_that_two_people_share_stay_outside(office, house):
    keep_accounts.create(office.actor("adam"), "double", PASSWORD, ["staff"], {"name": "D", "mail": "MARA@example.org"})
    client = Client()
    go_through(client)
    assert not signed_in(client)
    house.userinfo["email"] = "idris@example.org"
    keep_accounts.close(office.actor("adam"), office.accounts["idris"].pk)
    go_through(client)
    assert not signed_in(client)


def test_an_answer_with_another_state_is_refused(office, house):
    client = Client()
    client.get("/sign-in/house/")
    page = client.get("/sign-in/house/back/", {"code": "c", "state": "made-up"}, follow=True)
    assert page.redirect_chain[-1][0] == "/sign-in/"
    assert not signed_in(client)


def test_a_provider_that_answers_nonsense_breaks_no_page(office, house):
    house.broken = True
    page = Client().get("/sign-in/house/", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == "/sign-in/"


def test_the_second_step_is_asked_for_all_the_same(office, house):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(office.accounts["mara"], generate_totp_secret())
    client = Client()
    assert go_through(client).redirect_chain[-1][0] == "/sign-in/second-step/"
    assert not signed_in(client)


def test_nothing_that_the_house_said_is_kept(office, house):
    go_through(Client())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("socialaccount_"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT session_data FROM django_session")
        sessions = [row[0] for row in cursor.fetchall()]
    from django.contrib.sessions.backends.db import SessionStore

    said = " ".join(str(SessionStore().decode(data)) for data in sessions)
    for word in ("77-outside", "mara@example.org", "Zanderkopf"):
        assert word not in said


def test_the_button_is_there_only_where_a_house_is_set(office, house, settings):
    assert "/sign-in/house/" in Client().get("/sign-in/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "/sign-in/house/" not in Client().get("/sign-in/").content.decode()
    assert Client().get("/sign-in/house/").status_code == 404


@pytest.mark.parametrize(
    ("set_to", "problem"),
    [
        ({"URL": "https://id.example.org"}, "all three"),
        ({"URL": "http://id.example.org", "CLIENT_ID": "desk", "SECRET": "s"}, "https://"),
        ({"URL": "https://id.example.org", "CLIENT_ID": "desk", "SECRET_FILE": "/nowhere"}, "can't be read"),
    ],
    ids=["half", "plain http", "no file"],
)
def test_half_a_setting_ends_the_start_with_a_sentence(monkeypatch, capsys, set_to, problem):
    for name, value in set_to.items():
        monkeypatch.setenv(f"GIFTHORSE_OIDC_{name}", value)
    with pytest.raises(SystemExit):
        surroundings.house_sign_in()
    assert problem in capsys.readouterr().err


def test_the_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("s3cret\n")
    monkeypatch.setenv("GIFTHORSE_OIDC_URL", "https://id.example.org/")
    monkeypatch.setenv("GIFTHORSE_OIDC_CLIENT_ID", "desk")
    monkeypatch.setenv("GIFTHORSE_OIDC_SECRET_FILE", str(tmp_path / "secret"))
    [app] = surroundings.house_sign_in()
    assert (app["secret"], app["settings"]) == ("s3cret", {"server_url": "https://id.example.org"})
