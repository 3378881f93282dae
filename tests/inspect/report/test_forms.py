"""The forms a report can take."""

import json
from pathlib import Path

import pytest

from gifthorse.inspect.report.forms import FORMS, form_for
from gifthorse.model.errors import NotAccepted
from tests.samples import inspections


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.html", "html"),
        ("A.PDF", "pdf"),
        ("a.json", "json"),
        ("a.sarif", "sarif"),
        ("a.stix.json", "stix.json"),
        ("x/y/a.b.misp.json", "misp.json"),
        (Path("/tmp/stick.stix.json"), "stix.json"),
    ],
)
def test_the_ending_of_the_file_chooses_the_form(name, suffix):
    assert form_for(name).suffix == suffix


@pytest.mark.parametrize("name", ["report", "report.txt", "html", ".html", "report.html.gz", ""])
def test_another_ending_is_refused_with_the_list_of_what_works(name):
    with pytest.raises(NotAccepted, match=r"\.html, \.pdf, \.json, \.sarif, \.stix\.json or \.misp\.json") as refused:
        form_for(name)
    assert refused.value.field == "report"


def test_every_form_is_found_by_its_own_ending_and_has_a_media_type():
    assert {form_for(f"x.{suffix}").suffix for suffix in FORMS} == set(FORMS)
    assert all("/" in form.media_type for form in FORMS.values())


def test_the_json_form_holds_everything_that_was_met():
    document = json.loads(FORMS["json"].render(inspections.dangerous_stick()))
    assert document["schema"] == "gifthorse.inspection/1"
    assert len(document["contents"]) == len(inspections.dangerous_stick().contents)


@pytest.mark.parametrize(
    ("suffix", "start"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("sarif", b"{"), ("stix.json", b"{"), ("misp.json", b"{")]
)
def test_every_form_begins_as_its_readers_expect(suffix, start):
    assert FORMS[suffix].render(inspections.camera_card()).startswith(start)
