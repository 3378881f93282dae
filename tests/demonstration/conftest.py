"""The fixtures of tests/samples/people.py, for the tests of this folder."""

from tests.samples.people import actors, an_item

__all__ = ["actors", "an_item"]
