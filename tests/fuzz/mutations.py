"""The same small damages to an input on every run: flipped bits, cuts, spliced stretches, numbers set to the edges of their range."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

EDGES: Final = tuple(
    value.to_bytes(width, order)  # type: ignore[arg-type]
    for width, order in ((1, "little"), (2, "little"), (2, "big"), (4, "little"), (4, "big"), (8, "little"), (8, "big"))
    for value in (0, 1, 0x7F, (1 << 8 * width) - 1, 1 << 8 * width - 1, (1 << 8 * width - 1) - 1)
)


def mutations(seeds: Sequence[bytes], tries: int, seed: str) -> Iterator[bytes]:
    """*tries* damaged copies of *seeds*, the same ones for the same *seed*."""
    chance = random.Random(seed)
    for number in range(tries):
        body = bytearray(seeds[number % len(seeds)])
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            chance.choice(DAMAGES)(body, chance, seeds)
        yield bytes(body)


def flip(body: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    if body:
        body[place(body, chance)] ^= 1 << chance.randrange(8)


def cut_short(body: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    del body[chance.randrange(len(body) + 1) :]


def cut_out(body: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    if body:
        at = place(body, chance)
        del body[at : at + chance.randrange(1, 64)]


def say_twice(body: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    if body:
        at = place(body, chance)
        body[at:at] = body[at : at + chance.randrange(1, 256)] * chance.choice((1, 1, 2, 40))


def splice(body: bytearray, chance: random.Random, seeds: Sequence[bytes]) -> None:
    other = chance.choice(seeds)
    if body and other:
        at, start = place(body, chance), chance.randrange(len(other))
        piece = other[start : start + chance.randrange(1, 512)]
        body[at : at + len(piece)] = piece


def edge(body: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    """A number becomes one that overflows, or counts for nothing."""
    if body:
        number = chance.choice(EDGES)
        at = place(body, chance)
        body[at : at + len(number)] = number


def fill(body: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    if body:
        at = place(body, chance)
        length = chance.randrange(1, 128)
        body[at : at + length] = bytes([chance.choice((0, 0xFF, 0x20, 0x41))]) * length


def place(body: bytearray, chance: random.Random) -> int:
    """Somewhere in *body*, half the time near its beginning or end, where the structures are."""
    near = min(len(body), 512)
    return chance.choice(
        (chance.randrange(len(body)), chance.randrange(len(body)), chance.randrange(near), len(body) - 1 - chance.randrange(near))
    )


DAMAGES: Final = (flip, flip, cut_short, cut_out, say_twice, splice, edge, edge, edge, fill)
