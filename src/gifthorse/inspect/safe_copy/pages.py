"""The pages of a PDF as pictures, with the words that stand on them."""

import importlib
import importlib.util
from typing import Any, Final

from gifthorse.inspect.safe_copy.facts import LARGEST, MOST_PAGES, Page, Words
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from gifthorse.inspect.safe_copy.visible import is_visible

_DOTS_PER_POINT: Final = 150 / 72
_RENDERER: Final = "pypdfium2"
_MOST_DOTS: Final = 16_000_000
_MOST_RUNS: Final = 20_000
_LONGEST_RUN: Final = 2000


def preload() -> None:
    """The renderer is loaded, when it is installed."""
    if is_there():
        importlib.import_module(_RENDERER)  # a confined worker can't load it


def is_there() -> bool:
    """Whether PDFs can be rendered here."""
    return importlib.util.find_spec(_RENDERER) is not None


def pages_of(untrusted_bytes: bytes) -> tuple[tuple[Page, ...], int]:
    """The pages as far as they fit into one copy, and how many there are; raises NotRebuilt."""
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
        for number in range(min(total, MOST_PAGES)):
            page = _drawn(document[number])
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


def _drawn(page: Any) -> Page:
    from gifthorse.inspect.safe_copy.pictures import encoded

    width, height = page.get_size()
    scale = min(_DOTS_PER_POINT, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, fill_color=(255, 255, 255, 255))
    jpeg = encoded(bitmap.to_pil().convert("RGB"))
    bitmap.close()
    words = _words(page)
    page.close()
    return Page(width, height, jpeg, words)


def _words(page: Any) -> tuple[Words, ...]:
    text = page.get_textpage()
    turned = page.get_rotation() != 0
    found = []
    for number in range(min(text.count_rects(), _MOST_RUNS)):
        left, bottom, right, top = text.get_rect(number)
        said = "".join(one for one in text.get_text_bounded(left, bottom, right, top) if is_visible(one))[:_LONGEST_RUN].strip()
        if said:
            found.append(Words(0.0, 0.0, 1.0, 1.0, said) if turned else Words(left, bottom, right - left, top - bottom, said))
    text.close()
    return tuple(found)
