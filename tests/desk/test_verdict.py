"""The page of a verdict: one numbering for list, map, tree and exports, nothing left out in silence, and quick whatever is on the medium."""

import re
import time

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from gifthorse.desk.tree_page import tree_page
from gifthorse.desk.verdict import PLACES_SHOWN
from gifthorse.inspect.report.forms import FORMS
from gifthorse.model.inspections import Content
from tests.samples import office as samples


@pytest.fixture
def client(office):
    client = Client()
    client.force_login(office.accounts["ines"])
    return client


@pytest.fixture
def page(office, client):
    def make(result, suffix="", **asked):
        item = samples.taken_in(office, samples.a_report(office))
        row = samples.inspected(office, samples.with_content(office, item), result)
        return row, client.get(reverse("inspection", args=[row.pk]) + suffix, asked).content.decode()

    return make


def numbered_titles(text):
    return dict(re.findall(r'<h3><span class="n">(\d+)</span><span>([^<]+?)\s*(?:<|$)', text))


def test_the_gravest_finding_is_number_one_in_list_map_tree_and_export(page, client):
    result = samples.a_result(findings=5)
    row, text = page(result)
    assert numbered_titles(text)["1"] == "The medium tries to start a program by itself"
    assert list(numbered_titles(text)) == ["1", "2", "3", "4", "5"]
    critical = re.search(r'<g class="mark mark-critical".*?<text[^>]*>([^<]+)</text>', text)
    assert critical
    assert "1" in critical.group(1).split()
    tree = client.get(reverse("contents", args=[row.pk])).content.decode()
    assert f'class="tag s-critical" href="{reverse("inspection", args=[row.pk])}#finding-1">1 critical</a>' in tree
    exported = client.post(reverse("export", args=[row.pk, "html"])).content.decode()
    assert re.search(r'id="finding-1-title">The medium tries to start', exported)


def test_the_sentence_of_the_page_is_that_of_the_export(page, client):
    row, text = page(samples.a_result(findings=5))
    exported = client.post(reverse("export", args=[row.pk, "html"])).content.decode()
    sentence = "This was made to attack whoever opens it."
    assert sentence in text
    assert sentence in exported


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_export_is_offered_and_given(page, client, form):
    row, text = page(samples.a_result())
    address = reverse("export", args=[row.pk, form])
    assert f'formaction="{address}"' in text
    answer = client.post(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == FORMS[form].media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{row.pk}.{form}"'
    assert len(answer.content) > 1000


def test_an_export_tells_when_the_inspection_ended_and_not_when_it_was_exported(page, client):
    row, _text = page(samples.a_result())
    exported = client.post(reverse("export", args=[row.pk, "html"])).content.decode()
    assert row.ended_at.strftime("%Y-%m-%d %H:%M UTC") in exported


def test_a_folder_has_a_map_of_its_kinds_of_file(page):
    result = msgspec.structs.replace(
        samples.a_result(), layout=(), contents=(Content(path="a.jpg", size=10, type="jpeg"), Content(path="b.pdf", size=90, type="pdf"))
    )
    _row, text = page(result)
    assert '<svg class="disk-map"' in text
    assert "Kinds of file" in text


def test_a_medium_without_anything_has_no_map(page):
    _row, text = page(msgspec.structs.replace(samples.a_result(findings=0), layout=(), contents=()))
    assert '<svg class="disk-map"' not in text


def test_many_findings_of_one_kind_are_one_entry_and_the_rest_is_counted(page):
    first = samples.a_result(findings=1).findings[0]
    _row, text = page(msgspec.structs.replace(samples.a_result(), findings=(first,) * 400))
    assert text.count('<article class="finding"') == 1
    assert "× 400" in text
    assert f"and {400 - PLACES_SHOWN} more places" in text


def test_a_note_stands_with_the_place_that_it_is_about(page, client):
    first = samples.a_result(findings=1).findings[0]
    other = msgspec.structs.replace(first, evidence=(msgspec.structs.replace(first.evidence[0], path="other.lnk", excerpt="x"),))
    row, _text = page(msgspec.structs.replace(samples.a_result(), findings=(first, other)))
    client.post(reverse("note", args=[row.pk, 1]), {"kind": "explain", "text": "Our own installer.", "place": "2"})
    text = client.get(reverse("inspection", args=[row.pk])).content.decode()
    assert text.count("Our own installer.") == 1
    from gifthorse.procedures.note_finding import mark_of
    from gifthorse.store.tables.finding_note import FindingNote

    assert FindingNote.objects.get().mark == mark_of(other)


def test_the_tree_folds_without_script_and_shows_names_as_they_are(page, client):
    contents = (
        Content(path="DCIM/100MEDIA/IMG_1.JPG", size=5, type="jpeg"),
        Content(path="<b>x</b>/\u202egnp.exe", size=5, type="pe", findings=(0,)),
    )
    row, _text = page(msgspec.structs.replace(samples.a_result(), contents=contents))
    text = client.get(reverse("contents", args=[row.pk])).content.decode()
    assert "<details open><summary>" in text
    assert "&lt;b&gt;x" in text
    assert "<b>x" not in text
    assert "\u202e" not in text
    assert "script" not in text.partition('class="tree"')[2]


def test_what_was_asked_for_is_a_list(page, client):
    row, _text = page(samples.a_result())
    address = reverse("contents", args=[row.pk])
    assert 'class="tree"' in client.get(address).content.decode()
    for asked in ({"search": "jpg"}, {"marked": "yes"}, {"page": "1"}):
        assert '<table class="stacks">' in client.get(address, asked).content.decode(), asked


@pytest.mark.slow
def test_a_tree_of_a_hundred_thousand_files_takes_seconds_and_stays_a_page():
    contents = tuple(
        Content(path=f"folder {n % 300}/sub {n % 7}/{n}.jpg", size=n, type="jpeg", findings=((n % 4,) if n % 50 == 0 else ()))
        for n in range(100_000)
    )
    result = msgspec.structs.replace(samples.a_result(), contents=contents)
    began = time.process_time()
    drawn = tree_page(result, "/inspections/x/")["tree"]
    assert time.process_time() - began < 6, "about 0.7 s on a quiet core"
    assert len(drawn) < 3_000_000
    assert "not listed here" in drawn


def test_a_comparison_shows_what_changed_and_is_offered_where_there_are_two(office, client):
    item = samples.taken_in(office, samples.a_report(office))
    exhibit = samples.with_content(office, item)
    place = reverse("item", args=[item.pk])
    first = samples.inspected(office, exhibit, samples.a_result(findings=2))
    assert "Compare the two" not in client.get(place).content.decode()
    contents = (*samples.a_result().contents, Content(path="new/\u202egpj.exe", size=5, type="pe", sha256="12" * 32))
    second = samples.inspected(office, exhibit, msgspec.structs.replace(samples.a_result(findings=3), contents=contents))
    address = reverse("compare", args=[first.pk, second.pk])
    assert address in client.get(place).content.decode()
    text = client.get(address).content.decode()
    assert "New findings" in text
    assert "A name that reads backwards" in text
    assert "New files" in text
    assert "U+202E" in text
    assert "The same to the last byte" in text
