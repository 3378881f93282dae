"""The inspection as a whole: source in, `Inspection` out. Here nothing is parsed; that is for the confined workers."""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Final

import msgspec

import gifthorse
from gifthorse.inspect.clamd import Questions, address, version_or_nothing
from gifthorse.inspect.confine.messages import Purpose, Setup
from gifthorse.inspect.confine.parent import Parent
from gifthorse.inspect.confine.pool import ALL_CONFINEMENTS, Pool
from gifthorse.inspect.engine_fingerprint import engine_fingerprint, rule_set
from gifthorse.inspect.facts import USB_DEVICES
from gifthorse.inspect.filetypes import DISK_IMAGES, MAIL
from gifthorse.inspect.fingerprint import Fingerprint
from gifthorse.inspect.gathering import Gathering
from gifthorse.inspect.keyed_digest import KeyedDigest
from gifthorse.inspect.sources import Source, open_source
from gifthorse.inspect.walk.folder import shown_whole
from gifthorse.inspect.work_list import Progress, WorkList
from gifthorse.model import inspections
from gifthorse.model.errors import Interrupted
from gifthorse.model.findings import Evidence
from gifthorse.model.inspections import RECALLED, Engine, Inspection, NotInspected, Reason, SourceKind, Timings, verdict_of
from gifthorse.model.words import N_

