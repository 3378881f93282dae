"""The running text of Word packages and of slides as blocks (ECMA-376 part 1, 17 and 19): paragraphs, headings, tables, pictures."""

import re
from typing import Final

from gifthorse.inspect.documents.markup import Closed, Opened
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.part_reader import PartReader
from gifthorse.inspect.safe_copy.office.pictures_in import Shows

_HEADING: Final = re.compile(r"(?:heading|title|berschrift|titre|titolo)\s*(\d?)", re.IGNORECASE)
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


class TextReader(PartReader):
    """Takes the elements of a part one after the other; blocks go to *gathered*, pictures through *shows*."""

    SILENT = frozenset({"Fallback"})  # the second form of a shape, for older programs

    def __init__(self, gathered: Gathered, shows: Shows) -> None:
        super().__init__(gathered)
        self._shows = shows
        self._in_text = False

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
        if event.name == "p":
            self._end_paragraph()
        elif event.name == "tbl":
            self._deep = max(0, self._deep - 1)
            if not self._deep:
                self._end_table()
