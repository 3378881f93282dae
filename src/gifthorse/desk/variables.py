"""Every environment variable that an installation may set, for the documentation and for `gifthorse doctor`."""

from typing import Final, NamedTuple


class Variable(NamedTuple):
    """One variable: what it does, and what holds without it."""

    name: str
    meaning: str
    default: str


VARIABLES: Final = (
    Variable("DATABASE_URL", "A PostgreSQL database, as `postgres://user:password@host:port/name`.", "SQLite in the data folder"),
    Variable("GIFTHORSE_ADVICE", "The folder with the files of official travel advice.", "`advice` in the data folder"),
    Variable("GIFTHORSE_ADVICE_ADDRESSES", "Addresses (https) to fetch official travel advice from, with commas between.", "none"),
    Variable("GIFTHORSE_ADDRESS", "The address that the desk listens on.", "`127.0.0.1`, this machine alone"),
    Variable("GIFTHORSE_DATA", "The folder that holds the database, the vault, the spool and the keyring.", "`data`"),
    Variable("GIFTHORSE_HOSTS", "The names under which people reach the desk, with commas between.", "`localhost,127.0.0.1,[::1]`"),
    Variable(
        "GIFTHORSE_DESK_URL",
        "The desk's own address, as it stands in mails, such as `https://desk.example.org`.",
        "none: mails name no address",
    ),
    Variable("GIFTHORSE_IMAP_FOLDER", "The folder of the mailbox to which people forward invitations.", "`INBOX`"),
    Variable("GIFTHORSE_IMAP_HOST", "The server of that mailbox. Without it no mailbox is read.", "none"),
    Variable("GIFTHORSE_IMAP_PASSWORD_FILE", "A file with the password of that mailbox.", "none"),
    Variable("GIFTHORSE_IMAP_PORT", "The port of that server.", "`993`"),
    Variable("GIFTHORSE_IMAP_SECURITY", "`tls`, `starttls`, or `none` for a server on this machine.", "`tls`"),
    Variable("GIFTHORSE_IMAP_USER", "The user name of that mailbox.", "none"),
    Variable("GIFTHORSE_KEK", "The key-encryption key itself, as base64 of 32 bytes.", "`kek` in the keyring"),
    Variable("GIFTHORSE_KEK_FILE", "A file with the key-encryption key, as a secrets manager hands it over.", "`kek` in the keyring"),
    Variable("GIFTHORSE_KEYRING", "The folder of the keys. Put it on another volume than the data.", "`keyring` in the data folder"),
    Variable("GIFTHORSE_OIDC_CLIENT_ID", "The name of this desk at the house's OpenID Connect provider.", "none"),
    Variable(
        "GIFTHORSE_OIDC_MAIL",
        "`verified`: the provider must say that it verified a mail address; `trusted`: its silence will do, where it keeps them itself.",
        "`verified`",
    ),
    Variable("GIFTHORSE_OIDC_SECRET", "The secret of this desk at the provider.", "none"),
    Variable("GIFTHORSE_OIDC_SECRET_FILE", "A file with that secret, as a secrets manager hands it over.", "none"),
    Variable(
        "GIFTHORSE_OIDC_URL", "The provider's address (issuer): people of the register sign in through it.", "none: passwords and passkeys"
    ),
    Variable("GIFTHORSE_PHOTOGRAPH_LIMIT", "The largest photograph, in bytes.", "26,214,400 (25 MiB)"),
    Variable("GIFTHORSE_SECOND_FACTOR", "`asked` or `required`: whether roles beyond staff must set up a second step.", "`asked`"),
    Variable("GIFTHORSE_SMTP_FROM", "The address that mails of the desk come from.", "`gifthorse@localhost`"),
    Variable(
        "GIFTHORSE_SMTP_HOST",
        "The server that sends the desk's mails. Without it they are laid into `outgoing` in the data folder.",
        "none",
    ),
    Variable("GIFTHORSE_SMTP_PASSWORD_FILE", "A file with the password for that server.", "none"),
    Variable("GIFTHORSE_SMTP_PORT", "The port of that server.", "`587`"),
    Variable("GIFTHORSE_SMTP_SECURITY", "`starttls`, `tls`, or `none` for a server on this machine.", "`starttls`"),
    Variable("GIFTHORSE_SMTP_USER", "The user name for that server.", "none"),
    Variable("GIFTHORSE_SERVER_FOLDERS", "Folders on the server that officers may inspect in place, with commas between.", "none"),
    Variable("GIFTHORSE_TLS", "`proxy` when a proxy in front speaks TLS and sets X-Forwarded-Proto, else `none`.", "`none`"),
    Variable("GIFTHORSE_UPLOAD_LIMIT", "The largest image or file that can be brought to the desk, in bytes.", "68,719,476,736 (64 GiB)"),
    Variable("PORT", "The port that the desk listens on.", "`8000`"),
    Variable("TZ", "The time zone in which times are shown.", "`UTC`"),
)
