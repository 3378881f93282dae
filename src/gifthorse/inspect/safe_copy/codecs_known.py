"""Names of character sets as files write them, where they are names of text."""

import codecs


def codec_named(untrusted_name: str) -> str:
    """The codec that *untrusted_name* stands for; empty when none of text is known by it."""
    try:
        found = codecs.lookup(untrusted_name)
    except (LookupError, ValueError):
        return ""
    return found.name if getattr(found, "_is_text_encoding", True) and found.name not in {"idna", "punycode", "undefined"} else ""


def codec_of_page(page: int) -> str:
    """The codec for a code page by the number that Windows gives it; empty when none is known."""
    named = {65001: "utf-8", 1200: "utf-16-le", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2"}
    return codec_named(named.get(page, f"cp{page}"))
