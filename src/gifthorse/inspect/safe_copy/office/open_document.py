"""OpenDocument content as blocks (ODF 1.3 part 3): texts, sheets and slides have one shape."""

import posixpath
from typing import Final

from gifthorse.inspect.documents.markup import Closed, Opened
from gifthorse.inspect.documents.package import Package
from gifthorse.inspect.safe_copy.office.blocks import MOST_COLUMNS, MOST_ROWS, Gathered
from gifthorse.inspect.safe_copy.office.part_reader import PartReader
from gifthorse.inspect.safe_copy.office.pictures_in import shown_part

_HEADERS: Final = frozenset({"header", "footer", "header-left", "footer-left", "header-first", "footer-first"})
_BREAKS: Final = {"tab": "\t", "line-break": "\n", "s": " "}


class OpenDocumentReader(PartReader):
    """Takes the elements of ``content.xml`` one after the other."""

    # What stands in the content and isn't shown in its place: drafts that were struck out, and the names of who wrote.
    SILENT = frozenset({"tracked-changes", "creator", "date", "desc", "title"})

    def __init__(self, package: Package, gathered: Gathered) -> None:
        super().__init__(gathered)
        self._package = package
        self._lists = 0
        self._repeated = 1
        self._rows_repeated = 1

    def _open(self, event: Opened) -> None:
        name, values = event.name, event.attributes
        if name in {"p", "h"}:
            self._said.append([])
            self._level = _count(values.get("outline-level", "1")) if name == "h" else 0
        elif name == "list":
            self._lists += 1
            self._in_list = True
        elif name == "page":
            self._gathered.page()
            self._gathered.heading(values.get("name", ""))
        elif name == "image":
            self._show(values.get("href", ""))
        elif name == "table" or self._deep:
            self._open_table(name, values)
        if name in _BREAKS and self._said:
            self._said[-1].append(_BREAKS[name])

    def _open_table(self, name: str, values: dict[str, str]) -> None:
        if name == "table":
            self._deep += 1
            if self._deep == 1:
                self._gathered.heading(values.get("name", ""), 2)
        elif name == "table-row" and self._deep == 1:
            self._rows.append([])
            self._rows_repeated = _count(values.get("number-rows-repeated", "1"))
        elif name in {"table-cell", "covered-table-cell"} and self._deep == 1 and self._rows:
            self._rows[-1].append("")
            self._repeated = _count(values.get("number-columns-repeated", "1"))

    def _close(self, event: Closed) -> None:
        name = event.name
        if name in {"p", "h"}:
            self._end_paragraph()
        elif name == "list":
            self._lists = max(0, self._lists - 1)
            self._in_list = self._lists > 0
        elif name in {"table-cell", "covered-table-cell"} and self._deep == 1 and self._rows and self._rows[-1]:
            row = self._rows[-1]
            row += [row[-1]] * min(self._repeated - 1, MOST_COLUMNS + 1 - len(row))
        elif name == "table-row" and self._deep == 1 and self._rows:
            self._end_row()
        elif name == "table":
            self._deep = max(0, self._deep - 1)
            if not self._deep:
                self._end_table()

    def _end_row(self) -> None:
        row = self._rows[-1]
        while row and not row[-1]:
            row.pop()
        times = min(self._rows_repeated - 1, MOST_ROWS + 1 - len(self._rows)) if row else 0
        self._rows += [list(row) for _ in range(times)]

    def _show(self, address: str) -> None:
        part = posixpath.normpath(address)
        if part in self._package.entries:
            shown_part(self._package, part, self._gathered)


class HeadersReader(OpenDocumentReader):
    """Takes the headers and footers of ``styles.xml`` and nothing else of it."""

    def __init__(self, package: Package, gathered: Gathered) -> None:
        super().__init__(package, gathered)
        self._within = 0

    def _open(self, event: Opened) -> None:
        self._within += event.name in _HEADERS
        if self._within:
            super()._open(event)

    def _close(self, event: Closed) -> None:
        if self._within:
            super()._close(event)
        self._within = max(0, self._within - (event.name in _HEADERS))


def _count(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1
