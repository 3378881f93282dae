"""The findings as one MISP event."""

import json
from datetime import UTC, datetime

import pytest

from gifthorse.inspect.report.as_misp import render
from gifthorse.inspect.report.occasion import Occasion
from gifthorse.model.markings import Marking
from tests.samples import inspections

OCCASION = Occasion(inspected_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))


def event(inspection, occasion=OCCASION):
    return json.loads(render(inspection, occasion))["Event"]


def objects(inspection):
    return [{a["object_relation"]: a["value"] for a in thing["Attribute"]} for thing in event(inspection)["Object"]]


def test_the_event_stays_at_home_until_somebody_publishes_it():
    told = event(inspections.dangerous_stick())
    assert told["published"] is False
    assert told["distribution"] == "0"
    assert told["date"] == "2026-11-22"
    assert told["threat_level_id"] == "2"


def test_each_file_with_a_finding_is_one_object_with_its_digest():
    told = objects(inspections.dangerous_stick())
    assert told[0] == {"filename": "fair-stick.img", "sha256": inspections.sha256("stick"), "size-in-bytes": "8053063680"}
    assert [thing["filename"] for thing in told[1:]] == [
        "Pictures/stand.jpg",
        "Product brochure 2026.pdf.lnk",
        "DCIM/holiday.zip > IMG_0042.jpg",
        "_/s.ps1",
        "_/setup.bat",
    ]
    assert told[3]["sha256"] == inspections.sha256("pe")


def test_objects_follow_the_template_for_files():
    for thing in event(inspections.dangerous_stick())["Object"]:
        assert (thing["name"], thing["template_uuid"]) == ("file", "688c46fb-5edb-40a3-8273-1af7923e2215")
        assert {(a["object_relation"], a["type"]) for a in thing["Attribute"]} <= {
            ("filename", "filename"),
            ("sha256", "sha256"),
            ("size-in-bytes", "size-in-bytes"),
        }


def test_nothing_is_marked_for_automatic_detection():
    told = event(inspections.dangerous_stick())
    attributes = [*told["Attribute"], *(a for thing in told["Object"] for a in thing["Attribute"])]
    assert attributes
    assert not any(a["to_ids"] for a in attributes)


def test_the_event_says_who_may_see_it_and_what_may_be_done():
    tags = [
        tag["name"]
        for tag in event(inspections.dangerous_stick(), Occasion(inspected_at=OCCASION.inspected_at, marking=Marking.RED))["Tag"]
    ]
    assert tags[:3] == ["tlp:red", "PAP:RED", 'gifthorse:verdict="dangerous"']
    assert 'misp-galaxy:mitre-attack-pattern="Masquerade File Type - T1036.008"' in tags


@pytest.mark.parametrize("made", [inspections.hostile_names, inspections.nothing_read, lambda: inspections.many_contents(2_000)])
def test_every_uuid_is_there_once_and_no_value_is_empty(made):
    told = event(made())
    attributes = [*told["Attribute"], *(a for thing in told["Object"] for a in thing["Attribute"])]
    uuids = [told["uuid"], *(thing["uuid"] for thing in (*told["Object"], *attributes))]
    assert len(uuids) == len(set(uuids))
    assert all(a["value"] for a in attributes)


def test_the_same_inspection_gives_the_same_event():
    assert render(inspections.dangerous_stick(), OCCASION) == render(inspections.dangerous_stick(), OCCASION)
