"""The fixtures of tests/samples, for the tests of this folder."""

from tests.samples.people import actors, an_item
from tests.samples.public_files import public_files
from tests.samples.worked_desk import tampering, worked_desk

__all__ = ["actors", "an_item", "public_files", "tampering", "worked_desk"]
