"""budget.exceeded: the limit is named, and what was left out stands in the coverage."""

from gifthorse.inspect.unpack.budgets import Limits
from gifthorse.model.inspections import Reason
from tests.samples.archives import unfold, zip_of


def test_the_limit_and_what_was_seen_are_named():
    result = unfold(zip_of({str(index): b"" for index in range(10)}), "a.zip", limits=Limits(members=5))
    (finding,) = result.findings
    assert (finding.id, finding.severity) == ("budget.exceeded", "low")
    assert "more than 5 members" in finding.detail.in_english()
    assert [line.reason for line in result.unseen] == [Reason.BUDGET]


def test_within_the_limits_nothing_is_said():
    assert not unfold(zip_of({"a": b"a"}), "a.zip").findings
