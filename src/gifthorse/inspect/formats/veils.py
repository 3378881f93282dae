"""The ways in which scripts hide what they do: concrete habits of spelling and decoding, by language."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from gifthorse.model.findings import Severity
from gifthorse.model.words import N_


class Habit(NamedTuple):
    """One way to hide: a word that must be there, the pattern in lower case, how often it must occur, how much it weighs, how to say it."""

    languages: frozenset[str]
    needs: str
    pattern: re.Pattern[str]
    least: int
    severity: Severity
    words: str


def _habit(languages: str, needs: str, pattern: str, least: int, severity: Severity, words: str) -> Habit:  # noqa: PLR0917 - the columns of the table below
    return Habit(frozenset(languages.split()), needs, re.compile(pattern), least, severity, words)


_DECODES_AND_RUNS: Final = N_("It decodes a hidden text and runs it as commands.")
_SPELLS: Final = N_("It spells its words so that they cannot be read.")
_ENCODED: Final = N_("Its text was encoded as a whole.")

_HABITS: Final = (
    _habit("windows", "#@~^", r"#@~\^[a-z0-9+/]{6}==", 1, Severity.MEDIUM, _ENCODED),
    _habit(
        "powershell batch windows",
        "powershell",
        r"powershell(?<!\wpowershell)(?:\.exe)?[^\n]{0,120}\s[-/]e(?:n\w{0,14}|c)?\s+[\"']?[a-z0-9+/]{60,}",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell batch windows",
        " -e",
        r"(?:\s-(?:nop\w*|noni\w*|w(?:indowstyle)?\s+(?:h\w*|1))){1,4}(?:\s-\w+(?:\s+\w+)?){0,4}?\s-e(?:nc|ncodedcommand|c)?\s+[\"']?[a-z0-9+/]{8,}",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "frombase64string",
        r"(?:invokescript|newscriptblock|scriptblock\]::create)\s*\([^\n]{0,300}frombase64string",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell batch windows",
        "frombase64string",
        r"(?:\biex\b|invoke-expression|&\s*\(\s*\$env:comspec)[^\n]{0,400}frombase64string",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "frombase64string",
        r"frombase64string[^\n]{0,2000}(?:\|\s*iex\b|invoke-expression)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "stream",
        r"(?:gzipstream|deflatestream)[^\n]{0,2000}(?:\biex\b|invoke-expression|\.invoke\()",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "frombase64",
        r"reflection\.assembly\]::load\([^\n]{0,200}frombase64|::load\(\s*+\$?\w*+\s*+\[?[^\n]{0,60}frombase64",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "frombase64string",
        r"frombase64string[^\0]{0,20000}?(?:\biex\b|\binvoke-expression\b)",
        1,
        Severity.MEDIUM,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell", "-bxor", r"-bxor\b[^\0]{0,4000}?(?:\biex\b|\binvoke-expression\b|\.invoke\s*\()", 1, Severity.HIGH, _DECODES_AND_RUNS
    ),
    _habit("powershell", "frombase", r"[\"']frombase(?:6|64|64str)?[\"']\s*[;+)]", 1, Severity.HIGH, _SPELLS),
    # A backtick before a letter that has no escape of its own says nothing to PowerShell.
    _habit("powershell", "`", r"[a-z-]`(?=[cdg-mo-qsw-z]|u[^{])", 5, Severity.HIGH, _SPELLS),
    _habit("powershell", "[char[]]", r"\[char\[\]\]\s*[(@]{1,3}\s*(?:(?:0x)?\w{2,4}\s*,\s*){9}", 1, Severity.HIGH, _SPELLS),
    _habit("powershell", "[char]", r"\[char\]\s*(?:0x)?\w{2,4}", 20, Severity.HIGH, _SPELLS),
    _habit("powershell", "-f", r"[\"'](?:\{\d+\}){4,}[\"']\s*-f", 3, Severity.HIGH, _SPELLS),
    # The result of a pattern such as "{1}{0}" is a command: &("{1}{0}" -f 'ex','i').
    _habit("powershell", "-f", r"[&.]\s*\(\s*[\"'](?:\{\d+\}){2,}[\"']\s*-f", 1, Severity.HIGH, _SPELLS),
    _habit("powershell", "-1", r"\[\s*-1\s*\.\.[^\[\0]{0,400}?\b(?:iex|invoke-expression)\b", 1, Severity.HIGH, _SPELLS),
    _habit("powershell", "-join", r"-join\s*\(?\s*[\"'][^\"'\n]{40,}[\"']\s*\[\s*-1\s*\.\.", 1, Severity.HIGH, _SPELLS),
    _habit("vbscript", "chr", r"chr(?<!\wchr)w?\(\s*(?:&h)?\w{1,5}(?:\s*[-+*/]\s*\w+)?\s*\)\s*&", 25, Severity.HIGH, _SPELLS),
    _habit(
        "vbscript",
        "execute",
        r"execute(?<!\wexecute)(?:global)?\s*+\(?\s*+(?:strreverse|replace|chr|\w{0,60}decode\w{0,60}|\w{0,60}decrypt\w{0,60})\s*+\(",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    # A word with signs strewn in that are taken out again when the script runs.
    _habit("vbscript", "replace", r"\breplace\s*\(\s*\"[^\"\n]{6,400}\"\s*,\s*\"[^\"\n]{1,8}\"\s*,\s*\"\"\s*\)", 1, Severity.HIGH, _SPELLS),
    _habit("vbscript", "strreverse", r"strreverse\(\s*\"[^\"\n]{6,}\"", 3, Severity.MEDIUM, _SPELLS),
    _habit("batch", ":~", r"%[\w#$'()*+\-.?@\[\]`{}~]+:~\s*-?\d+\s*,\s*-?\d+%", 25, Severity.HIGH, _SPELLS),
    _habit("batch", ":~", r"(?:%[^%\s:]{1,40}:~\s*-?\d{1,3}\s*,\s*1%){4}", 1, Severity.HIGH, _SPELLS),
    _habit("batch", "\xff\xfe", r"\A\xff\xfe", 1, Severity.MEDIUM, N_("Its first two bytes make editors show it as something unreadable.")),
    _habit("batch", "^", r"[a-z]\^[a-z]\^?[a-z]", 12, Severity.HIGH, _SPELLS),
    _habit(
        "batch",
        "certutil",
        r"certutil(?<!\wcertutil)(?:\.exe)?\s+-(?:f\s+-)?decode(?:hex)?\b[^\n]{0,80}(?:%~f0|%0)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "exec",
        r"exec(?<!\wexec)\s*\(\s*(?:__import__\(|(?:\w+\.)?(?:b64decode|b85decode|decompress|loads|unhexlify|fromhex)\s*\()",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "exec",
        r"exec(?<!\wexec)\s*\(\s*(?:compile\s*\(\s*)?(?:\(?lambda\b|\w+\(\s*)[^\n]{0,200}(?:b64decode|zlib\.decompress|marshal\.loads)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "lambda",
        r"lambda(?<!\wlambda)\b[^\n]{0,160}(?:b64decode|decompress|marshal)[^\n]{0,200}\n?[^\n]{0,80}\bexec\s*\(",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "exec(",
        r"(?:b64decode|b85decode|fromhex|unhexlify|decompress)\s*\(\s*(?:\w+\.\w+\(\s*)?b?[\"'][^\"'\n]{200,}",
        1,
        Severity.MEDIUM,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "shell",
        "base64",
        r"base64\s+(?:-d|--decode)[^\n|]{0,20000}\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "shell",
        "eval",
        r"eval(?<!\weval)\s+[\"']?(?:\$\(|`)[^\n]{0,20000}?(?:base64\s+(?:-d|--decode)|xxd\s+-r|\|\s*rev\b|openssl\s+enc)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "shell",
        "|",
        r"(?:\bxxd\s[^\n|]{0,40}-r|\bopenssl\s+enc\s[^\n|]{0,80}-d|\brev\b|\btr\s+[\"']?a-za?[^\n|]{0,40}n-z)[^\n|]{0,200}\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "shell",
        "base64",
        r"(?:\b(?:osascript|python3?|perl|ruby|php|node|(?:ba|z|da|k)?sh)\s+-[ecr]\s*[\"']?(?:\$\(|`)|(?:\bsource|\bsh|\.)\s+<\()"
        r"(?:[^\n]{0,60}?|[^\n]{0,40}?[a-z0-9+/=]{60,}+[^\n]{0,40}?)base64\s+(?:-d|--decode)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit("shell", "$'\\x", r"\$'(?:\\x[0-9a-f]{2}){12,}", 1, Severity.HIGH, _SPELLS),
    # Letters picked out of the values of PowerShell's own variables: $pshome[4]+$pshome[30]+'x' is "iex".
    _habit(
        "powershell",
        "[",
        r"\$(?:pshome|env:comspec|env:public|shellid)\s*\[\s*-?\d+\s*[\],]|\$(?:verbosepreference|pshome)\.tostring\(\)\s*\[",
        1,
        Severity.HIGH,
        _SPELLS,
    ),
    _habit("vbscript", "strreverse", r"strreverse\([^\0]{0,600}?\bexecute(?:global)?\b", 1, Severity.HIGH, _DECODES_AND_RUNS),
    _habit(
        "vbscript",
        "execute",
        r"(?>chrw?\([^\n]{0,60}?(?:\bxor\b|\bmid\s*\())[^\0]{0,600}?\bexecute(?:global)?\b",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    # A program written with six signs and no letter.
    _habit("jscript", "+[]", r"[\[\]()!+]{400}", 1, Severity.HIGH, _SPELLS),
    _habit("shell", "\\x", r"\beval\b[^\n]{0,40}(?:printf|echo)[^\n]{0,20}['\"](?:\\x[0-9a-f]{2}){8,}", 1, Severity.HIGH, _SPELLS),
    _habit(
        "php",
        "(",
        r"(?:eval|assert)\s*\(\s*@?(?:gzinflate|gzuncompress|base64_decode|str_rot13|gzdecode)\s*\(",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "perl ruby",
        "eval",
        r"eval(?<!\weval)\s*+\(?\s*+(?:unpack\s*[( ]\s*+(?:[\"']u|u\s*=>|q\Wu)|decode_base64|base64\.decode64)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    # A page or script written into the window letter by letter.
    _habit(
        "jscript",
        "unescape",
        r"(?:document\.write(?:ln)?|\beval)\s*\(\s*unescape\s*\(\s*[\"'](?:[^\"'%\n]{0,8}%[0-9a-f]{2}){20}",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    # "wscript", "shell" or "activexobject" written letter by letter, which nobody does who has nothing to hide.
    _habit(
        "jscript vbscript",
        "\\",
        r"\\(?:x|u00)[57]7\\(?:x|u00)[57]3\\(?:x|u00)[46]3\\(?:x|u00)[57]2|\\(?:x|u00)[57]3\\(?:x|u00)[46]8\\(?:x|u00)[46]5\\(?:x|u00)[46]c"
        r"\\(?:x|u00)[46]c|\\(?:x|u00)[46]1\\(?:x|u00)[46]3\\(?:x|u00)[57]4\\(?:x|u00)[46]9\\(?:x|u00)[57]6\\(?:x|u00)[46]5\\(?:x|u00)[57]8",
        1,
        Severity.HIGH,
        _SPELLS,
    ),
    _habit(
        "jscript",
        "eval",
        r"eval(?<!\weval)\s*\(\s*(?:unescape|atob|string\.fromcharcode|decodeuricomponent\s*\(\s*escape)\s*\(",
        1,
        Severity.MEDIUM,
        _DECODES_AND_RUNS,
    ),
)
# These are how packers of web pages write too; they count where Windows itself would run the script.
_IN_WINDOWS_SCRIPTS: Final = (
    _habit("jscript", "(", r"eval(?<!\weval)\s*\(|new\s+function\s*\(", 1, Severity.HIGH, _DECODES_AND_RUNS),
    _habit("jscript", "\\", r"\\x[0-9a-f]{2}|\\u00[0-9a-f]{2}", 40, Severity.HIGH, _SPELLS),
    _habit("jscript", "_0x", r"\b_0x[0-9a-f]{4,}\b", 20, Severity.HIGH, _SPELLS),
    _habit("jscript", "fromcharcode", r"fromcharcode\s*\(", 1, Severity.HIGH, _SPELLS),
    _habit("jscript", "+", r"[\"'][^\"'\n]{1,3}[\"']\s*\+\s*[\"'][^\"'\n]{1,3}[\"']\s*\+", 15, Severity.HIGH, _SPELLS),
)
_WINDOWS_OBJECTS: Final = re.compile(r"activexobject|wscript\s*\[?\.|getobject\s*\(|createobject")


def habits(spoken: str, lower: str) -> Iterator[Habit]:
    """The habits to look for in the script *lower* (in lower case) of the languages *spoken*, as far as its words allow them."""
    languages = frozenset(spoken.split())
    for habit in _habits_of(languages):
        if habit.needs in lower:
            yield habit
    if {"jscript", "windows"} <= languages and "document." not in lower and _WINDOWS_OBJECTS.search(lower) is not None:
        yield from _IN_WINDOWS_SCRIPTS


@cache
def _habits_of(languages: frozenset[str]) -> tuple[Habit, ...]:
    return tuple(habit for habit in _HABITS if not languages.isdisjoint(habit.languages))
