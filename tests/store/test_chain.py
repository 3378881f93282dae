"""The chain: pure, so shown for all inputs."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.store.chain import GENESIS, Link, first_break, seal

bodies = st.lists(st.binary(max_size=40), min_size=1, max_size=12)


def chained(contents):
    links, previous = [], GENESIS
    for position, body in enumerate(contents, start=1):
        previous = seal(previous, body)
        links.append(Link(position, body, previous))
    return links


@given(bodies)
def test_an_untouched_chain_holds(contents):
    assert first_break(chained(contents)) is None


def test_an_empty_chain_holds():
    assert first_break([]) is None


@given(bodies, st.data())
def test_any_changed_body_is_found_where_it_happened(contents, data):
    links = chained(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    other = data.draw(st.binary(max_size=40).filter(lambda body: body != contents[place]))
    links[place] = links[place]._replace(body=other)
    assert first_break(links) == place + 1


@given(bodies, st.data())
def test_any_changed_digest_is_found_where_it_happened(contents, data):
    links = chained(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    bit = data.draw(st.integers(0, 255))
    digest = int.from_bytes(links[place].digest, "big") ^ (1 << bit)
    links[place] = links[place]._replace(digest=digest.to_bytes(32, "big"))
    assert first_break(links) == place + 1


@given(bodies.filter(lambda contents: len(contents) > 1), st.data())
def test_a_removed_entry_breaks_the_chain_after_it(contents, data):
    links = chained(contents)
    place = data.draw(st.integers(0, len(links) - 2))
    del links[place]
    assert first_break(links) == place + 1


@given(bodies, st.data())
def test_an_entry_that_was_slipped_in_breaks_the_chain(contents, data):
    links = chained(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    links.insert(place, links[place])
    assert first_break(links) in {place + 1, place + 2}


@given(bodies, st.data())
def test_a_cut_end_alone_goes_unseen_which_is_why_there_are_checkpoints(contents, data):
    links = chained(contents)
    assert first_break(links[: data.draw(st.integers(0, len(links)))]) is None


@given(bodies)
def test_a_chain_can_be_taken_up_in_the_middle(contents):
    links = chained(contents)
    middle = len(links) // 2
    start = links[middle - 1].digest if middle else GENESIS
    assert first_break(links[middle:], start, middle + 1) is None


def test_the_digest_of_the_first_entry_stays_what_it_is_from_version_to_version():
    assert seal(GENESIS, b"{}").hex() == "e32bcf5d3d9c3288bca6fdf1b07f879c9308712828c5ca04b43731a6f36b7c74"
