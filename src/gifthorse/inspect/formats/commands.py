"""What a command line does, told by the interpreter it calls and the words it uses."""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Programs of Windows that run what they are given: interpreters, and those that the LOLBAS catalogue lists for it.
INTERPRETERS: Final = _words(
    "cmd powershell pwsh mshta wscript cscript rundll32 regsvr32 msiexec bitsadmin certutil forfiles wmic installutil regasm regsvcs "
    "msbuild"
    " conhost explorer curl hh ftp pcalua scriptrunner syncappvpublishingserver schtasks at bash wsl python python3 pythonw java javaw node"
    " ttdinject tttracer diskshadow infdefaultinstall gpscript cdb ntsd iexpress atbroker csi dnx fsi jsc pcwrun rcsi desktopimgdownldr"
    " winrm.vbs syncappvpublishingserver.vbs pubprn.vbs manage-bde.wsf"
    " odbcconf control verclsid cmstp ieexec msxsl wt scp ssh sftp finger mavinject presentationhost xwizard reg regedit"
)
# Ordinary shortcuts call these with arguments too; they count only together with the words below.
_ORDINARY_WITH_ARGUMENTS: Final = _words(
    "explorer python python3 pythonw java javaw node control hh msiexec wsl bash reg regedit ssh wt ftp"
)

_SIGNS: Final = re.compile(
    r"""(?ix)
    -e(?:nc|ncodedcommand|c)?\s+[a-z0-9+/=]{16,} | -w(?:indowstyle)?\s+(?:h|hidden|1)\b | frombase64string | downloadstring
    | downloadfile | webclient
  | invoke-(?:expression|webrequest|restmethod) | \biex\b | \biwr\b | start-bitstransfer | -executionpolicy\s+bypass | -ep\s+bypass
  | \b-nop\b | -noni
  | https?:// | \\\\[^\\\s]+\\ | vbscript: | javascript: | scrobj | \burlcache\b | /transfer\b
  | /c\s | /k\s | /r\s | /v:on | \^[a-z] | \bstart\s+(?:/\w+\s+)*(?:"[^"]*"\s+)?[^\s/-] | \bcopy\s | \bxcopy\s | \battrib\s | \bfindstr\s
  | \bexpand\s | \bcall\s
  | \.(?:vbs|vbe|js|jse|wsf|hta|bat|cmd|ps1|scr|pif|dll|ocx|cpl|exe|tmp|dat|sct|msi|db|ini|inf|txt|log|lnk|jpg|png|pdf)\b
    """
)
_STRONG: Final = re.compile(
    r"""(?ix)
    -e(?:nc|ncodedcommand|c)?\s+[a-z0-9+/=]{16,} | -w(?:indowstyle)?\s+(?:h|hidden|1)\b | frombase64string | downloadstring
    | downloadfile | webclient
  | invoke-(?:expression|webrequest|restmethod) | \biex\b | \biwr\b | -executionpolicy\s+bypass | -ep\s+bypass | https?://
  | vbscript: | javascript: | scrobj
  | (?:\A|[\s"'])cmd(?:\.exe)?["']?\s+/[ckr]\b | \bpowershell(?:\.exe)?["']?\s+-
  | --(?:gpu-launcher|renderer-cmd-prefix|utility-cmd-prefix|ppapi-plugin-launcher|browser-subprocess-path)=
  | \burlcache\b | /transfer\b | (?:\A|\s)-s:\S | proxycommand | localcommand | /i\s*+:?\s*+https? | \\\\[^\\\s]+\\(?:davwwwroot|[^\\\s]+\\)
    """
)
# What makes a call of one of these more than ordinary.
_BY_PROGRAM: Final = {
    "msiexec": r"(?:\A|\s)[/-](?:[yz]\s*\S|(?:i|package|a|j)\b(?=.*[/-]q))|(?:\A|\s)[/-]q.*\s[/-](?:i|package)\b|https?:",
    "ssh": r"(?:\A|\s)-F\s*\S",
    "control": r"[\\/][^\"]*\.(?:cpl|dll|ocx|tmp|dat)\b",
    "reg": r"\A\s*import\s",
    "regedit": r"(?:\A|\s)[/-]s\s",
    "wsl": r"(?:\A|\s)(?:-e|--exec|--)\s",
    "bash": r"(?:\A|\s)-c\s",
    "wuauclt": r"/runhandlercomserver",
    "msdt": r"\bit_\w+=|\$\(",
    "sc": r"\A\s*(?:\\\\\S+\s+)?create\s",
    "certreq": r"(?:\A|\s)-post\b",
    "net": r"\A\s*use\s.*\\\\",
}
_OWN_PANEL: Final = re.compile(r"\\(?:system32|syswow64)\\[\w-]+\.cpl", re.IGNORECASE)
_TELLING: Final = {program: re.compile(pattern, re.IGNORECASE) for program, pattern in _BY_PROGRAM.items()}


def program_of(untrusted_command: str) -> str:
    """The program's name without folder and ending, in lower case; ``cmd`` for the variable that names it too."""
    first = untrusted_command.strip().strip('"').replace("/", "\\")
    if first.lower().startswith("%comspec%"):
        return "cmd"
    name = first.rpartition("\\")[2].lower()
    return re.sub(r"\.(exe|com|cmd|bat)\b.*\Z", "", name).strip('" ')


def calls_interpreter(target: str, arguments: str) -> bool:
    """Whether *target* is a program that runs what it is given, and *arguments* give it something to run."""
    program = program_of(target)
    telling = _TELLING.get(program)
    if telling is not None and telling.search(arguments) is not None:
        return program != "control" or _OWN_PANEL.search(arguments) is None
    if program not in INTERPRETERS or not arguments.strip():
        return False
    if program in _ORDINARY_WITH_ARGUMENTS:
        return _STRONG.search(arguments) is not None or (program == "explorer" and _SIGNS.search(arguments) is not None)
    return True


def is_strong(arguments: str) -> bool:
    """Whether a command line fetches, decodes or hides something, which no ordinary shortcut does."""
    return _STRONG.search(arguments) is not None
