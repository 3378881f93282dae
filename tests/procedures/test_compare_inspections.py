"""Two inspections of one item: what is new, gone, changed and moved, each counted once."""

import msgspec
import pytest

from gifthorse.model.errors import NotAccepted
from gifthorse.model.findings import Evidence
from gifthorse.model.inspections import Content
from gifthorse.procedures.compare_inspections import compare
from tests.samples import office as samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return samples.open_office()


def file(path: str, content: str, **more) -> Content:
    return Content(path=path, size=10, type="text", sha256=content * 32, **more)


def compared(office, before, now):
    exhibit = samples.with_content(office, samples.taken_in(office, samples.a_report(office)))
    first, second = samples.inspected(office, exhibit, before), samples.inspected(office, exhibit, now)
    return compare(office.actor("ines"), second.pk, first.pk), first, second


def with_files(*files: Content):
    return msgspec.structs.replace(samples.a_result(findings=0), contents=files)


def test_files_are_told_apart_by_place_and_content(office):
    before = with_files(file("same", "aa"), file("rewritten", "bb"), file("old place", "cc"), file("removed", "dd"))
    now = with_files(file("same", "aa"), file("rewritten", "ee"), file("new place", "cc"), file("added", "ff"))
    found, first, second = compared(office, before, now)
    assert (found.earlier.pk, found.later.pk) == (first.pk, second.pk), "whichever way they are named"
    assert found.same_files == 1
    assert [one.path for one in found.changed_files] == ["rewritten"]
    assert [(one.before.path, one.now.path) for one in found.moved_files] == [("old place", "new place")]
    assert [one.path for one in found.gone_files] == ["removed"]
    assert [one.path for one in found.new_files] == ["added"]


def test_a_second_copy_is_new_although_its_content_is_known(office):
    found, *_ = compared(office, with_files(file("a", "aa")), with_files(file("a", "aa"), file("copy of a", "aa")))
    assert [one.path for one in found.new_files] == ["copy of a"]
    assert found.moved_files == ()


def test_a_file_that_was_deleted_since_is_no_file_that_stayed(office):
    found, *_ = compared(office, with_files(file("a", "aa")), with_files(file("a", "aa", deleted=True)))
    assert found.same_files == 0


def test_findings_are_known_again_by_what_was_found(office):
    before = samples.a_result(findings=3)
    other = msgspec.structs.replace(before.findings[0], evidence=(Evidence(path="other.lnk", excerpt="cmd"),))
    now = msgspec.structs.replace(before, findings=(before.findings[1], before.findings[2], before.findings[2], other))
    found, *_ = compared(office, before, now)
    assert found.same_findings == 2
    assert found.new_findings == (before.findings[2], other), "what is there twice now was there once"
    assert found.gone_findings == (before.findings[0],)


def test_the_same_medium_is_said_to_be_the_same(office):
    found, *_ = compared(office, samples.a_result(), samples.a_result())
    assert found.same_medium is True
    assert (found.new_findings, found.gone_findings, found.new_files, found.gone_files) == ((), (), (), ())
    source = msgspec.structs.replace(samples.a_result().source, sha256=None)
    found, *_ = compared(office, samples.a_result(), msgspec.structs.replace(samples.a_result(), source=source))
    assert found.same_medium is None


def test_inspections_of_two_items_are_not_compared(office):
    rows = [
        samples.inspected(office, samples.with_content(office, samples.taken_in(office, samples.a_report(office)))) for _turn in range(2)
    ]
    with pytest.raises(NotAccepted, match="same item"):
        compare(office.actor("ines"), rows[0].pk, rows[1].pk)
    with pytest.raises(NotAccepted):
        compare(office.actor("ines"), rows[0].pk, rows[0].pk)


def test_twenty_thousand_files_of_one_content_are_compared_without_squaring(office):
    many = with_files(*(file(f"{number}", "aa") for number in range(20_000)))
    moved = with_files(*(file(f"x{number}", "aa") for number in range(20_000)))
    found, *_ = compared(office, many, moved)
    assert len(found.moved_files) == 20_000
