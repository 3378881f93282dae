"""Running text on its way into blocks: letters become paragraphs, paragraphs cells, cells rows, and rows tables."""

from gifthorse.inspect.safe_copy.office.blocks import MOST_TEXT, Gathered


class Flow:
    """One stretch of running text, whose blocks go to *gathered*."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._said: list[str] = []
        self._length = 0
        self._cell: list[str] = []
        self._row: list[str] = []
        self._rows: list[list[str]] = []

    @property
    def said(self) -> bool:
        """Whether the paragraph holds anything yet."""
        return bool(self._said)

    @property
    def in_row(self) -> bool:
        """Whether a row has begun."""
        return bool(self._row or self._cell)

    @property
    def in_cell(self) -> bool:
        """Whether the cell holds a paragraph already."""
        return bool(self._cell)

    def append(self, text: str) -> None:
        """*text* stands in the paragraph."""
        if self._length < MOST_TEXT:
            self._said.append(text)
            self._length += len(text)
        else:
            self._gathered.lacking("the text behind its beginning")

    def end_paragraph(self, *, level: int = 0, in_list: bool = False) -> None:
        """The paragraph is a block; a table before it has ended."""
        text = self.words()
        self.end_table()
        if level:
            self._gathered.heading(text, level)
        else:
            self._gathered.paragraph(text, in_list=in_list)

    def end_paragraph_in_cell(self) -> None:
        """The paragraph is a line of the cell."""
        self._cell.append(self.words())

    def end_cell(self) -> None:
        """The cell stands in the row."""
        self._cell.append(self.words())
        self._row.append("\n".join(self._cell))
        self._cell = []

    def end_row(self) -> None:
        """The row stands in the table."""
        if self.in_row and (self._cell or self._said):
            self.end_cell()
        if self._row:
            self._rows.append(self._row)
            self._row = []

    def end_table(self) -> None:
        """The table, if there is one, is a block."""
        if self.in_row:
            self.end_row()
        if self._rows:
            self._gathered.table(self._rows)
            self._rows = []

    def end(self) -> None:
        """Everything is a block."""
        if self._said and not self.in_row:
            self.end_paragraph()
        self.end_table()

    def words(self) -> str:
        """The paragraph's text, which is taken out of it."""
        text = "".join(self._said)
        self._said.clear()
        self._length = 0
        if text.isascii():
            return text
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # halves of letters that came one by one
