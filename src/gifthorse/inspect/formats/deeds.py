"""What a script does to a computer, told by the commands it names: each deed with its reason in words.

Only commands that stand in a line of their own count: those behind a comment sign, or printed by echo, are documentation.
"""

import re
from functools import cache
from typing import Final, NamedTuple

from gifthorse.model.findings import Severity
from gifthorse.model.words import N_


class Deed(NamedTuple):
    """One deed: the languages it is done in, a word that must be there and the pattern (both in lower case), how much it weighs, what it
    does.
    """

    languages: frozenset[str]
    needs: str
    pattern: re.Pattern[str]
    severity: Severity
    words: str


_COMMENT: Final = re.compile(
    r"""(?m)^[ \t]*(?:(?:\#(?!!)|rem\b|::|'|//|\*[ ])[^\n]*|@?(?:echo|printf)[ \t]+(?:'[^'\n]*'|"[^"\n]*"|[^\n|>'"])*)$""", re.VERBOSE
)


def _deed(languages: str, needs: str, pattern: str, words: str, severity: Severity = Severity.MEDIUM) -> Deed:
    return Deed(frozenset(languages.split()), needs, re.compile(pattern), severity, words)


_FETCHES_AND_RUNS: Final = N_("It fetches something from the network and runs it.")
_STARTS_AGAIN: Final = N_("It makes something start by itself at every login or at set times.")
_UNGUARDS: Final = N_("It switches a protection off.")
_STARTS_UNSEEN: Final = N_("It starts commands in a window that nobody sees.")
_OPENS_DOOR: Final = N_("It gives a foreign computer control over this one.")

