"""What tests of the desk share: an office, and public files without digests in their names."""

import pytest

from tests.samples import office as samples
from tests.samples.public_files import public_files

__all__ = ["office", "public_files"]


@pytest.fixture
def office(db) -> samples.Office:
    return samples.open_office()
