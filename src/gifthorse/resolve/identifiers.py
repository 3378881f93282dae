"""Hard identifiers in one form each, so that the same phone, mailbox, profile, messenger id or account is the same text.

What can't be read is left out and never guessed: an identifier that looks alike but isn't the same would join two people.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from gifthorse.resolve.listed import listed

LONGEST: Final = 500
SHORTEST_PHONE: Final = 8  # with country code and plus: shorter ones are services and extensions

# Mailboxes that several people read; a match says that they share an office, not that they are one
SHARED_MAILBOXES: Final = frozenset(
    listed(
        "admin all billing booking career careers conference contact contacto enquiries enquiry events hello help hr "
        "info inquiries inquiry "
        "invite jobs kontakt mail marketing media news newsletter noreply no-reply office post press recruiting recruitment reception "
        "registration sales secretariat secretary service support team webmaster"
    )
)
# Providers that state in their help pages that dots in the local part are ignored
DOTS_IGNORED: Final = frozenset({"gmail.com", "googlemail.com"})
MAIL_ALIASES: Final = {
    "googlemail.com": "gmail.com",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
    "pm.me": "proton.me",
    "protonmail.com": "proton.me",
}
MAIL: Final = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,255}\.[^\s@<>,;\".]{2,63}")

HOST_ALIASES: Final = {
    "twitter.com": "x.com",
    "fb.com": "facebook.com",
    "vkontakte.ru": "vk.com",
    "telegram.me": "t.me",
    "youtu.be": "youtube.com",
    "instagr.am": "instagram.com",
    "lnkd.in": "linkedin.com",
}
HOST_PREFIXES: Final = re.compile(r"^(www\d?|m|mobile|web|[a-z]{2}(-[a-z]{2})?)\.(?=[^.]+\.[^.]+)")
# Hosts where the address is the same in any case
CASELESS_HOSTS: Final = frozenset(
    {"x.com", "facebook.com", "linkedin.com", "instagram.com", "t.me", "vk.com", "github.com", "xing.com", "tiktok.com", "researchgate.net"}
)
# What tells profiles apart inside the query on the hosts that do so
IDENTIFYING_PARAMETERS: Final = frozenset({"id", "user", "uid", "profile_id", "authorid", "u", "userid"})

SERVICE_ALIASES: Final = {
    "tg": "telegram",
    "wa": "whatsapp",
    "weixin": "wechat",
    "wx": "wechat",
    "fb": "messenger",
    "facebook": "messenger",
}
PHONE_SERVICES: Final = frozenset({"whatsapp", "signal", "viber", "imessage", "zalo"})
CASELESS_SERVICES: Final = frozenset({"telegram", "wechat", "skype", "line", "discord", "signal", "messenger", "threema", "kakaotalk"})


@lru_cache(maxsize=65536)
def phone(untrusted_text: str, region: str) -> str | None:
    """The number as E.164 (``+`` and digits); numbers without a country code are read as of *region* (two capitals).

    None when it isn't a possible number. Extensions are dropped: they are kept by the exchange, not the network.
    """
    import phonenumbers

    text = unicodedata.normalize("NFKC", untrusted_text[:64])
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    written = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return written if len(written) > SHORTEST_PHONE else None


def mail(untrusted_text: str) -> str | None:
    """The mailbox in lower case, without a plus tag; dots are dropped only at providers that say that they ignore them.

    Plus tags are removed everywhere: a provider that treats them as part of the name is rarer than a person who uses them.
    """
    text = unicodedata.normalize("NFKC", untrusted_text[:LONGEST]).strip().strip("<>").removeprefix("mailto:").casefold()
    if not MAIL.fullmatch(text):
        return None
    local, _, domain = text.rpartition("@")
    domain = _plain_host(domain)
    local = local.split("+")[0]
    if domain in DOTS_IGNORED:
        local = local.replace(".", "")
    return f"{local}@{MAIL_ALIASES.get(domain, domain)}" if local and domain else None


def shared_mailbox(address: str) -> bool:
    """True for info@, office@ and their like."""
    return address.partition("@")[0] in SHARED_MAILBOXES


def telling_local_part(address: str) -> str | None:
    """The part before the @ when it is long and has a digit, so that the same one elsewhere is hardly chance; else None."""
    local = address.partition("@")[0]
    return local if len(local) >= 8 and any(character.isdigit() for character in local) and not local.isdigit() else None


def profile(untrusted_text: str) -> str | None:
    """The address of a profile as host and path: no scheme, no tracking, no language or mobile host, one name for each service."""
    text = unicodedata.normalize("NFKC", untrusted_text[:LONGEST]).strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = _plain_host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "." not in host:
        return None
    host = HOST_ALIASES.get(HOST_PREFIXES.sub("", host), HOST_PREFIXES.sub("", host))
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    kept = (
        sorted((key, value) for key, value in parse_qsl(parts.query, max_num_fields=50) if key.lower() in IDENTIFYING_PARAMETERS)
        if _few(parts.query)
        else []
    )
    if host in CASELESS_HOSTS:
        path = path.lower()
    if host == "linkedin.com":
        path = re.sub(r"^(/(?:in|pub)/[^/]+).*", r"\1", path)  # what follows is a language or a tab
    if not path and not kept:
        return None  # a whole site is nobody's profile
    return f"{host}{path}" + (f"?{urlencode(kept)}" if kept else "")


def messenger(untrusted_text: str, region: str) -> str | None:
    """``service:handle`` in one form; services that go by phone number hold it as E.164. None without both halves."""
    text = unicodedata.normalize("NFKC", untrusted_text[:LONGEST]).strip()
    service, _, handle = text.partition(":")
    service = SERVICE_ALIASES.get(service.strip().casefold(), service.strip().casefold())
    handle = handle.strip().lstrip("@")
    if not service or not handle or "\x00" in handle:
        return None
    if service in PHONE_SERVICES:
        number = phone(handle, region)
        if number:
            return f"{service}:{number}"
    return f"{service}:{handle.casefold() if service in CASELESS_SERVICES else handle}"


def account(untrusted_text: str) -> str | None:
    """A bank or wallet address without spaces and dashes; case is kept where it carries meaning (base 58)."""
    text = re.sub(r"[\s\-.]", "", unicodedata.normalize("NFKC", untrusted_text[:LONGEST]))
    if not 6 <= len(text) <= 128 or not text.isalnum() or not text.isascii():
        return None
    base58 = re.fullmatch(r"[13TLDXr][1-9A-HJ-NP-Za-km-z]{24,}", text) and text != text.upper()
    return text if base58 else text.upper()


def _few(query: str) -> bool:
    return query.count("&") < 50


def _plain_host(host: str) -> str:
    host = host.strip(".").casefold()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
