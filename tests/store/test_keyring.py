"""The keyring: made once, never replaced, and the wrong one is told from damage."""

import base64
import os

import pytest

from gifthorse.model.errors import Damaged, KeyMissing
from gifthorse.store.keyring import Keyring


def test_a_new_keyring_is_readable_by_its_own_user_alone(tmp_path):
    Keyring.create(tmp_path / "keyring", {})
    assert oct((tmp_path / "keyring").stat().st_mode) == "0o40700"
    assert {file.name: oct(file.stat().st_mode) for file in (tmp_path / "keyring").iterdir()} == {"kek": "0o100600", "signing": "0o100600"}


def test_opening_gives_what_was_made(tmp_path):
    assert Keyring.create(tmp_path, {}) == Keyring.open(tmp_path, {})


def test_a_keyring_is_never_replaced(tmp_path):
    made = Keyring.create(tmp_path, {})
    with pytest.raises(KeyMissing, match="already"):
        Keyring.create(tmp_path, {})
    assert Keyring.open(tmp_path, {}) == made


def test_a_missing_short_or_misspelt_key_is_named(tmp_path):
    with pytest.raises(KeyMissing, match="kek"):
        Keyring.open(tmp_path, {})
    Keyring.create(tmp_path, {})
    with pytest.raises(KeyMissing, match="base64"):
        Keyring.open(tmp_path, {"GIFTHORSE_KEK": "?"})
    (tmp_path / "kek").write_bytes(b"short")
    with pytest.raises(KeyMissing, match="32 bytes"):
        Keyring.open(tmp_path, {})


def test_the_key_may_come_from_outside(tmp_path):
    key = os.urandom(32)
    (tmp_path / "secret").write_bytes(key)
    from_text = Keyring.create(tmp_path / "a", {"GIFTHORSE_KEK": base64.b64encode(key).decode()})
    from_file = Keyring.create(tmp_path / "b", {"GIFTHORSE_KEK_FILE": str(tmp_path / "secret")})
    assert from_text.wrapping_key == from_file.wrapping_key
    assert not (tmp_path / "a" / "kek").exists()


def test_each_purpose_has_a_key_of_its_own(tmp_path):
    made = Keyring.create(tmp_path, {})
    keys = {made.key_encryption_key, made.signing_seed, made.wrapping_key, made.ledger_key, made.token_key}
    assert len(keys) == 5
    assert made.fingerprint not in {key[:8] for key in keys}


def test_a_wrapped_key_opens_for_its_own_purpose_alone(tmp_path):
    made = Keyring.create(tmp_path / "a", {})
    wrapped = made.wrap(b"k" * 32, "sealed-1")
    assert made.unwrap(wrapped, "sealed-1") == b"k" * 32
    with pytest.raises(Damaged):
        made.unwrap(wrapped, "sealed-2")
    for length in range(8, len(wrapped)):
        with pytest.raises(Damaged):
            made.unwrap(wrapped[:length], "sealed-1")
    with pytest.raises(KeyMissing, match="another key"):
        Keyring.create(tmp_path / "b", {}).unwrap(wrapped, "sealed-1")


def test_the_keys_do_not_show_in_what_a_traceback_prints(tmp_path):
    assert repr(Keyring.create(tmp_path, {})) == "Keyring()"


def test_derived_keys_stay_the_same_from_version_to_version():
    made = Keyring(key_encryption_key=bytes(range(32)), signing_seed=bytes(32))
    assert made.wrapping_key.hex() == "7221daab3587a5cc1c5c5e23397edeec17932945d666bbcfe1d9d7d5bd75c344"
    assert made.ledger_key.hex() == "f4cad1c79c862364772ffdbc7643458c1b9140cc849a94935270b52ff896dd87"
