"""The running text of Word packages and of slides as blocks (ECMA-376 part 1, 17 and 19): paragraphs, headings, tables, pictures."""

import re
from typing import Final

from gifthorse.inspect.documents.markup import Closed, Event, Opened, events
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.pictures_in import Shows

_HEADING: Final = re.compile(r"(?:heading|title|berschrift|titre|titolo)\s*(\d?)", re.IGNORECASE)
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


class TextReader:
    """Takes the elements of a part one after the other; blocks go to *gathered*, pictures through *shows*."""

    def __init__(self, gathered: Gathered, shows: Shows) -> None:
        self._gathered = gathered
        self._shows = shows
        self._said: list[list[str]] = []  # a text box stands inside a paragraph: its own is read meanwhile
        self._level = 0
        self._in_list = False
        self._in_text = False
        self._rows: list[list[str]] = []
        self._deep = 0
        self._silent = 0  # the second form of a shape, for older programs

    def read(self, xml: bytes) -> None:
        """Everything that the part says and shows is among the blocks; raises DamagedDocument when it can't be read at all."""
        for event in events(xml, text=True):
            if self._gathered.full:
                self._gathered.lacking("the text behind its beginning")
                break
            self._take(event)
        self._end_table(whole=True)

    def _take(self, event: Event) -> None:
        if isinstance(event, str):
            if self._in_text and not self._silent and self._said:
                self._said[-1].append(event)
        elif isinstance(event, Opened):
            self._silent += event.name == "Fallback"
            if not self._silent:
                self._open(event)
        else:
            if not self._silent:
                self._close(event)
            self._silent = max(0, self._silent - (event.name == "Fallback"))

    def _open(self, event: Opened) -> None:
        name, values = event.name, event.attributes
        self._in_text = name == "t"
        if name == "p":
            self._said.append([])
            self._level, self._in_list = 0, False
        elif name == "pStyle" and (found := _HEADING.search(values.get("val", ""))):
            self._level = int(found[1] or 1)
        elif name == "numPr":
            self._in_list = True
        elif name == "tbl":
            self._deep += 1
        elif name == "tr" and self._deep == 1:
            self._rows.append([])
        elif name == "tc" and self._deep == 1 and self._rows:
            self._rows[-1].append("")
        elif name in {"blip", "imagedata"}:
            self._shows(values.get("embed", values.get("id", "")))
        elif name in _BREAKS and self._said:
            self._said[-1].append(_BREAKS[name])

    def _close(self, event: Closed) -> None:
        self._in_text = False
        if event.name == "p" and self._said:
            self._end_paragraph("".join(self._said.pop()))
        elif event.name == "tbl":
            self._deep = max(0, self._deep - 1)
            self._end_table(whole=self._deep == 0)

    def _end_paragraph(self, text: str) -> None:
        if self._deep and self._rows and self._rows[-1]:
            cell = self._rows[-1][-1]
            self._rows[-1][-1] = f"{cell}\n{text}" if cell else text
        elif self._level:
            self._gathered.heading(text, self._level)
        else:
            self._gathered.paragraph(text, in_list=self._in_list)

    def _end_table(self, *, whole: bool) -> None:
        if whole and self._rows:
            self._gathered.table(self._rows)
            self._rows = []
