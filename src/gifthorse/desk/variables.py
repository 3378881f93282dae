"""Every environment variable that an installation may set, for the documentation and for `gifthorse doctor`."""

from typing import Final, NamedTuple


class Variable(NamedTuple):
    """One variable: what it does, and what holds without it."""

    name: str
    meaning: str
    default: str


VARIABLES: Final = (
    Variable("DATABASE_URL", "A PostgreSQL database, as `postgres://user:password@host:port/name`.", "SQLite in the data folder"),
    Variable("GIFTHORSE_ADDRESS", "The address that the desk listens on.", "`127.0.0.1`, this machine alone"),
    Variable("GIFTHORSE_DATA", "The folder that holds the database, the vault, the spool and the keyring.", "`data`"),
    Variable("GIFTHORSE_HOSTS", "The names under which people reach the desk, with commas between.", "`localhost,127.0.0.1,[::1]`"),
    Variable("GIFTHORSE_KEK", "The key-encryption key itself, as base64 of 32 bytes.", "`kek` in the keyring"),
    Variable("GIFTHORSE_KEK_FILE", "A file with the key-encryption key, as a secrets manager hands it over.", "`kek` in the keyring"),
    Variable("GIFTHORSE_KEYRING", "The folder of the keys. Put it on another volume than the data.", "`keyring` in the data folder"),
    Variable("GIFTHORSE_PHOTOGRAPH_LIMIT", "The largest photograph, in bytes.", "26,214,400 (25 MiB)"),
    Variable("GIFTHORSE_SECOND_FACTOR", "`asked` or `required`: whether roles beyond staff must set up a second step.", "`asked`"),
    Variable("GIFTHORSE_SERVER_FOLDERS", "Folders on the server that officers may inspect in place, with commas between.", "none"),
    Variable("GIFTHORSE_TLS", "`proxy` when a proxy in front speaks TLS and sets X-Forwarded-Proto, else `none`.", "`none`"),
    Variable("GIFTHORSE_UPLOAD_LIMIT", "The largest image or file that can be brought to the desk, in bytes.", "68,719,476,736 (64 GiB)"),
    Variable("PORT", "The port that the desk listens on.", "`8000`"),
    Variable("TZ", "The time zone in which times are shown.", "`UTC`"),
)
