"""Apps and profiles for phones and Macs: packages that install themselves once opened."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.inspect.formats.zip_member import read_member
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

APP_PACKAGE: Final = FindingKind(
    id="executable.app-package",
    severity=Severity.LOW,
    confidence=0.95,
    title=N_("An app or a profile that installs itself"),
    why=N_(
        "Opening this package puts an app on the phone or computer, or changes its settings. An app that does not come from the "
        "maker's shop "
        "was seen by nobody but its author."
    ),
    what_to_do=N_("Do not install it. If you need the app, get it from the shop of the phone's maker."),
    benign_explanation=N_("Developers and hobbyists pass apps on in this form, and offices set up phones with profiles."),
    technique=("T1204.002",),
)
KINDS: Final = (APP_PACKAGE,)
WANTS: Final = (
    frozenset({FileType.APK, FileType.ZIP, FileType.OOXML_OTHER, FileType.XML, FileType.CERTIFICATE, FileType.JAR, FileType.DATA})
    | PROGRAMS
)

# Android's permissions of protection level "dangerous" or "special" that let an app listen, read along, or act for its owner.
_TELLING: Final = {
    "BIND_ACCESSIBILITY_SERVICE": 4,
    "BIND_DEVICE_ADMIN": 4,
    "REQUEST_INSTALL_PACKAGES": 3,
    "RECORD_AUDIO": 2,
    "READ_SMS": 3,
    "RECEIVE_SMS": 3,
    "SEND_SMS": 3,
    "READ_CALL_LOG": 2,
    "PROCESS_OUTGOING_CALLS": 2,
    "READ_CONTACTS": 1,
    "CAMERA": 1,
    "ACCESS_FINE_LOCATION": 1,
    "ACCESS_BACKGROUND_LOCATION": 2,
    "BIND_NOTIFICATION_LISTENER_SERVICE": 3,
    "SYSTEM_ALERT_WINDOW": 2,
    "MANAGE_EXTERNAL_STORAGE": 1,
    "QUERY_ALL_PACKAGES": 1,
    "RECEIVE_BOOT_COMPLETED": 1,
}
_HEAVY: Final = 6
_PERMISSION: Final = re.compile(r"android\.permission\.([A-Z_]{3,60})")
_MANIFEST_LIMIT: Final = 4 << 20
_PROFILE_POWERS: Final = {
    b"com.apple.security.root": N_("adds a certificate that the device then trusts for everything"),
    b"com.apple.vpn": N_("sends the device's traffic through another machine"),
    b"com.apple.proxy": N_("sends the device's traffic through another machine"),
    b"com.apple.mdm": N_("puts the device under somebody else's management"),
    b"com.apple.security.scep": N_("puts the device under somebody else's management"),
    b"com.apple.mail.managed": N_("sets up a mail account"),
}
_GRAVE_POWERS: Final = 5
_BROWSER_MARK: Final = b"Cr24"  # an extension for browsers of the Chromium family
_STORE_NAMES: Final = frozenset({"ipa", "appx", "msix", "appxbundle", "msixbundle", "xapk", "apks", "apkm", "aab", "crx", "xpi", "vsix"})


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for an app package (more for dangerous permissions), an app bundle's program, or a configuration profile."""
    if item.filetype is FileType.APK:
        yield from _android(item)
    elif item.head.startswith(_BROWSER_MARK) or (
        item.extension in _STORE_NAMES and item.filetype in {FileType.ZIP, FileType.OOXML_OTHER, FileType.JAR}
    ):
        yield APP_PACKAGE.found(item.here(excerpt=item.untrusted_name))
    elif item.extension in {"mobileconfig", "mobileprovision"} or (
        item.filetype is FileType.XML and b"<string>Configuration</string>" in item.head
    ):
        yield from _profile(item)
    elif item.filetype is FileType.MACHO and ".app/Contents/MacOS/" in item.path:
        yield APP_PACKAGE.found(item.here(), detail=phrase(N_("It is the program of a macOS app.")))


def _android(item: Item) -> Iterator[Finding]:
    try:
        manifest = read_member(item, "AndroidManifest.xml", _MANIFEST_LIMIT)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, KeyError, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        # Apps with broken directories install on Android all the same; what they ask for then stays unknown.
        yield APP_PACKAGE.found(item.here(), severity=Severity.MEDIUM, detail=phrase(N_("What it asks for could not be read.")))
        return
    asked = _permissions(manifest)
    weight = sum(_TELLING.get(name, 0) for name in asked)
    listed = ", ".join(sorted(asked & _TELLING.keys()))
    yield APP_PACKAGE.found(
        item.here(excerpt=listed or None),
        severity=Severity.HIGH if weight >= 2 * _HEAVY else Severity.MEDIUM if weight >= _HEAVY else Severity.LOW,
        detail=phrase(N_("It asks for: {permissions}"), permissions=listed or "–"),
    )


def _permissions(manifest: bytes) -> frozenset[str]:
    """Names of the permissions in a binary or plain Android manifest, whose texts are UTF-16 or UTF-8."""
    texts = (manifest.decode("latin-1"), manifest.decode("utf-16-le", "ignore"), manifest[1:].decode("utf-16-le", "ignore"))
    return frozenset(found.group(1) for text in texts for found in _PERMISSION.finditer(text))


def _profile(item: Item) -> Iterator[Finding]:
    body = item.content.read(0, _MANIFEST_LIMIT)
    powers = [words for sign, words in _PROFILE_POWERS.items() if sign in body]
    grave = any(sign in body for sign in tuple(_PROFILE_POWERS)[:_GRAVE_POWERS])
    if not powers:
        yield APP_PACKAGE.found(item.here(), detail=phrase(N_("It is a configuration profile.")))
        return
    yield APP_PACKAGE.found(item.here(), severity=Severity.HIGH if grave else Severity.MEDIUM, detail=phrase(powers[0]))
