import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.errors import NotAccepted
from gifthorse.model.ids import ALPHABET, opaque_id, read_id


def an_id(seed: int) -> str:
    draws = iter(range(seed, seed + 1000))
    return opaque_id("item", lambda n: (next(draws) * 0x9E3779B97F4A7C15 % 2**64).to_bytes(8, "big")[:n])


@given(st.integers(0, 2**60))
def test_an_id_reads_back_however_it_is_typed(seed: int) -> None:
    new = an_id(seed)
    assert read_id(f"  {new.lower()} ", "item") == new
    assert read_id(new.replace("0", "O").replace("1", "l"), "item") == new


@given(st.integers(0, 2**60), st.integers(0, 12), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(seed: int, place: int, wrong: str) -> None:
    prefix, body = an_id(seed).split("-")
    damaged = body[:place] + wrong + body[place + 1 :]
    if damaged == body:
        return
    with pytest.raises(NotAccepted):
        read_id(f"{prefix}-{damaged}", "item")


@given(st.integers(0, 2**60), st.integers(0, 11))
def test_two_swapped_neighbours_are_caught(seed: int, place: int) -> None:
    prefix, body = an_id(seed).split("-")
    damaged = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    if damaged == body:
        return
    with pytest.raises(NotAccepted):
        read_id(f"{prefix}-{damaged}", "item")


@pytest.mark.parametrize(
    "text", ["", "item", "item-", "person-7ZZ3K0QH2M4DX", "item-7ZZ3K0QH2M4D", "item-7ZZ3K0QH2M4U*", "item-ÄÖÜ3K0QH2M4DX"]
)
def test_what_can_be_no_id_is_refused_with_a_next_step(text: str) -> None:
    with pytest.raises(NotAccepted, match="compare it with the label"):
        read_id(text, "item")


def test_ids_hold_only_letters_that_survive_addresses_and_file_names() -> None:
    assert all(set(an_id(seed).removeprefix("item-")) <= set(ALPHABET) for seed in range(2000))
