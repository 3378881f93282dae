"""Telling words that a script writes in pieces: joined strings, carets, short variables. Nobody cuts up a word that may be read."""

import re
from typing import Final

# Words with which scripts fetch and start things; none is a word of web pages.
_TELLING: Final = re.compile(
    r"powershell|wscript\.shell|shell\.application|activexobject|adodb\.stream|scripting\.filesystemobject|downloadstring|downloadfile"
    r"|net\.webclient|invoke-expression|frombase64string|amsiutils|certutil|bitsadmin|regsvr32|rundll32|mshta\b"
)
_JOINED: Final = re.compile(r"([\"'])\s{0,8}[+&]\s{0,8}\1")
_CARET: Final = re.compile(r"\^(?=\w)")
_SET: Final = re.compile(r"\bset\s{1,4}\"?(\w{1,24})=([\w./\\:-]{1,24})(?=[\"&\s])")
_USED: Final = re.compile(r"%(\w{1,24})%")
_FEWEST_PIECES: Final = 2
MOST_TEXT: Final = 1 << 20


def telling_word_in_pieces(spoken: str, lower: str) -> int | None:
    """Where in the script *lower* (in lower case, of the languages *spoken*) its first seam stands, when joining the pieces gives a
    telling word more often than the script says it openly; None when it does not.
    """
    languages = frozenset(spoken.split())
    if "windows" not in languages or len(lower) > MOST_TEXT:
        return None
    seam = _JOINED.search(lower) if not languages.isdisjoint({"powershell", "vbscript", "jscript"}) else None
    if seam is not None and _says_more(_JOINED.sub("", lower), lower):
        return seam.start()
    if "batch" not in languages:
        return None
    caret = _CARET.search(lower)
    if caret is not None and _says_more(_CARET.sub("", lower), lower):
        return caret.start()
    return _in_variables(lower)


def _in_variables(lower: str) -> int | None:
    """Where the first variable is set, when putting the values of variables in their places gives a telling word."""
    first = _SET.search(lower)
    if first is None:
        return None
    values = {pair[1]: pair[2] for pair in _SET.finditer(lower)}
    if len(values) < _FEWEST_PIECES:
        return None
    put_in = _USED.sub(lambda used: values.get(used.group(1), used.group()), lower)
    return first.start() if _says_more(put_in, lower) else None


def _says_more(joined: str, lower: str) -> bool:
    return len(_TELLING.findall(joined)) > len(_TELLING.findall(lower))
