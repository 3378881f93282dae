"""The findings as a STIX 2.1 bundle."""

import json
from datetime import UTC, datetime

import pytest
import stix2

from gifthorse.inspect.report.as_stix import render
from gifthorse.inspect.report.occasion import Occasion
from gifthorse.model.markings import Marking
from tests.samples import inspections

ALL = (
    inspections.camera_card,
    inspections.dangerous_stick,
    inspections.encrypted_archive,
    inspections.hostile_names,
    inspections.nothing_read,
    lambda: inspections.many_contents(1_000),
)
OCCASION = Occasion(inspected_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
OBSERVABLES = {"file": stix2.v21.File, "directory": stix2.v21.Directory}


def objects(inspection, occasion=OCCASION):
    return json.loads(render(inspection, occasion))["objects"]


@pytest.mark.parametrize("made", ALL)
def test_the_bundle_is_valid_without_any_custom_part(made):
    bundle = stix2.parse(render(made(), OCCASION).decode(), allow_custom=False)
    assert bundle.type == "bundle"


@pytest.mark.parametrize("made", ALL)
def test_every_reference_leads_to_an_object_of_the_bundle(made):
    told = objects(made())
    ids = {thing["id"] for thing in told}
    assert len(ids) == len(told)
    for thing in told:
        references = [*thing.get("object_refs", []), *thing.get("contains_refs", []), *thing.get("object_marking_refs", [])]
        references += [thing[key] for key in ("created_by_ref", "parent_directory_ref") if key in thing]
        assert set(references) <= ids


@pytest.mark.parametrize("made", [inspections.dangerous_stick, inspections.hostile_names])
def test_observables_have_the_ids_that_the_standard_computes(made):
    for thing in objects(made()):
        if thing["type"] in OBSERVABLES:
            facts = {key: value for key, value in thing.items() if key not in {"id", "type", "spec_version"}}
            assert OBSERVABLES[thing["type"]](**facts).id == thing["id"]


def test_nothing_is_attributed_to_anybody():
    kinds = {thing["type"] for thing in objects(inspections.dangerous_stick())}
    assert kinds == {"marking-definition", "identity", "file", "directory", "observed-data", "note"}
    assert {thing["name"] for thing in objects(inspections.dangerous_stick()) if thing["type"] == "identity"} == {"gifthorse"}


def test_each_matter_is_a_note_on_the_files_it_was_seen_in():
    told = {thing["id"]: thing for thing in objects(inspections.dangerous_stick())}
    note = next(thing for thing in told.values() if "executable.disguised" in thing.get("labels", []))
    assert [told[reference]["name"] for reference in note["object_refs"]] == ["IMG_0042.jpg", "s.ps1"]
    assert note["confidence"] == 99
    assert note["external_references"][0]["external_id"] == "T1036.008"
    container = next(thing for thing in told.values() if thing.get("contains_refs"))
    assert container["name"] == "holiday.zip"
    assert container["contains_refs"] == [note["object_refs"][0]]


def test_the_same_inspection_gives_the_same_bundle_and_another_time_another_one():
    stick = inspections.dangerous_stick()
    later = Occasion(inspected_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    assert render(stick, OCCASION) == render(stick, OCCASION)
    assert {o["id"] for o in objects(stick) if o["type"] == "note"}.isdisjoint(o["id"] for o in objects(stick, later))


@pytest.mark.parametrize("marking", list(Marking))
def test_every_object_of_ours_carries_the_marking(marking):
    told = objects(inspections.camera_card(), Occasion(inspected_at=OCCASION.inspected_at, marking=marking))
    (definition,) = [thing for thing in told if thing["type"] == "marking-definition"]
    assert definition["name"] == marking.label
    assert all(thing["object_marking_refs"] == [definition["id"]] for thing in told if thing["type"] in {"note", "observed-data"})
