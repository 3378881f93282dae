"""In a language made for this test every text is in brackets: what stands on a page without them was forgotten.

The second such language is written from right to left. Needs GNU gettext, which gathers the texts.
"""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import Client
from django.utils import translation

from docs.translations import LANGUAGES, gathered, untranslated
from tests.journeys.test_every_page import PAGES
from tests.samples import office as samples
from tests.samples.fill_office import fill

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs Debian's gettext"),
]
BRACKETED, TURNED = "eo", "ar"  # languages that Django knows and the desk doesn't speak
# what people, files and the world said, and what is the same in every language
UNSPOKEN = {"bdi", "code", "script", "style", "svg", "kbd", "time", "textarea", "option", "noscript"}
SPOKEN_ALIKE = re.compile(r"gifthorse|[A-Z]{2,}[-\d]*|[\W\d_]*|SHA-256|UTC|[A-Za-z]+/[A-Za-z_]+|\S+@\S+|\S+\.\S+|item-\S+")


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return gathered()


@pytest.fixture
def bracketed(texts, tmp_path, settings):
    """The desk speaks the two made languages."""
    for language in (BRACKETED, TURNED):
        catalogue = Catalog(locale=language)
        for message in texts:
            if message.id:
                forms = message.id if isinstance(message.id, tuple) else (message.id,)
                string = tuple(f"⟦{forms[-1]}⟧" for _ in range(catalogue.num_plurals)) if len(forms) > 1 else f"⟦{forms[0]}⟧"
                catalogue.add(message.id, string, context=message.context)
        target = Path(tmp_path) / language / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en", "English"), (BRACKETED, "⟦B⟧"), (TURNED, "⟦T⟧")]
    yield
    translation.activate("en")


class Texts(HTMLParser):
    """The texts and spoken attributes of a page that are neither in brackets nor somebody's own words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.forgotten: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        unspoken = (
            tag in UNSPOKEN
            or given.get("dir") == "auto"
            or bool(classes & {"untrusted", "number", "figures", "excerpt"})
            or ("lang" in given and tag != "html")
        )
        if tag not in {"input", "img", "link", "meta", "br", "hr"}:
            self.open.append((tag, unspoken))
        for name in ("aria-label", "placeholder", "alt", "title"):
            self._look(given.get(name) or "", unspoken=unspoken)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._look(data, unspoken=False)

    def _look(self, text: str, *, unspoken: bool) -> None:
        bare = re.sub(r"⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧", " ", text)
        words = [word for word in bare.split() if sum(character.isalpha() for character in word) > 1 and not SPOKEN_ALIKE.fullmatch(word)]
        if words and not unspoken and not any(quiet for _, quiet in self.open):
            self.forgotten.append(" ".join(text.split())[:120])


@pytest.mark.parametrize("language", [BRACKETED, TURNED])
def test_no_page_says_anything_that_is_not_translated(bracketed, language):
    office = samples.open_office()
    ids = fill(office)
    forgotten = {}
    for login, addresses in PAGES.items():
        client = Client(headers={"accept-language": language})
        if login:
            client.force_login(office.accounts[login])
        for address in addresses:
            answer = client.get(address.format(**ids))
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            page = answer.content.decode()
            assert f'lang="{language}"' in page
            assert ('dir="rtl"' in page) == (language == TURNED)
            reader = Texts()
            reader.feed(page)
            if reader.forgotten:
                forgotten[address] = sorted(set(reader.forgotten))
    assert forgotten == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text(texts, language):
    assert untranslated(language, texts) == []
