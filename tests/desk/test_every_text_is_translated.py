"""In a language made for this test every text is in brackets: a text of the catalogue that stands on a page without them was forgotten.

The second such language is written from right to left. Needs GNU gettext, which gathers the texts.
"""

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
    """The texts of a page, and those that its attributes speak."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if value and name in {"aria-label", "placeholder", "alt", "title"}}

    def handle_data(self, data: str) -> None:
        self.found.add(" ".join(data.split()))


@pytest.mark.parametrize("language", [BRACKETED, TURNED])
def test_no_page_says_anything_that_is_not_translated(bracketed, texts, language):
    office = samples.open_office()
    ids = fill(office)
    known = {form for message in texts for form in (message.id if isinstance(message.id, tuple) else (message.id,)) if " " in form}
    forgotten = {}
    for login, addresses in PAGES.items():
        client = Client(headers={"accept-language": language})
        if login:
            client.force_login(office.accounts[login])
        for address in addresses:
            answer = client.get(address.format(**ids))
            if answer.status_code == 302 or not answer.headers["Content-Type"].startswith("text/html"):
                continue  # asks who it is once more, or is no page
            page = answer.content.decode()
            assert f'lang="{language}"' in page
            assert ('dir="rtl"' in page) == (language == TURNED)
            reader = Texts()
            reader.feed(page)
            if untold := reader.found & known:
                forgotten[address] = sorted(untold)
    assert forgotten == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text(texts, language):
    assert untranslated(language, texts) == []
