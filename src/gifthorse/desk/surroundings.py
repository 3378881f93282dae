"""What the surroundings of the process say: environment variables, the data folder, and the secret that signs sessions."""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

SECRET_FILE: Final = "session-secret"  # noqa: S105 - a file name
SQLITE_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;"
)
# At this size a write goes on a connection of its own, so that eight web threads and the job worker wait for each other and never fail.
SECONDS_TO_WAIT_FOR_THE_WRITER: Final = 20


def end_the_start(sentence: str) -> NoReturn:
    """Nothing starts: *sentence* says why in one line on standard error, and the exit status is 2 (could not do it)."""
    print(f"gifthorse: {sentence}", file=sys.stderr)  # noqa: T201
    raise SystemExit(2)


def number(name: str, default: int) -> int:
    """The whole number in the environment variable *name*, or *default*; a wrong one ends the start with a sentence."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        end_the_start(f"{name} must be a whole number, not “{text}”. Please correct it and start again.")
    return int(text)


def words(name: str, default: str) -> list[str]:
    """The comma-separated words in the environment variable *name*."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """The one of *allowed* in the environment variable *name*."""
    value = os.environ.get(name, default).strip() or default
    if value not in allowed:
        end_the_start(f"{name} must be one of {', '.join(allowed)}, not “{value}”. Please correct it and start again.")
    return value


def house_sign_in() -> list[dict[str, Any]]:
    """The house's OpenID Connect provider as allauth takes it, or nothing where none is set; half a setting ends the start."""
    url, client = os.environ.get("GIFTHORSE_OIDC_URL", "").strip(), os.environ.get("GIFTHORSE_OIDC_CLIENT_ID", "").strip()
    if not url and not client:
        return []
    secret = os.environ.get("GIFTHORSE_OIDC_SECRET", "").strip()
    if path := os.environ.get("GIFTHORSE_OIDC_SECRET_FILE", "").strip():
        try:
            secret = Path(path).read_text(encoding="utf-8").strip()
        except OSError:
            end_the_start(f"GIFTHORSE_OIDC_SECRET_FILE names {path}, which can't be read. Please correct it and start again.")
    if not (url and client and secret):
        end_the_start(
            "Signing in through the house needs GIFTHORSE_OIDC_URL, GIFTHORSE_OIDC_CLIENT_ID and GIFTHORSE_OIDC_SECRET, all three."
        )
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}):
        end_the_start("GIFTHORSE_OIDC_URL must begin with https:// ; plain http is for a provider on this machine alone.")
    app = {"provider_id": "house", "name": "the house", "client_id": client, "secret": secret}
    return [app | {"settings": {"server_url": url.rstrip("/")}}]


def session_secret(keyring: Path) -> str:
    """The secret that signs sessions and form tokens: as kept in *keyring*, or one for this process alone when none is kept yet."""
    try:
        return (keyring / SECRET_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(64)


def create_session_secret(keyring: Path) -> None:
    """*keyring* (mode 0700) holds a session secret (mode 0600); one that is there stays."""
    keyring.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(keyring / SECRET_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's description of the database at *url* (``postgres://user:password@host:port/name``), or of the SQLite file in *data*."""
    if not url:
        return _sqlite(data / "desk.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        end_the_start("DATABASE_URL must begin with postgres:// . Leave it out to use SQLite in the data folder.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _postgresql_options(dict(parse_qsl(parts.query))),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": SECONDS_TO_WAIT_FOR_THE_WRITER},
    }


def _postgresql_options(query: Mapping[str, str]) -> dict[str, Any]:
    # a folder with the server's socket is given as ?host=/run/postgresql, which libpq takes as an option
    return dict(query)
