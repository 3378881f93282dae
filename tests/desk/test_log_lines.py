"""What the log says of addresses, through the configuration that the desk really runs with."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from gifthorse.desk.log_lines import harmless_path
from gifthorse.desk.serving import GUNICORN
from gifthorse.desk.urls import urlpatterns as ours
from gifthorse.model.errors import Damaged
from gifthorse.procedures import keep_calendar

SECRET = "qV7hW2kZ0mS4tR8yB1nC5xD9fG3jL6pA"
ID = "trip-0123456789ABC"


def breaks(_request, secret):
    """Breaks, and says the secret while it does."""
    raise ValueError(f"no calendar under {secret}")


def is_damaged(_request, secret):
    """Meets a damaged record."""
    raise Damaged("The record was changed.")


urlpatterns = [
    path("broken/<str:secret>.ics", breaks, name="calendar_feed"),
    path("damaged/<str:secret>/", is_damaged, name="healthz"),
    *ours,
]


@pytest.fixture
def log(monkeypatch):
    """What the desk's own configuration writes to standard error."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logging.config.dictConfig(settings.LOGGING)
    yield written
    monkeypatch.undo()
    logging.config.dictConfig(settings.LOGGING)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "method", "status", "told"),
    [
        (f"/calendar/{SECRET}.ics", "get", 404, "Not Found: /calendar/[hidden]"),
        (f"/calendar/{SECRET}", "get", 404, "Not Found: /calendar/[hidden]"),
        (f"/de/calendar/{SECRET}.ics/", "get", 404, "Not Found: /[hidden]/calendar/[hidden]/"),
        (f"/calendar/{SECRET}.ics", "post", 405, "Method Not Allowed (POST): /calendar/[hidden]"),
        (f"/restore/{SECRET}/?token={SECRET}", "get", 404, "Not Found: /[hidden]/[hidden]/"),
        (f"/sign-in/house/back/?code={SECRET}&state={SECRET}", "post", 405, "Method Not Allowed (POST): /sign-in/house/back/"),
        (f"/items/{ID}/receipt/{SECRET}/", "get", 404, f"Not Found: /items/{ID}/receipt/[hidden]/"),
    ],
    ids=["no such calendar", "without its ending", "elsewhere", "not to be posted to", "restore", "the way back", "receipt"],
)
def test_an_address_is_logged_without_its_secret(log, address, method, status, told):
    assert getattr(Client(), method)(address).status_code == status
    assert told in log.getvalue()
    assert SECRET not in log.getvalue()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", [f"/broken/{SECRET}.ics?key={SECRET}", f"/damaged/{SECRET}/"], ids=["broken", "damaged"])
def test_what_breaks_is_told_with_its_traceback_and_without_the_secret(log, address):
    from gifthorse.desk import log_lines

    log_lines._words_of_addresses.cache_clear()
    assert Client(raise_request_exception=False).get(address).status_code == 500
    log_lines._words_of_addresses.cache_clear()
    written = log.getvalue()
    assert SECRET not in written
    assert ("ValueError: no calendar under [hidden]" in written) or ("Damaged at /damaged/[hidden]/" in written)
    assert "Internal Server Error: /" in written


def test_a_calendar_that_was_renewed_is_not_told_by_its_old_address(log, office):
    old = keep_calendar.renew(office.actor("mara"))
    keep_calendar.renew(office.actor("mara"))
    assert Client().get(f"/calendar/{old}.ics").status_code == 404
    assert "Not Found: /calendar/[hidden]" in log.getvalue()
    assert old not in log.getvalue()


@pytest.mark.django_db
def test_a_referer_with_a_secret_is_not_logged(log):
    address = f"https://elsewhere.example/calendar/{SECRET}.ics?k={SECRET}"
    Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"}, secure=True, headers={"referer": address})
    assert "https://elsewhere.example/calendar/[hidden]" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_the_web_servers_own_log_keeps_the_secret_too(monkeypatch):
    from gunicorn.config import Config

    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    told = Config()
    for name, value in GUNICORN.items():
        if name in told.settings:
            told.set(name, value)
    log = told.logger_class(told)
    try:
        log.error("Error handling request %s", f"/calendar/{SECRET}.ics?code={SECRET}")
    finally:
        log.error_log.handlers.clear()
    assert "Error handling request /calendar/[hidden]" in written.getvalue()
    assert SECRET not in written.getvalue()


def test_words_of_the_desk_and_opaque_ids_stay_readable():
    assert harmless_path(f"/trips/{ID}/change/") == f"/trips/{ID}/change/"
    assert harmless_path("/people/halvorsen/") == "/people/[hidden]/"
    assert harmless_path("/") == "/"
