"""A person's own text with the passages marked that say what somebody is, so that they see which words to change."""

import msgspec

from gifthorse.report.colleague_concern import traits_in


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of text, marked or not."""

    text: str
    marked: bool


def marked(text: str) -> tuple[Piece, ...]:
    """*text* in pieces; passages that overlap are marked as one."""
    pieces, at = [], 0
    for passage in traits_in(text):
        start = max(passage.start, at)
        if passage.end <= at:
            continue
        pieces += [Piece(text=text[at:start], marked=False), Piece(text=text[start : passage.end], marked=True)]
        at = passage.end
    pieces.append(Piece(text=text[at:], marked=False))
    return tuple(piece for piece in pieces if piece.text)