_PROGRESS_S = 0.1
_KINDS_BY_TYPE: Final = {
    **dict.fromkeys(MAIL, SourceKind.MAIL),
    **dict.fromkeys(DISK_IMAGES, SourceKind.IMAGE),
}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to inspect. `workers` is one per core unless given; `item_seconds` is what an item may take beside its size;
    `own_detectors` are paths of further detector files and `rules` of YARA rules (files, folders), trusted like our own;
    `clamd` is where ClamAV's service listens (looked for when empty, "off" for not asking);
    `address_space` limits a worker's memory (bytes); `cache` is a folder in which verdicts are kept for a second look at the same bytes.
    Without `digests` a large file of a medium is hashed only when a finding names it: `contents` lack the others' SHA-256.
    With `inventory` what is there is listed with size, type and SHA-256, and nothing is looked into: the verdict is never "clear".
    """

    workers: int | None = None
    passwords: tuple[str, ...] = ()
    item_seconds: float = 60.0
    own_detectors: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    clamd: str = ""
    require_confinement: bool = False
    address_space: int | None = None
    cache: str | None = None
    inventory: bool = False
    digests: bool = True


def inspect(
    source: Source | str,
    *,
    options: Options | None = None,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Inspection:
    """The inspection of *source* (an open source, or a path); nothing of it is left running or lying about after the call.

    *progress* is told (phase, bytes done, bytes known) ten times a second at most. Raises Unreadable, NotConfined, and Interrupted when
    *should_stop* says so.
    """
    if isinstance(source, str):
        with open_source(source) as opened:
            return inspect(opened, options=options, progress=progress, should_stop=should_stop)
    return _Run(source, options or Options(), progress, should_stop).inspection()


class _Run:
    """One inspection under way."""

    def __init__(self, source: Source, options: Options, progress: Progress | None, should_stop: Callable[[], bool] | None) -> None:
        self._source = source
        self._options = options
        self._progress = progress
        self._should_stop = should_stop
        self._began = time.monotonic()
        self._began_at = datetime.now(UTC)
        self._told_at = 0.0
        self._fingerprint: Fingerprint | None = None

    def inspection(self) -> Inspection:
        """The inspection: one that is kept for the same bytes, or one that is made now."""
        if self._options.cache is None or self._source.size is None:
            return self._made()
        from gifthorse.inspect.verdict_cache import VerdictCache, versions_of  # with its cipher, which is slow to load

        version = versions_of(self._source.fd, self._source.descriptors)
        if version is None:
            return self._made()
        beside = tuple((one.fd, one.size) for one in self._source.relatives)
        cache = VerdictCache(self._options.cache, self._engine_fingerprint(), beside)
        kept = cache.recall(self._source.fd, self._source.size, self._reading)
        if kept is not None and versions_of(self._source.fd, self._source.descriptors) == version:
            return self._as_now(kept)
        content = cache.digest()
        made = self._made(content)
        if versions_of(self._source.fd, self._source.descriptors) == version:
            cache.keep(self._source.fd, content.digest(), made)
        return made

    def _made(self, content: KeyedDigest | None = None) -> Inspection:
        """The inspection, made now; *content* is fed with every byte of the source on the way."""
        if self._source.size is not None:
            self._fingerprint = Fingerprint(self._source.fd, self._source.size, content)
        with ExitStack() as stack:
            parent = Parent(self._options.own_detectors, self._options.rules, Purpose.LIST if self._options.inventory else Purpose.LOOK)
            stack.callback(parent.end)
            if self._fingerprint is not None:
                self._fingerprint.start()
                stack.callback(self._fingerprint.stop)
            kinds = parent.kinds()
            gathering = Gathering(kinds, inventory=self._options.inventory)
            workers = self._workers()
            pool = Pool(
                parent,
                self._source.fd,
                self._setup(),
                workers,
                require_confinement=self._options.require_confinement,
                further=self._source.descriptors,
            )
            stack.callback(pool.close)
            questions = self._questions(stack)
            work = WorkList(self._source, gathering, workers, questions.about if questions else None)
            pool.run(work, lambda: self._pulse(work))
            if not self._options.inventory:
                for add in (work.correlate, work.digest_evidence):
                    add()
                    pool.run(work, lambda: self._pulse(work))
            self._await_fingerprint(work)
            self._await_answers(questions, work, gathering)
            confinement = tuple(name for name in ALL_CONFINEMENTS if name in pool.confinement)
            rules = rule_set(kinds, parent.rules) + (f"; {questions.said()}" if questions else "")
        return self._result(gathering, rules, confinement)

    def _workers(self) -> int:
        wanted = self._options.workers or len(os.sched_getaffinity(0))
        return wanted if self._source.is_medium or self._source.kind is SourceKind.FOLDER else 1

    def _setup(self) -> Setup:
        return Setup(
            kind=self._source.kind,
            size=self._source.size or 0,
            item_seconds=self._options.item_seconds,
            passwords=self._options.passwords,
            address_space=self._options.address_space,
            inventory=self._options.inventory,
            digests=self._options.digests or not self._source.is_medium,
            recognised=self._source.recognised,
            further_sizes=tuple(further.size for further in self._source.further),
            relative_sizes=tuple(relative.size for relative in self._source.relatives),
        )

    def _engine_fingerprint(self) -> bytes:
        """The name of a single file counts too: it is the path of everything in it, and may be what was found."""
        name = "" if self._source.is_medium else os.fsencode(self._source.untrusted_name).hex()
        scanner = version_or_nothing(address(self._options.clamd))
        return engine_fingerprint((self._setup(), name, scanner), (*self._options.own_detectors, *self._options.rules))

    def _reading(self, done: int) -> bool:
        """Tells how far the reading for the cache is; whether to stop, which is an end as any other stop is."""
        if self._progress is not None and time.monotonic() - self._told_at >= _PROGRESS_S:
            self._told_at = time.monotonic()
            self._progress("hash", done, 2 * (self._source.size or 0))
        if self._should_stop is not None and self._should_stop():
            raise Interrupted(N_("Stopped. Nothing was kept."))
        return False

    def _as_now(self, kept: Inspection) -> Inspection:
        """*kept* under the name that the source has now. `inspected_at` stays: it says when the parsers looked."""
        name = shown_whole(os.fsencode(self._source.untrusted_name)) + self._goes_on()
        seconds = round(time.monotonic() - self._began, 3)
        return msgspec.structs.replace(
            kept,
            source=msgspec.structs.replace(kept.source, name=name),
            timings=Timings(total_s=seconds, parts_s={RECALLED: seconds}),
        )

    def _pulse(self, work: WorkList) -> bool:
        """Tells how far the work is; whether to stop."""
        now = time.monotonic()
        if self._progress is not None and now - self._told_at >= _PROGRESS_S:
            self._told_at = now
            self._progress(work.phase, *self._amounts(work))
        return self._should_stop is not None and self._should_stop()

    def _amounts(self, work: WorkList) -> tuple[int, int]:
        """Bytes done and bytes known: each byte of a medium counts when it is hashed and when its file is examined."""
        hashed = self._fingerprint.done_bytes if self._fingerprint else 0
        return work.examined_bytes + hashed, work.known_bytes + (self._source.size or 0)

    def _questions(self, stack: ExitStack) -> Questions | None:
        """The virus scanner's service, when it is there and there is something to ask."""
        where = None if self._options.inventory else address(self._options.clamd)
        if where is None:
            return None
        questions = Questions(where, self._source)
        questions.start()
        stack.callback(questions.stop)
        return questions

    def _await_answers(self, questions: Questions | None, work: WorkList, gathering: Gathering) -> None:
        if questions is None:
            return
        questions.no_more()
        while questions.is_alive():
            if self._pulse(work):
                raise Interrupted(N_("Stopped. Nothing was kept."))
            questions.join(_PROGRESS_S)
        for finding in questions.findings():
            gathering.add(finding)

    def _await_fingerprint(self, work: WorkList) -> None:
        while self._fingerprint is not None and self._fingerprint.is_alive():
            work.phase = "hash"
            if self._pulse(work):
                raise Interrupted(N_("Stopped. Nothing was kept."))
            self._fingerprint.join(_PROGRESS_S)

    def _result(self, gathering: Gathering, rules: str, confinement: tuple[str, ...]) -> Inspection:
        self._note_unreadable_bytes(gathering)
        self._note_lacking_part(gathering)
        findings = gathering.findings()
        total = self._bytes_total(gathering)
        coverage = gathering.coverage(total, self._bytes_accounted(gathering, total))
        return Inspection(
            source=inspections.Source(
                name=shown_whole(os.fsencode(self._source.untrusted_name)) + self._goes_on(),
                kind=self._kind(gathering),
                bytes=total,
                sha256=self._fingerprint.sha256 if self._fingerprint else None,
            ),
            verdict=verdict_of(findings, coverage),
            findings=findings,
            coverage=coverage,
            engine=Engine(version=gifthorse.__version__, rules=rules, confinement=confinement),
            timings=Timings(total_s=round(time.monotonic() - self._began, 3), parts_s=self._parts(gathering)),
            inspected_at=self._began_at.replace(microsecond=0),
            layout=gathering.ranges,
            contents=gathering.contents(findings),
        )

    def _goes_on(self) -> str:
        """Behind the source's name: how many files it lies in, and which is the last."""
        further = self._source.further
        if self._source.relatives:
            names = ", ".join(shown_whole(os.fsencode(one.untrusted_name)) for one in self._source.relatives)
            return f" (with what lies beside it: {names})"
        if not further:
            return ""
        return f" … {shown_whole(os.fsencode(further[-1].untrusted_name))} ({len(further) + 1} files)"

    def _note_lacking_part(self, gathering: Gathering) -> None:
        if self._source.lacking is not None:
            name = shown_whole(os.fsencode(self._source.lacking))
            detail = f"the part {name} is missing; what follows it was not read. Put all parts beside each other and inspect again"
            gathering.miss(NotInspected(path=name, reason=Reason.UNREADABLE, detail=detail))

    def _parts(self, gathering: Gathering) -> dict[str, float]:
        """Seconds by part: all workers' together, so that their sum may be more than the whole took; "hash" ran beside them."""
        hashing = {"hash": round(self._fingerprint.spent_s, 3)} if self._fingerprint else {}
        return gathering.parts_s() | hashing

    def _kind(self, gathering: Gathering) -> SourceKind:
        """What the source is: its reader knows better than the few bytes that were looked at out here."""
        whole = next((fact for fact in gathering.seen if fact.depth == 0), None)
        if not self._source.recognised or self._source.kind is not SourceKind.FILE or whole is None:
            return self._source.kind
        if USB_DEVICES in whole.about:
            return SourceKind.USB
        return _KINDS_BY_TYPE.get(whole.filetype, SourceKind.FILE)

    def _bytes_total(self, gathering: Gathering) -> int:
        return sum(fact.size for fact in gathering.seen if fact.depth == 0) if self._source.size is None else self._source.size

    def _bytes_accounted(self, gathering: Gathering, total: int) -> int:
        """Of a medium: the bytes of its ranges that could be read; of files: the bytes of those that were read to the end."""
        if self._source.is_medium:
            ranged = sum(stretch.length for stretch in gathering.ranges)
            return max(0, min(ranged, total) - (self._fingerprint.missing_bytes if self._fingerprint else 0))
        return sum(fact.size for fact in gathering.seen if fact.depth == 0 and fact.sha256 is not None)

    def _note_unreadable_bytes(self, gathering: Gathering) -> None:
        if self._fingerprint is None or not self._fingerprint.unreadable:
            return
        for start, length in self._fingerprint.unreadable[:100]:
            gathering.find("walk.unreadable", Evidence(path="", offset=start, length=length, medium_offset=start))
        detail = f"{self._fingerprint.missing_bytes} bytes of the medium could not be read"
        gathering.miss(NotInspected(path="", reason=Reason.UNREADABLE, detail=detail))
