"""The registry: every detector file is listed, has its words in order, and its test."""

from importlib import import_module
from pathlib import Path

import pytest

from gifthorse.inspect import detectors

FILES = sorted(path.stem for path in Path(detectors.__file__).parent.glob("*.py") if path.stem != "__init__")


def test_every_detector_file_is_listed_and_nothing_else() -> None:
    assert list(detectors.NAMES) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_detector_is_named_as_its_finding(name: str) -> None:
    module = import_module(f"gifthorse.inspect.detectors.{name}")
    assert module.KINDS
    assert module.KINDS[0].id == name.replace("_", ".", 1).replace("_", "-")
    if hasattr(module, "examine"):
        assert hasattr(module, "WANTS")


def test_no_id_is_given_twice() -> None:
    ids = [kind.id for kind in detectors.ALL_KINDS]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("kind", detectors.ALL_KINDS, ids=lambda kind: kind.id)
def test_every_kind_explains_itself(kind: detectors.FindingKind) -> None:
    for text in (kind.title, kind.why, kind.what_to_do, kind.benign_explanation):
        assert text.strip() == text
        assert len(text) >= 8
        assert "clean" not in text.lower().split()
    assert 0 < kind.confidence <= 1


def test_the_tables_hold_modules() -> None:
    assert all(hasattr(module, "examine") for module in detectors.ITEM_DETECTORS)
    assert all(hasattr(module, "examine_medium") for module in detectors.MEDIUM_DETECTORS)
    with pytest.raises(AttributeError):
        _ = detectors.NO_SUCH_TABLE


def test_every_detector_that_describes_is_asked_to() -> None:
    describing = {name for name in FILES if hasattr(import_module(f"gifthorse.inspect.detectors.{name}"), "about")}
    assert {module.__name__.rpartition(".")[2] for module in detectors.DESCRIBERS} == describing
