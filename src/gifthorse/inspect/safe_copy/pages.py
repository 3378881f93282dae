"""The pages of a PDF as pictures, with the words that stand on them."""

import importlib
import importlib.util
from typing import Any, Final

from gifthorse.inspect.safe_copy.facts import LARGEST, MOST_PAGES, Page, Words
from gifthorse.inspect.safe_copy.office import fallback_letters
from gifthorse.inspect.safe_copy.office.standing_in import StandIns
from gifthorse.inspect.safe_copy.pictures import NotRebuilt, encoded
from gifthorse.inspect.safe_copy.words import Letter, letters_on, words_of

_DOTS_PER_POINT: Final = 150 / 72
_RENDERER: Final = "pypdfium2"
_MOST_DOTS: Final = 16_000_000
_NO_STAND_INS: Final = StandIns()
_QUALITY: Final = 90


def preload() -> None:
    """The renderer is loaded, when it is installed."""
    if is_there():
        importlib.import_module(_RENDERER)  # a confined worker can't load it
        importlib.import_module(f"{_RENDERER}.raw")


def is_there() -> bool:
    """Whether PDFs can be rendered here."""
    return importlib.util.find_spec(_RENDERER) is not None


def pages_of(
    untrusted_bytes: bytes, *, most: int = MOST_PAGES, quality: int = _QUALITY, stand_ins: StandIns = _NO_STAND_INS
) -> tuple[tuple[Page, ...], int]:
    """The pages as far as they fit into one copy, and how many there are; the letters of *stand_ins* are put back. Raises NotRebuilt."""
    if not is_there():
        raise NotRebuilt("the program that draws PDFs (pypdfium2) is not installed here")
    pypdfium2: Any = importlib.import_module(_RENDERER)  # bindings without types
    try:
        document = pypdfium2.PdfDocument(untrusted_bytes)
    except pypdfium2.PdfiumError as error:
        raise NotRebuilt(f"it can't be opened as a PDF ({error})") from error
    try:
        drawn: list[Page] = []
        total = len(document)
        weight = 0
        for number in range(min(total, most)):
            page = _drawn(document[number], quality, stand_ins)
            weight += len(page.jpeg) + sum(len(run.text) for run in page.words)
            if weight > LARGEST:
                break
            drawn.append(page)
    except pypdfium2.PdfiumError as error:
        raise NotRebuilt(f"a page can't be drawn ({error})") from error
    finally:
        document.close()
    if not drawn:
        raise NotRebuilt("it has no page that can be drawn")
    return tuple(drawn), total


def _drawn(page: Any, quality: int, stand_ins: StandIns) -> Page:
    width, height = page.get_size()
    letters = () if page.get_rotation() else _letters(page, (width, height))
    scale = min(_DOTS_PER_POINT, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, fill_color=(255, 255, 255, 255))
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    undrawn = [(stand_ins.put_back(letter), box) for letter, box in letters if stand_ins.is_one(letter)]
    fallback_letters.draw(
        picture,
        [
            (one, (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale))
            for one, (left, bottom, right, top) in undrawn
        ],
    )
    words = words_of(letters, stand_ins.put_back) if letters else _turned_words(page)
    page.close()
    return Page(width, height, encoded(picture, quality), words)


def _letters(page: Any, size: tuple[float, float]) -> tuple[Letter, ...]:
    raw = importlib.import_module(f"{_RENDERER}.raw")
    text = page.get_textpage()
    try:
        return tuple(letters_on(text, raw, size))
    finally:
        text.close()


def _turned_words(page: Any) -> tuple[Words, ...]:
    """The words of a page that lies on its side: all of them, in its corner."""
    raw = importlib.import_module(f"{_RENDERER}.raw")
    text = page.get_textpage()
    try:
        found = words_of(letters_on(text, raw, (float("inf"), float("inf"))))
    finally:
        text.close()
    return tuple(Words(0.0, 0.0, 1.0, 1.0, word.text) for word in found)
