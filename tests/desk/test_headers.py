"""Every answer carries exactly the headers that `headers.HEADERS` lists, and pages need nothing that the policy forbids."""

import re

import pytest
from django.template.loader import get_template
from django.test import Client

from gifthorse.desk import headers
from gifthorse.desk.settings import HERE
from tests.matrix.test_routes import ROWS, address, office, standing, world

__all__ = ["office", "standing", "world"]
EXPECTED = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Permissions-Policy": headers.HEADERS["Permissions-Policy"],
}


def assert_exact(response):
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("login", [None, "mara", "ines", "aud", "adam", "clara"])
def test_every_route_answers_with_exactly_these_headers(login, office, world):
    client = Client()
    if login:
        client.force_login(office.accounts[login])
    for row in ROWS:
        if row.method == "GET":
            assert_exact(client.get(address(row.route, world, "idris")))


def test_what_is_not_there_carries_them_too(db):
    client = Client()
    assert_exact(client.get("/nothing/here"))
    assert_exact(client.get("/static/nothing.css"))


def test_the_policy_allows_nothing_unsafe():
    policy = headers.HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy
    assert "data:" not in policy


def test_permissions_are_given_to_nobody_but_passkeys_and_full_screen():
    granted = [one for one in headers.HEADERS["Permissions-Policy"].split(", ") if not one.endswith("=()")]
    assert granted == ["fullscreen=(self)", "publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]


def test_no_template_holds_a_style_a_handler_or_an_address_elsewhere():
    for path in (HERE / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle\s*=", text), path
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), path
        assert not re.search(r"(src|href|action)=[\"']https?:", text), path
        for script in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in script or "application/json" in script, path


def test_every_template_compiles():
    for path in (HERE / "templates").rglob("*.*"):
        get_template(str(path.relative_to(HERE / "templates")))
