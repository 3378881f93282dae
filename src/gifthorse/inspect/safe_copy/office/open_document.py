"""OpenDocument content as blocks (ODF 1.3 part 3): texts, sheets and slides have one shape."""

import posixpath
from typing import Final

from gifthorse.inspect.documents.markup import Closed, Event, Opened, events
from gifthorse.inspect.documents.package import Package
from gifthorse.inspect.safe_copy.office.blocks import MOST_COLUMNS, MOST_ROWS, Gathered
from gifthorse.inspect.safe_copy.office.pictures_in import shown_part

_BREAKS: Final = {"tab": "\t", "line-break": "\n", "s": " "}
# What stands in the content and isn't shown in its place: drafts that were struck out, and the names of who wrote.
_SILENT: Final = frozenset({"tracked-changes", "creator", "date", "desc", "title"})


class OpenDocumentReader:
    """Takes the elements of ``content.xml`` one after the other."""

    def __init__(self, package: Package, gathered: Gathered) -> None:
        self._package = package
        self._gathered = gathered
        self._said: list[list[str]] = []
        self._level = 0
        self._lists = 0
        self._silent = 0
        self._deep = 0
        self._rows: list[list[str]] = []
        self._repeated = 1
        self._rows_repeated = 1

    def read(self, xml: bytes) -> None:
        """Everything that the part says and shows is among the blocks; raises DamagedDocument when it can't be read at all."""
        for event in events(xml, text=True):
            if self._gathered.full:
                self._gathered.lacking("the text behind its beginning")
                return
            self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, str):
            if self._said and not self._silent:
                self._said[-1].append(event)
        elif isinstance(event, Opened):
            self._silent += event.name in _SILENT
            if not self._silent:
                self._open(event)
        else:
            if not self._silent:
                self._close(event)
            self._silent = max(0, self._silent - (event.name in _SILENT))

    def _open(self, event: Opened) -> None:
        name, values = event.name, event.attributes
        if name in {"p", "h"}:
            self._said.append([])
            self._level = _count(values.get("outline-level", "1")) if name == "h" else 0
        elif name == "list":
            self._lists += 1
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
        if name in {"p", "h"} and self._said:
            self._end_paragraph("".join(self._said.pop()))
        elif name == "list":
            self._lists = max(0, self._lists - 1)
        elif name in {"table-cell", "covered-table-cell"} and self._deep == 1 and self._rows and self._rows[-1]:
            row = self._rows[-1]
            row += [row[-1]] * min(self._repeated - 1, MOST_COLUMNS + 1 - len(row))
        elif name == "table-row" and self._deep == 1 and self._rows:
            self._end_row()
        elif name == "table":
            self._deep = max(0, self._deep - 1)
            if not self._deep:
                self._gathered.table(_trimmed(self._rows))
                self._rows = []

    def _end_row(self) -> None:
        row = self._rows[-1]
        while row and not row[-1]:
            row.pop()
        times = min(self._rows_repeated - 1, MOST_ROWS + 1 - len(self._rows)) if row else 0
        self._rows += [list(row) for _ in range(times)]

    def _end_paragraph(self, text: str) -> None:
        if self._deep and self._rows and self._rows[-1]:
            cell = self._rows[-1][-1]
            self._rows[-1][-1] = f"{cell}\n{text}" if cell else text
        elif self._level:
            self._gathered.heading(text, self._level)
        else:
            self._gathered.paragraph(text, in_list=self._lists > 0)

    def _show(self, address: str) -> None:
        part = posixpath.normpath(address)
        if part in self._package.entries:
            shown_part(self._package, part, self._gathered)


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _count(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1
