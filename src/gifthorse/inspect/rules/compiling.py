"""Rule text made into rules, and kept compiled in the user's cache folder: compiling a large set takes seconds, loading it moments."""

import contextlib
import hashlib
import io
import os
import pwd
import stat
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yara_x

from gifthorse.inspect.engine_fingerprint import installed
from gifthorse.inspect.rules.routing import BUNDLES, Families
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_

# What third-party rules may ask about a file, under the names that rule collections use.
FILE_FACTS: Final = ("filename", "filepath", "extension", "filetype", "owner")
ENDINGS: Final = (".yar", ".yara")
_CACHE_FORMAT: Final = "1"


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleText:
    """One file of rules: `name` is shown and becomes the namespace."""

    name: str
    text: str


def fingerprint(texts: Iterable[RuleText]) -> str:
    """A digest that changes with any rule text."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{text.name}\0{len(text.text)}\0{text.text}".encode())
    return digest.hexdigest()


@cache
def own_texts() -> dict[str, RuleText]:
    """Our own families of rules by name."""
    pack = files("gifthorse.inspect.rules") / "pack"
    found = (entry for entry in pack.iterdir() if entry.name.endswith(".yar"))
    return {entry.name[:-4]: RuleText(name=entry.name[:-4], text=entry.read_text(encoding="utf-8")) for entry in found}


@cache
def own_sets() -> dict[Families, yara_x.Rules]:
    """Our rules, set by set."""
    texts = own_texts()
    wanted = {families for sets in BUNDLES.values() for families in sets}
    return {families: compiled([texts[family] for family in families]) for families in sorted(wanted)}


def texts_in(paths: Sequence[str]) -> list[RuleText]:
    """The rule files at *paths* (files, or folders with all that they hold); raises NotAccepted when there are none."""
    texts = [_read(path) for given in paths for path in _rule_files(given)]
    if paths and not texts:
        raise NotAccepted(N_("There are no rule files (.yar, .yara) there. Check the path: ") + ", ".join(paths), field="rules")
    return texts


def compiled(texts: Sequence[RuleText], *, lenient: bool = False) -> yara_x.Rules:
    """*texts* as one set of rules, each file in a namespace of its name; raises NotAccepted naming file and line of what is wrong.

    *lenient* takes the looser pattern syntax of older YARA, in which most collections are written.
    """
    place = _cache_place(f"{_CACHE_FORMAT} {_scanner()} {lenient} {fingerprint(texts)}")
    kept = _kept(place)
    if kept is not None:
        return kept
    compiler = yara_x.Compiler(relaxed_re_syntax=lenient, includes_enabled=False)
    for fact in FILE_FACTS:
        compiler.define_global(fact, "")
    for text in texts:
        compiler.new_namespace(text.name)
        try:
            compiler.add_source(text.text, text.name)
        except yara_x.CompileError as error:
            raise NotAccepted(_complaint(text, compiler, error), field="rules") from error
    rules = compiler.build()
    _keep(place, rules)
    return rules


@cache
def _scanner() -> str:
    """Which version of YARA-X compiles: what another one compiled is of no use to it."""
    return next((name for name in installed(sys.path) if name.startswith("yara_x-")), yara_x.__name__)


def _rule_files(given: str) -> list[str]:
    if not os.path.isdir(given):
        return [given]
    found = [os.path.join(folder, name) for folder, _folders, names in os.walk(given) for name in names]
    return sorted(path for path in found if path.lower().endswith(ENDINGS))


def _read(path: str) -> RuleText:
    try:
        with open(path, encoding="utf-8") as lines:
            return RuleText(name=path, text=lines.read())
    except UnicodeDecodeError as error:
        raise NotAccepted(f"{path}: This is no text in UTF-8. Save the rules as plain text.", field="rules") from error
    except OSError as error:
        raise NotAccepted(f"{path}: The rules can't be read ({error.strerror}). Check the path.", field="rules") from error


def _complaint(text: RuleText, compiler: yara_x.Compiler, error: yara_x.CompileError) -> str:
    """File, line and what is wrong, in one line."""
    told = compiler.errors()
    first = told[0] if told else {}
    line = first.get("line") or 1
    words = " ".join(str(part) for part in (first.get("title"), first.get("text")) if part) or str(error).splitlines()[0]
    return f"{text.name}, line {line}: {words}. Correct this rule, or take the file out of the folder."


def _cache_place(key: str) -> str | None:
    """The path where rules of this *key* are kept, in a folder that is the user's alone; None when there can be no such folder."""
    try:
        home = pwd.getpwuid(os.getuid()).pw_dir
        folder = os.path.join(home, ".cache", "gifthorse")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.stat(folder)
    except (KeyError, OSError):
        return None
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022:
        return None
    return os.path.join(folder, f"rules-{hashlib.sha256(key.encode()).hexdigest()[:32]}")


def _kept(place: str | None) -> yara_x.Rules | None:
    if place is None:
        return None
    try:
        fd = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    with open(fd, "rb") as kept:
        found = os.fstat(fd)
        if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022:
            return None
        try:
            return yara_x.Rules.deserialize_from(kept)
        except Exception:  # noqa: BLE001 - a damaged copy is made again
            return None


def _keep(place: str | None, rules: yara_x.Rules) -> None:
    """The compiled *rules* lie at *place* for next time, whole or not at all; where that fails they are compiled again."""
    if place is None:
        return
    body = io.BytesIO()
    rules.serialize_into(body)
    with contextlib.suppress(OSError):
        fd, unfinished = tempfile.mkstemp(dir=os.path.dirname(place))
        try:
            with open(fd, "wb") as kept:
                kept.write(body.getbuffer())
            os.replace(unfinished, place)
        except OSError:
            os.unlink(unfinished)
