"""The language of the command line: message ids become the reader's language, or stay English where there is no translation."""

import gettext
from functools import cache
from importlib.resources import files

from gifthorse.model.words import N_, Phrase

__all__ = ["N_", "_", "language", "told"]


def _(message: str) -> str:
    """*message* in the reader's language (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), from the same catalogue as the web desk."""
    return _catalogue().gettext(message)


def told(sentence: Phrase) -> str:
    """*sentence* in the reader's language, with its values."""
    return _(sentence.text).format_map(sentence.values)


def language() -> str:
    """The code of the language that is spoken, such as "en"."""
    return _catalogue().info().get("language") or "en"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("django", str(files("gifthorse") / "locale"), fallback=True)