_INTO_A_SHELL: Final = r"\s[^\n|]{0,300}\|\s*(?:sudo\s+)?(?:env\s+)?(?:/\S*/)?(?:ba|z|da|k)?sh\b"
_DEEDS: Final = (
    _deed(
        "windows",
        "certutil",
        r"\bcertutil(?:\.exe)?\s[^\n]{0,80}-urlcache\b|\bcertutil(?:\.exe)?\s[^\n]{0,40}-verifyctl\b",
        _FETCHES_AND_RUNS,
    ),
    _deed("windows", "powershell", r"\bpowershell(?:\.exe)?\s[^\n]{0,80}-w(?:indowstyle)?\s+h(?:idden)?\b", _STARTS_UNSEEN),
    _deed("windows", "bitsadmin", r"\bbitsadmin(?:\.exe)?\s[^\n]{0,40}/transfer\b", _FETCHES_AND_RUNS),
    _deed("shell python", "curl", r"curl" + _INTO_A_SHELL, _FETCHES_AND_RUNS),
    _deed("shell python", "wget", r"wget" + _INTO_A_SHELL, _FETCHES_AND_RUNS),
    _deed("shell", "<(", r"\b(?:ba|z|da|k)?sh\s+<\(\s*(?:curl|wget)\b|\beval\s+[\"']?\$\(\s*(?:curl|wget)\b", _FETCHES_AND_RUNS),
    _deed("shell", "$(", r"\b(?:eval|(?:ba|z|da)?sh\s+-c)\s+[\"']?\$\(\s*(?:curl|wget)\b", _FETCHES_AND_RUNS),
    _deed("windows", "mshta", r"\bmshta(?:\.exe)?\s+[\"']?(?:https?:|javascript:|vbscript:|\\\\)", _FETCHES_AND_RUNS),
    _deed("windows", "scrobj", r"\bregsvr32(?:\.exe)?\s[^\n]{0,80}scrobj", _FETCHES_AND_RUNS),
    _deed("windows", "msiexec", r"\bmsiexec(?:\.exe)?\s[^\n]{0,80}/i\s*[\"']?(?:https?:|\\\\)[^\n]{0,200}/q", _FETCHES_AND_RUNS),
    _deed("python", "exec(", r"\bexec\s*\(\s*(?:urllib\.request\.|urllib2?\.)?(?:urlopen|requests\.get)\s*\(", _FETCHES_AND_RUNS),
    _deed("windows python", "schtasks", r"\bschtasks(?:\.exe)?\s[^\n]{0,200}/create\b", _STARTS_AGAIN),
    _deed("windows", "register-scheduledtask", r"\bregister-scheduledtask\b", _STARTS_AGAIN),
    _deed(
        "windows",
        "currentversion",
        r"\breg(?:\.exe)?[\"']?\s+add\s[^\n]{0,120}\\currentversion\\(?:run|policies\\explorer\\run|winlogon)",
        _STARTS_AGAIN,
    ),
    _deed(
        "windows",
        "currentversion",
        r"(?:new|set)-itemproperty\s[^\n]{0,160}\\currentversion\\run|regwrite[\s(]+\"hk[^\n\"]{0,80}\\currentversion\\run",
        _STARTS_AGAIN,
    ),
    _deed("windows", "startup", r"\b(?:copy|xcopy|move|copy-item|copyfile)\b[^\n]{0,200}\\start menu\\programs\\startup", _STARTS_AGAIN),
    _deed("shell python", "autostart", r"(?:\bcp\s[^\n]{0,200}|>\s*[\"']?)[^\n]{0,80}\.config/autostart/", _STARTS_AGAIN),
    _deed("shell python", "crontab", r"\|\s*crontab\s+-", _STARTS_AGAIN),
    _deed("shell python", "launchagents", r"(?:\bcp\s[^\n]{0,200}|>\s*[\"']?)[^\n]{0,80}library/launchagents/", _STARTS_AGAIN),
    _deed("windows", "mppreference", r"\b(?:set|add)-mppreference\b[^\n]{0,80}-(?:disable|exclusion)", _UNGUARDS),
    _deed(
        "windows",
        "shadow",
        r"\bvssadmin(?:\.exe)?\s+delete\s+shadows|\bshadowcopy\s+delete|win32_shadowcopy[^\n]{0,80}delete",
        _UNGUARDS,
        Severity.HIGH,
    ),
    _deed("windows", "firewall", r"\bnetsh\s+(?:adv)?firewall\s+set\s[^\n]{0,60}(?:\boff\b|disable)", _UNGUARDS),
    _deed("windows", "amsi", r"amsiutils|amsiinitfailed|amsiscanbuffer", _UNGUARDS, Severity.HIGH),
    _deed("shell python", "/dev/tcp/", r"/dev/tcp/[^\s/]{1,80}/\d[^\n]{0,60}|0<&\d+", _OPENS_DOOR),
    _deed("shell", " -e", r"\b(?:nc|ncat|netcat)\s[^\n|;]{0,60}-e\s+\S*(?:sh|cmd)", _OPENS_DOOR),
    _deed("windows", "tcpclient", r"net\.sockets\.tcpclient[^\0]{0,800}(?:\biex\b|invoke-expression)", _OPENS_DOOR, Severity.HIGH),
    _deed(
        "python", "dup2", r"socket\.socket[^\0]{0,800}\bdup2\s*\([^\0]{0,400}(?:/bin/(?:ba|z|da)?sh|pty\.spawn)", _OPENS_DOOR, Severity.HIGH
    ),
    _deed(
        "shell",
        "dscl",
        r"\bdscl\s[^\n]{0,80}-authonly|display dialog[^\n]{0,200}hidden answer",
        N_("It asks for a password as if it were the system."),
    ),
)
# Objects through which only scripts of Windows itself, never pages or servers, start programs.
_SHELL: Final = re.compile(r"(?:wscript\.shell|shell\.application)[^\0]{0,4000}?\.(?:run|exec|shellexecute)\b")


def deeds_in(lower_text: str, spoken: str) -> list[Deed]:
    """What the script *lower_text* (in lower case) does, gravest first; *spoken* are the languages it may be in: windows, shell, python."""
    done = [deed for deed in _deeds_of(spoken) if deed.needs in lower_text and deed.pattern.search(lower_text) is not None]
    if not done:
        return []
    code = _COMMENT.sub("", lower_text)
    done = [deed for deed in done if deed.pattern.search(code) is not None]
    return sorted(done, key=lambda deed: deed.severity.rank, reverse=True)


@cache
def _deeds_of(spoken: str) -> tuple[Deed, ...]:
    languages = frozenset(spoken.split())
    return tuple(deed for deed in _DEEDS if not languages.isdisjoint(deed.languages))


def starts_programs(lower_text: str) -> bool:
    """Whether a script for Windows' own interpreters starts a program."""
    return "shell" in lower_text and _SHELL.search(lower_text) is not None
