"""The settings as an installation sees them: in a process of their own, from the environment."""

import os
import subprocess
import sys

import pytest


def run(tmp_path, *arguments, **environment):
    surroundings = {"PATH": os.environ["PATH"], "GIFTHORSE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", *arguments],
        env=surroundings | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("tls", ["proxy", "none"])
def test_the_deployment_check_finds_nothing(tmp_path, tls):
    done = run(tmp_path, "check", "--deploy", "--fail-level", "DEBUG", GIFTHORSE_TLS=tls, GIFTHORSE_HOSTS="desk.example.org")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    silenced = "0 silenced" if tls == "proxy" else "4 silenced"
    assert silenced in done.stdout


def test_the_tables_and_the_migrations_agree(tmp_path):
    done = run(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GIFTHORSE_TLS", "maybe", "must be one of"),
        ("GIFTHORSE_UPLOAD_LIMIT", "lots", "must be a whole number"),
        ("DATABASE_URL", "mysql://x/y", "must begin with postgres://"),
    ],
)
def test_a_wrong_setting_ends_the_start_with_one_sentence(tmp_path, name, value, says):
    done = run(tmp_path, "check", **{name: value})
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_reading_the_settings_writes_nothing(tmp_path):
    run(tmp_path / "new", "check")
    assert not (tmp_path / "new").exists()


def test_the_session_secret_is_made_once_and_for_this_user_alone(tmp_path):
    from gifthorse.desk.surroundings import create_session_secret, session_secret

    keyring = tmp_path / "keyring"
    create_session_secret(keyring)
    first = session_secret(keyring)
    create_session_secret(keyring)
    assert session_secret(keyring) == first
    assert len(first) >= 64
    assert (keyring / "session-secret").stat().st_mode & 0o777 == 0o600
    assert keyring.stat().st_mode & 0o777 == 0o700


def test_a_postgresql_address_is_taken_apart():
    from gifthorse.desk.surroundings import database

    told = database("postgres://desk:p%40ss@db.example.org:5433/gift?sslmode=verify-full", None)
    assert (told["USER"], told["PASSWORD"], told["HOST"], told["PORT"], told["NAME"]) == ("desk", "p@ss", "db.example.org", "5433", "gift")
    assert told["OPTIONS"] == {"sslmode": "verify-full"}
