"""The text of a PDF, for the codes of boarding passes in it. Only for a confined process: the library is native code."""

from typing import Any, Final

from gifthorse.brief.itinerary.refusals import BROKEN_PDF
from gifthorse.model.errors import NotAccepted

MOST_PAGES: Final = 20
MOST_CHARACTERS: Final = 200_000  # on a page


def pdf_lines(untrusted_pdf: bytes) -> list[str]:
    """The lines of text on the first twenty pages; raises NotAccepted when it can't be opened.

    A bar code that is only drawn is no text; some airlines print its content beside it or keep it as hidden text.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(untrusted_pdf)
    except pypdfium2.PdfiumError as error:
        raise NotAccepted(BROKEN_PDF) from error
    lines: list[str] = []
    try:
        for number in range(min(len(document), MOST_PAGES)):
            lines += _lines(document, number)
    finally:
        document.close()
    return lines


def _lines(document: Any, number: int) -> list[str]:
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        return str(text.get_text_range(0, min(text.count_chars(), MOST_CHARACTERS))).splitlines()
    except pypdfium2.PdfiumError:
        return []
