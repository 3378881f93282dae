"""Where the letters of rich text go: into the running text, into what stands aside of it, or where they are kept for later."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from gifthorse.inspect.safe_copy.office.blocks import Block, Gathered
from gifthorse.inspect.safe_copy.office.flow import Flow
from gifthorse.inspect.safe_copy.office.pictures_in import show
from gifthorse.inspect.safe_copy.office.rich_words import PAGES

KEPT: Final = frozenset({"listtext", "sn", "sv"})  # the mark of a list; name and value of a property of a shape
_WORDS_OF_SHAPE: Final = "gtextUNICODE"
_PICTURE_OF_SHAPE: Final = "pib"
_BOXES: Final = "In text boxes"


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What holds until the group ends. `place` is the destination of the text; `fallback` letters stand in for one in Unicode."""

    silent: bool = False
    place: str = ""
    font: int = 0
    fallback: int = 1
    deleted: bool = False
    level: int = 0
    in_list: bool = False
    in_table: bool = False


class _Around(NamedTuple):
    """Where an aside began: the text around it, how deep in groups, its title, and how many blocks there were."""

    flow: Flow
    depth: int
    title: str
    blocks: int


class Places:
    """The places of one rich text, whose blocks go to *gathered*."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._flow = Flow(gathered)
        self._around: list[_Around] = []
        self._asides: dict[str, list[Block]] = {}
        self._kept: dict[str, list[str]] = {place: [] for place in sorted(KEPT)}

    @property
    def said(self) -> bool:
        """Whether the paragraph holds anything yet."""
        return self._flow.said

    def say(self, text: str, state: State) -> None:
        """*text* stands where *state* says."""
        self._kept.get(state.place, self._flow).append(text)

    def end_paragraph(self, word: str, state: State) -> None:
        """What the control *word* ends has ended: a cell, a row, or a paragraph."""
        if word == "cell":
            self._flow.end_cell()
        elif word == "row":
            self._flow.end_row()
        elif state.in_table or word == "nestcell":
            self._flow.end_paragraph_in_cell()
        else:
            self._flow.end_paragraph(level=state.level, in_list=state.in_list)
        if word in PAGES and not self._around:
            self._gathered.page()

    def begin_aside(self, title: str, depth: int) -> None:
        """What comes next stands aside, under *title*, until the groups are less than *depth* deep."""
        self._around.append(_Around(self._flow, depth, title, len(self._gathered.blocks)))
        self._flow = Flow(self._gathered)

    def retitle(self, title: str) -> None:
        """The aside that has begun stands under *title* instead."""
        if self._around:
            self._around[-1] = self._around[-1]._replace(title=title)

    def came_back(self, depth: int) -> None:
        """The groups are *depth* deep: an aside that began deeper has ended."""
        if self._around and depth < self._around[-1].depth:
            self._end_aside()

    def end_kept(self, place: str) -> str:
        """What was kept at *place*, which is empty now; words of a shape stand among the boxes."""
        kept = "".join(self._kept[place])
        if place == "sv" and self._property == _WORDS_OF_SHAPE:
            box = Flow(self._gathered)
            box.append(kept)
            before = len(self._gathered.blocks)
            box.end()
            self._asides.setdefault(_BOXES, []).extend(self._gathered.taken_out(before))
        if place != "sn":
            for one in self._kept.values():
                one.clear()
        return kept

    def show(self, picture: bytes | None, state: State) -> None:
        """The picture stands where the text is, or a note; None stands for one that is not drawn."""
        if state.place == "sv" and self._property != _PICTURE_OF_SHAPE:
            return
        if self._flow.said and not self._flow.in_row and not state.in_table:
            self._flow.end_paragraph(level=state.level, in_list=state.in_list)
        show(picture, self._gathered)

    def end(self) -> None:
        """Everything is a block, and what stood aside comes behind the text."""
        while self._around:
            self._end_aside()
        self._flow.end()
        for title, blocks in self._asides.items():
            self._gathered.put_aside(title, blocks)

    @property
    def _property(self) -> str:
        return "".join(self._kept["sn"]).strip()

    def _end_aside(self) -> None:
        self._flow.end()
        around = self._around.pop()
        self._flow = around.flow
        self._asides.setdefault(around.title, []).extend(self._gathered.taken_out(around.blocks))
