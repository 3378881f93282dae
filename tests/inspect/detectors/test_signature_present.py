"""signature.present: that a signature is there is said, and that nobody checked it; where none is, nothing is said."""

import struct

import pytest

from gifthorse.inspect.detectors import executable_present
from gifthorse.inspect.detectors import signature_present as detector
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.signed import macho_signature
from gifthorse.model.findings import Severity
from tests.samples.documents import compound_file, open_document, package, word_binary
from tests.samples.documents import pdf as pdf_of
from tests.samples.files import findings_of, item_of, pe, severities, zip_of

INFO = Severity.INFO
APK = {"AndroidManifest.xml": b"\x03\0\x08\0", "classes.dex": b"dex\n035\0"}
MSI_CLASS = bytes.fromhex("84100C0000000000C000000000000046")


def pdf(*, signature: bytes) -> bytes:
    return pdf_of().replace(b"%%EOF", signature + b"\n%%EOF")


def macho(*commands: int, fat: bool = False, order: str = "<", wide: bool = True) -> bytes:
    body = b"".join(struct.pack(f"{order}IIII", kind, 16, 0, 0) for kind in commands)
    magic = struct.pack(f"{order}I", 0xFEEDFACF if wide else 0xFEEDFACE)
    thin = magic + struct.pack(f"{order}IIIIII", 7, 3, 2, len(commands), len(body), 0) + (bytes(4) if wide else b"") + body
    if not fat:
        return thin
    return (struct.pack(">IIIIIII", 0xCAFEBABE, 1, 7, 3, 4096, len(thin), 12)).ljust(4096, b"\0") + thin


def signed_app() -> bytes:
    """An app with a signing block of version 2 before its directory."""
    body = zip_of(APK)
    at = body.rindex(b"PK\x05\x06")
    directory = struct.unpack_from("<I", body, at + 16)[0]
    block = struct.pack("<Q", 24) + struct.pack("<Q", 24) + b"APK Sig Block 42"
    end = bytearray(body[at:])
    struct.pack_into("<I", end, 16, directory + len(block))
    return body[:directory] + block + body[directory:at] + bytes(end)


SIGNED = {
    "a.docx": package("docx", {"_xmlsignatures/sig1.xml": b"<Signature/>"}),
    "a.odt": open_document({"META-INF/documentsignatures.xml": b"<x/>"}),
    "a.doc": word_binary(extra={"_signatures": b"x" * 64}),
    "a.pdf": pdf(signature=b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>"),
    "a.apk": zip_of({**APK, "META-INF/CERT.RSA": b"\x30\x82"}),
    "b.apk": signed_app(),
}
UNSIGNED = {
    "a.docx": package("docx", {"word/_xmlsignatures.xml": b"<x/>"}),
    "a.odt": open_document(),
    "a.doc": word_binary(),
    "a.pdf": pdf(signature=b"(/ByteRange is how a signature says what it covers)"),
    "a.apk": zip_of({**APK, "META-INF/MANIFEST.MF": b"x"}),
    "a.txt": b"/ByteRange /adbe.pkcs7",
}


@pytest.mark.parametrize("name", SIGNED)
def test_a_signature_is_told_of_and_that_it_was_not_checked(name: str) -> None:
    (found,) = findings_of(detector, SIGNED[name], name)
    assert found.severity is INFO
    assert found.title.endswith("it was not checked")
    assert found.detail is not None
    assert found.detail.in_english().endswith("it was not checked.")


@pytest.mark.parametrize("name", UNSIGNED)
def test_a_file_without_a_signature_is_not_spoken_of(name: str) -> None:
    assert severities(detector, UNSIGNED[name], name) == []


@pytest.mark.parametrize("signed", [True, False])
def test_set_up_packages_keep_their_signature_in_a_stream(signed: bool) -> None:
    body = compound_file({"\x05DigitalSignature" if signed else "\x05SummaryInformation": b"x" * 64}, {"": MSI_CLASS})
    item = item_of(body, "a.msi")
    item.filetype = FileType.MSI
    assert [found.severity for found in detector.examine(item)] == ([INFO] if signed else [])


@pytest.mark.parametrize("shape", [{}, {"fat": True}, {"order": ">"}, {"wide": False}], ids=["thin", "fat", "big-endian", "32 bits"])
def test_programs_of_macos_say_whether_they_carry_one(shape: dict[str, bool]) -> None:
    assert macho_signature(item_of(macho(0x19, 0x1D, **shape), "a")) == "present"  # type: ignore[arg-type]
    assert macho_signature(item_of(macho(0x19, 0x2, **shape), "a")) == "none"  # type: ignore[arg-type]
    assert macho_signature(item_of(macho(0x19, 0x1D, **shape)[:-20], "a")) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (pe(signature=b"\x30" * 600), "carries a signature; it was not checked"),
        (pe(), "not signed"),
        (macho(0x1D), "carries a signature; it was not checked"),
        (macho(0x2), "not signed"),
    ],
    ids=["windows signed", "windows unsigned", "macos signed", "macos unsigned"],
)
def test_programs_say_it_in_plain_words(body: bytes, words: str) -> None:
    (found,) = findings_of(executable_present, body, "a.exe")
    assert found.detail is not None
    assert words in found.detail.in_english()
