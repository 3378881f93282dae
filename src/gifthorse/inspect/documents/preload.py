"""Everything that the document parsers would import when they meet their first document, imported before a worker is confined."""

from encodings.aliases import aliases
from importlib import import_module
from typing import Final

MODULES: Final = (
    "xml.dom.expatbuilder",
    "cryptography.hazmat.backends.openssl.backend",
    "olefile",
    "msoffcrypto",
    "msoffcrypto.format.ooxml",
    "msoffcrypto.format.xls97",
    "msoffcrypto.format.doc97",
    "msoffcrypto.format.ppt97",
    "email.generator",
    "email.parser",
    "email.header",
    "gifthorse.inspect.documents.parts",
)


def preload() -> None:
    """The libraries are loaded, qpdf's limits set and its randomness at hand, and every character set that a mail may name is known."""
    for module in MODULES:
        import_module(module)
    pdf = import_module("gifthorse.inspect.documents.pdf")
    pdf.qpdf()
    pdf.open_randomness()
    for codec in sorted(set(aliases.values()) | {"utf_8_sig", "raw_unicode_escape", "idna", "punycode"}):
        try:
            import_module(f"encodings.{codec}")
        except ImportError:
            continue  # "mbcs" and "oem" exist on Windows alone
