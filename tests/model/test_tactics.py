import msgspec
import pytest

from gifthorse.model.tactics import catalogue, read_catalogue


def test_the_packaged_catalogue_is_whole() -> None:
    tactics = catalogue().tactics
    assert len(tactics) >= 60
    assert all(tactic.prior_weight > 0 and tactic.sources and tactic.advice for tactic in tactics)
    assert catalogue().tactic("T01").name == "Unsolicited online approach"


def test_a_doubled_id_is_refused() -> None:
    doubled = msgspec.structs.replace(catalogue(), tactics=(catalogue().tactics[0], catalogue().tactics[0]))
    with pytest.raises(msgspec.ValidationError):
        read_catalogue(msgspec.json.encode(doubled))


def test_a_catalogue_of_another_schema_is_refused() -> None:
    other = msgspec.structs.replace(catalogue(), schema="gifthorse.tactics/2")
    with pytest.raises(msgspec.ValidationError):
        read_catalogue(msgspec.json.encode(other))
