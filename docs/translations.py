"""Gathers every text that people read, and brings the catalogues of translations up to date with it.

`python -m docs.translations` merges what is new into every catalogue and says how much is untranslated. Texts in Python and in
templates are found by GNU gettext; texts in data (interviews, advice, rules, sentences) are told by the rooms that hold them.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "gifthorse"
LOCALE = SOURCE / "locale"
LANGUAGES = ("de",)
KEYWORDS = ("N_", "_", "phrase:1", "gettext", "gettext_lazy", "gettext_noop", "ngettext:1,2", "ngettext_lazy:1,2", "pgettext:1c,2")


def gathered() -> Catalog:
    """A catalogue with every text and no translation."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = [*sorted(SOURCE.rglob("*.py")), *templates(Path(folder)), data_texts(Path(folder))]
        listed = Path(folder) / "files"
        listed.write_text("\n".join(str(path) for path in scripts))
        keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
        command = [
            "xgettext",
            "--language=Python",
            "--from-code=UTF-8",
            "--keyword",
            *keywords,
            "--no-location",
            "--output=-",
            "--sort-output",
        ]
        found = subprocess.run([*command, f"--files-from={listed}"], check=True, capture_output=True)
    catalogue = read_po(BytesIO(found.stdout.replace(b"nplurals=INTEGER; plural=EXPRESSION", b"nplurals=2; plural=n != 1")))
    catalogue.creation_date = None
    return catalogue


def templates(folder: Path) -> Iterator[Path]:
    """Every template as the Python that Django makes of its texts."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    for number, path in enumerate(sorted((SOURCE / "desk" / "templates").rglob("*"))):
        if path.suffix in {".html", ".txt"}:
            target = folder / f"template-{number}.py"
            target.write_text(templatize(path.read_text(encoding="utf-8"), origin=str(path)), encoding="utf-8")
            yield target


def data_texts(folder: Path) -> Path:
    """The texts of the rooms' data, as Python that marks each."""
    texts: dict[str, None] = {}
    for tell in tellers():
        texts.update(dict.fromkeys(tell()))
    target = folder / "data.py"
    target.write_text("".join(f"N_({text!r})\n" for text in texts), encoding="utf-8")
    return target


def tellers() -> list:
    """The functions by which rooms tell the texts of their data."""
    from gifthorse.brief.messages import messages as advice
    from gifthorse.model.tactics import catalogue
    from gifthorse.report.messages import message_ids as interviews

    tactics = catalogue().tactics
    return [interviews, advice, lambda: [one.name for one in tactics] + sorted({one.group for one in tactics})]


def catalogue_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def translated(language: str) -> Catalog:
    """The catalogue as it is kept."""
    path = catalogue_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def untranslated(language: str, texts: Catalog) -> list[str]:
    """The texts that *language* lacks, or has only as a guess."""
    kept = translated(language)
    lacking = []
    for message in texts:
        if not message.id:
            continue
        own = kept.get(message.id, message.context)
        parts = (own.string if isinstance(own.string, tuple) else (own.string,)) if own else ("",)
        if own is None or own.fuzzy or not all(parts):
            lacking.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return lacking


def update(language: str, texts: Catalog) -> None:
    """The catalogue holds every text of today and none of yesterday; translations that still fit are kept."""
    kept = translated(language)
    kept.update(texts, no_fuzzy_matching=True)
    kept.obsolete.clear()
    save(language, kept)


def save(language: str, kept: Catalog) -> None:
    """The catalogue is on disk, without a date that would change it each time."""
    kept.project, kept.version, kept.copyright_holder = "gifthorse", "1", "the gifthorse founders"
    kept.header_comment = "# The translations of gifthorse, Apache-2.0."
    kept.fuzzy = False
    kept.creation_date = kept.revision_date = datetime(2026, 11, 28, tzinfo=UTC)
    path = catalogue_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, kept, width=140, sort_output=True, ignore_obsolete=True, omit_header=False)


def take(language: str, path: Path) -> list[str]:
    """The texts of *path* (JSON: text to translation, or to forms of a plural) that were refused: they lack a place of the original."""
    kept = translated(language)
    refused = []
    given = json.loads(path.read_text(encoding="utf-8"))
    for message in kept:
        own = message.id[0] if isinstance(message.id, tuple) else message.id
        told = given.get(own) if own else None
        if told is None:
            continue
        forms = tuple(told) if isinstance(told, list) else (told,)
        wanted = [places(text) for text in (message.id if isinstance(message.id, tuple) else (message.id,))]
        if any(places(form) not in wanted for form in forms) or (isinstance(message.id, tuple) != isinstance(told, list)):
            refused.append(own)
            continue
        message.string = forms if isinstance(message.id, tuple) else forms[0]
    save(language, kept)
    return refused


def places(text: str) -> set[str]:
    """The places for values in a text: {name}, %(name)s and markup."""
    return set(re.findall(r"\{\w*\}|%\(\w+\)[sd]|%[sd]|</?\w+[^>]*>", text))


def main() -> int:
    """Zero when every language has every text."""
    texts = gathered()
    for path in map(Path, sys.argv[1:]):
        for language in LANGUAGES:
            for text in take(language, path):
                print(f"{language}: refused: {text}", file=sys.stderr)
    lacking = 0
    for language in LANGUAGES:
        update(language, texts)
        missing = untranslated(language, texts)
        lacking += len(missing)
        print(f"{language}: {len(texts) - len(missing)} of {len(texts)} texts", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
