import itertools

import pytest

from gifthorse.model.errors import NotAccepted
from gifthorse.model.grades import Grade


@pytest.mark.parametrize("text", ["".join(pair) for pair in itertools.product("ABCDEF", "123456")])
def test_every_grade_of_the_system_reads_back(text: str) -> None:
    assert str(Grade.read(text.lower())) == text


@pytest.mark.parametrize("text", ["", "A", "G1", "A7", "A0", "1A", "B22", "B 2"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAccepted, match="letter A to F"):
        Grade.read(text)
