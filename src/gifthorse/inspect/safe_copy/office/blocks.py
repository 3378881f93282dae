"""What an office file says, as blocks that can be set on a page, and how much of it is taken."""

from typing import Final

import msgspec

from gifthorse.inspect.safe_copy.visible import visible

MOST_TEXT: Final = 400_000  # letters: about 80 pages
MOST_CELLS: Final = 12_000
MOST_ROWS: Final = 1_000  # of one table
MOST_COLUMNS: Final = 60
MOST_BLOCKS: Final = 20_000
MOST_PICTURES: Final = 60
MOST_PICTURE_DOTS: Final = 400_000_000
LONGEST_TEXT: Final = 20_000  # of one paragraph; what is longer is set as several


class Heading(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="heading"):
    """A heading of *level* 1 to 4."""

    text: str
    level: int = 1


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="paragraph"):
    """A paragraph, with a mark in front of it in a list."""

    text: str
    in_list: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="table"):
    """Rows of as many cells each; those of a sheet have `row_numbers`, and columns that are named from `first_column` on."""

    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...] = ()
    first_column: int = 0


class Picture(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="picture"):
    """A picture that was encoded anew, of *width* x *height* dots."""

    jpeg: bytes
    width: int
    height: int


class NewPage(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="page"):
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Table | Picture | NewPage


class Gathered:
    """The blocks of one file, as far as they are within what is taken of one; `cut` says in words what was not."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.cut: dict[str, None] = {}
        self._text = 0
        self._cells = 0
        self._pictures = 0
        self._dots = 0
        self._apart = 0  # blocks that were taken out and will be put back

    @property
    def said(self) -> str:
        """All text of the blocks, in order."""
        return "\n".join(_said(block) for block in self.blocks)

    def page(self) -> None:
        """What comes next begins a page, unless nothing came yet."""
        if self.blocks:
            self.blocks.append(NewPage())

    def heading(self, untrusted_text: str, level: int = 1) -> None:
        """A heading, if it says anything."""
        if text := self._taken(untrusted_text):
            self.blocks.append(Heading(text=text[:LONGEST_TEXT], level=min(max(level, 1), 4)))

    def paragraph(self, untrusted_text: str, *, in_list: bool = False) -> None:
        """A paragraph, if it says anything."""
        text = self._taken(untrusted_text)
        for at in range(0, len(text), LONGEST_TEXT):
            self.blocks.append(Paragraph(text=text[at : at + LONGEST_TEXT], in_list=in_list and at == 0))

    def table(self, untrusted_rows: list[list[str]]) -> None:
        """A table in running text; its rows are made equally long."""
        width = max((len(row) for row in untrusted_rows), default=0)
        rows = self._cells_taken(untrusted_rows, min(width, MOST_COLUMNS))
        if width > MOST_COLUMNS:
            self.lacking("columns of a wide table")
        if rows:
            self.blocks.append(Table(rows=rows))

    def sheet(self, rows: list[tuple[int, list[str]]], first_column: int) -> None:
        """A part of a sheet: rows with their numbers, from column *first_column* (counted from 0)."""
        width = max((len(row) for _number, row in rows), default=0)
        taken = self._cells_taken([row for _number, row in rows], width)
        numbers = tuple(number for number, _row in rows[: len(taken)])
        if taken:
            self.blocks.append(Table(rows=taken, row_numbers=numbers, first_column=first_column))

    def picture(self, picture: Picture | None, dots: int) -> None:
        """A picture, or a note where none could be made; *dots* is what it cost to decode."""
        self._pictures += 1
        self._dots += dots
        if picture is None:
            self.lacking("pictures of a kind that is not drawn")
            self.blocks.append(Paragraph(text="[a picture that is not drawn here]"))
        else:
            self.blocks.append(picture)

    @property
    def takes_pictures(self) -> bool:
        """Whether one more picture is within bounds; when not, that is noted."""
        if self._pictures < MOST_PICTURES and self._dots < MOST_PICTURE_DOTS:
            return True
        self.lacking("some of its pictures")
        return False

    @property
    def full(self) -> bool:
        """Whether no more is taken."""
        return self._text >= MOST_TEXT or self._cells >= MOST_CELLS or self._number >= MOST_BLOCKS

    def taken_out(self, before: int) -> list[Block]:
        """The blocks behind the first *before*, which are not among the others until they are `put_aside`."""
        apart = self.blocks[before:]
        del self.blocks[before:]
        self._apart += len(apart)
        return apart

    def put_aside(self, title: str, apart: list[Block]) -> None:
        """The blocks that were taken out stand behind the others, under *title*, if there are any."""
        self._apart -= len(apart)
        if apart:
            self.heading(title, 3)
            self.blocks += apart

    @property
    def _number(self) -> int:
        return len(self.blocks) + self._apart

    def lacking(self, what: str) -> None:
        """The copy will say that *what* is not in it."""
        self.cut[what] = None

    def _cells_taken(self, untrusted_rows: list[list[str]], width: int) -> tuple[tuple[str, ...], ...]:
        taken: list[tuple[str, ...]] = []
        for row in untrusted_rows:
            if self.full or len(taken) >= MOST_ROWS:
                self.lacking("further rows")
                break
            cells = [self._taken(cell)[:LONGEST_TEXT] for cell in row[:width]]
            self._cells += width
            taken.append((*cells, *[""] * (width - len(cells))))
        return tuple(taken) if width else ()

    def _taken(self, untrusted_text: str) -> str:
        text = visible(untrusted_text.strip())
        if len(text) > (left := max(MOST_TEXT - self._text, 0)) or (text and self._number >= MOST_BLOCKS):
            self.lacking("the text behind its beginning")
            text = text[:left] if self._number < MOST_BLOCKS else ""
        self._text += len(text)
        return text


def _said(block: Block) -> str:
    if isinstance(block, Heading | Paragraph):
        return block.text
    if isinstance(block, Table):
        return "\n".join("\t".join(row) for row in block.rows)
    return ""
