"""Two inspections of the same item side by side: what is new, what is gone, what stayed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import Content
from gifthorse.model.inspections import Inspection as Result
from gifthorse.model.roles import Actor
from gifthorse.model.words import N_
from gifthorse.procedures.finding_records import inspection_and_relation
from gifthorse.procedures.note_finding import mark_of
from gifthorse.procedures.read_inspection import result
from gifthorse.store.tables.inspection import Inspection


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the same content under another path."""

    before: Content
    now: Content


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What the later inspection (`later`) saw against the earlier one. `same_medium`: None where one has no hash of the whole.

    A file counts as changed when its path is the same and its content isn't, as moved when it is the other way round.
    """

    earlier: Inspection
    later: Inspection
    before: Result
    now: Result
    same_medium: bool | None
    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]
    same_findings: int
    new_files: tuple[Content, ...]
    gone_files: tuple[Content, ...]
    changed_files: tuple[Content, ...]
    moved_files: tuple[Moved, ...]
    same_files: int


def compare(actor: Actor, one_id: str, other_id: str) -> Comparison:
    """The two inspections in the order in which they were made.

    Raises NotAccepted for one and the same or those of two items, WrongState for unfinished ones, NotFound, Refused.
    """
    records = [inspection_and_relation(actor, inspection_id)[0] for inspection_id in (one_id, other_id)]
    results = {inspection_id: result(actor, inspection_id) for inspection_id in (one_id, other_id)}
    if records[0].item_id != records[1].item_id or one_id == other_id:
        raise NotAccepted(N_("Only two different inspections of the same item can be compared."))
    earlier, later = sorted(records, key=lambda record: (record.created_at, record.pk))
    return _compared(earlier, later, results[earlier.pk], results[later.pk])


def _compared(earlier: Inspection, later: Inspection, before: Result, now: Result) -> Comparison:
    new_findings = tuple(_not_in(now.findings, before.findings))
    hashes = (before.source.sha256, now.source.sha256)
    files = _Files(before.contents, now.contents)
    return Comparison(
        earlier=earlier,
        later=later,
        before=before,
        now=now,
        same_medium=hashes[0] == hashes[1] if all(hashes) else None,
        new_findings=new_findings,
        gone_findings=tuple(_not_in(before.findings, now.findings)),
        same_findings=len(now.findings) - len(new_findings),
        new_files=tuple(files.new),
        gone_files=tuple(files.gone),
        changed_files=tuple(files.changed),
        moved_files=tuple(files.moved),
        same_files=files.same,
    )


def _not_in(findings: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """Those whose mark is not among *others*; what was found twice must be there twice."""
    left = Counter(map(mark_of, others))
    for finding in findings:
        mark = mark_of(finding)
        if left[mark]:
            left[mark] -= 1
        else:
            yield finding


class _Files:
    """Files of both sides, paired by place and content first, then by place, then by content; what stays alone is new or gone."""

    def __init__(self, before: Iterable[Content], now: Iterable[Content]) -> None:
        gone, new = [one for one in before if not one.folder], [one for one in now if not one.folder]
        same, gone, new = _paired(gone, new, lambda one: (_place(one), _content(one)))
        changed, gone, new = _paired(gone, new, _place)
        moved, gone, new = _paired(gone, new, lambda one: one.sha256)
        self.same = len(same)
        self.changed = [now for _before, now in changed]
        self.moved = [Moved(before=before, now=now) for before, now in moved]
        self.gone, self.new = gone, new


def _place(one: Content) -> object:
    return one.partition, one.path, one.deleted


def _content(one: Content) -> object:
    return one.sha256 or ("not hashed", one.size)


def _paired(
    before: list[Content], now: list[Content], key: Callable[[Content], object]
) -> tuple[list[tuple[Content, Content]], list[Content], list[Content]]:
    """Pairs of equal *key* (None pairs with nothing), and what is left of both sides."""
    waiting: dict[object, list[Content]] = {}
    for one in reversed(before):
        waiting.setdefault(key(one), []).append(one)
    pairs: list[tuple[Content, Content]] = []
    left: list[Content] = []
    for one in now:
        fitting = waiting.get(key(one)) if key(one) is not None else None
        if fitting:
            pairs.append((fitting.pop(), one))
        else:
            left.append(one)
    paired = {id(one) for one, _other in pairs}
    return pairs, [one for one in before if id(one) not in paired], left
