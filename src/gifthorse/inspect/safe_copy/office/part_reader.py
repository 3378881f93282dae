"""What readers of the text parts of office packages share: a loop over elements, paragraphs that may stand in cells, and one table."""

from typing import ClassVar

from gifthorse.inspect.documents.markup import Closed, Event, Opened, events
from gifthorse.inspect.safe_copy.office.blocks import Gathered


class PartReader:
    """Takes the elements of a part one after the other; what each means is said by `_open` and `_close`, which a format gives."""

    SILENT: ClassVar[frozenset[str]] = frozenset()  # elements of which nothing is taken

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._said: list[list[str]] = []  # a text box stands inside a paragraph: its own is read meanwhile
        self._level = 0
        self._in_list = False
        self._in_text = True
        self._rows: list[list[str]] = []
        self._deep = 0
        self._silent = 0

    def read(self, xml: bytes) -> None:
        """Everything that the part says and shows is among the blocks; raises DamagedDocument when it can't be read at all."""
        for event in events(xml, text=True):
            if self._gathered.full:
                self._gathered.lacking("the text behind its beginning")
                break
            self._take(event)
        self._end_table()

    def _open(self, event: Opened) -> None:
        raise NotImplementedError

    def _close(self, event: Closed) -> None:
        raise NotImplementedError

    def _take(self, event: Event) -> None:
        if isinstance(event, str):
            if self._in_text and not self._silent and self._said:
                self._said[-1].append(event)
        elif isinstance(event, Opened):
            self._silent += event.name in self.SILENT
            if not self._silent:
                self._open(event)
        else:
            if not self._silent:
                self._close(event)
            self._silent = max(0, self._silent - (event.name in self.SILENT))

    def _end_paragraph(self) -> None:
        if not self._said:
            return
        text = "".join(self._said.pop())
        if self._deep and self._rows and self._rows[-1]:
            cell = self._rows[-1][-1]
            self._rows[-1][-1] = f"{cell}\n{text}" if cell else text
        elif self._level:
            self._gathered.heading(text, self._level)
        else:
            self._gathered.paragraph(text, in_list=self._in_list)

    def _end_table(self) -> None:
        while self._rows and not any(self._rows[-1]):
            self._rows.pop()
        if self._rows:
            self._gathered.table(self._rows)
            self._rows = []
