"""A file between two steps: looked at first, taken over after. It lies encrypted in the spool, for one person and one hour.

It can't ride along in the page: two megabytes in a form field are more than a form may bring, and a page with everybody's name would
lie in the browser. It is no record either, since most of what is looked at is never taken over, so it stays out of vault and ledger.
"""

import os
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from gifthorse.model.errors import Damaged, KeyMissing, WrongState
from gifthorse.model.words import N_
from gifthorse.store.keyring import keyring

KEPT_FOR: Final = 3600.0  # seconds
TOKEN: Final = re.compile(r"[\w-]{32}")
PREFIX: Final = "held-"
TOO_LATE: Final = N_("The file is not here any more: it is kept for an hour. Nothing was written; please choose it once more.")


def hold(person: str, content: bytes, clock: Callable[[], float] = time.time) -> str:
    """The token under which *person* finds *content* again."""
    forget_old(clock)
    token = secrets.token_urlsafe(24)
    path = _path(token)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(keyring().wrap(content, _purpose(person, token)))
    return token


def held(person: str, untrusted_token: str, clock: Callable[[], float] = time.time) -> bytes:
    """What *person* had held under the token. Raises WrongState when it is gone, or was never theirs."""
    forget_old(clock)
    if not TOKEN.fullmatch(untrusted_token):
        raise WrongState(TOO_LATE)
    try:
        return keyring().unwrap(_path(untrusted_token).read_bytes(), _purpose(person, untrusted_token))
    except (OSError, Damaged, KeyMissing) as error:
        raise WrongState(TOO_LATE) from error


def drop(token: str) -> None:
    """Nothing is held under the token any more."""
    if TOKEN.fullmatch(token):
        _path(token).unlink(missing_ok=True)


def forget_old(clock: Callable[[], float] = time.time) -> None:
    """What was held for longer than an hour is gone."""
    oldest = clock() - KEPT_FOR
    for path in Path(settings.GIFTHORSE_SPOOL).glob(f"{PREFIX}*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _path(token: str) -> Path:
    return Path(settings.GIFTHORSE_SPOOL) / f"{PREFIX}{token}"


def _purpose(person: str, token: str) -> str:
    return f"held file {person} {token}"
