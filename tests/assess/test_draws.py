from gifthorse.assess.draws import draws


def test_draws_are_the_same_on_every_machine():
    assert draws(0, "a", 3) == (2186578053, 1838085585, 430627364)


def test_another_seed_or_part_draws_otherwise_and_more_draws_begin_alike():
    assert len({draws(0, "a", 4), draws(1, "a", 4), draws(0, "b", 4)}) == 3
    assert draws(0, "a", 9)[:4] == draws(0, "a", 4)
    assert draws(0, "a", 0) == ()


def test_draws_fill_their_range_evenly():
    numbers = draws(7, "spread", 40_000)
    assert 0 <= min(numbers) < 2**20
    assert 2**32 - 2**20 < max(numbers) < 2**32
    for part in range(8):
        assert abs(sum(number >> 29 == part for number in numbers) - 5000) < 300
