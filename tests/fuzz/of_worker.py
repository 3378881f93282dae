"""Targets: the whole way of a file through the confined worker, and what the coordinator makes of a worker's words."""

import msgspec

from gifthorse.inspect import registry
from gifthorse.inspect.confine import messages
from gifthorse.inspect.confine.messages import Answer, Damaged, Inbox, Part, Told, decoded_answer, framed
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.examine import Examiner, Place
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.gathering import Gathering
from gifthorse.inspect.item import shown
from gifthorse.inspect.medium_signs import is_medium
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.model.findings import Evidence, Finding, Severity
from gifthorse.model.inspections import NotInspected, Range, RangeKind, Reason
from gifthorse.model.words import phrase
from tests.fuzz.of_containers import LIMITS
from tests.fuzz.seeds import containers, office, pictures, programs, texts
from tests.fuzz.target import Target, require
from tests.samples import files
from tests.samples.hostile.cases import every_case

ENDINGS = [
    "txt",
    "jpg",
    "png",
    "gif",
    "pdf",
    "docx",
    "doc",
    "xlsm",
    "pptx",
    "rtf",
    "one",
    "eml",
    "msg",
    "mbox",
    "zip",
    "7z",
    "rar",
    "exe",
    "scr",
    "dll",
    "lnk",
    "url",
    "inf",
    "ini",
    "desktop",
    "html",
    "svg",
    "hta",
    "vbs",
    "js",
    "ps1",
    "bat",
    "sh",
    "py",
    "reg",
    "iso",
    "vhd",
    "apk",
    "jar",
    "msi",
    "chm",
    "mp4",
    "json",
    "xml",
    "library-ms",
    "mobileconfig",
    "command",
]


class Gathered:
    """Stands for the outcomes that a worker sends."""

    def __init__(self) -> None:
        self.facts: list[Seen] = []

    def seen(self, fact: Seen) -> None:
        self.facts.append(fact)

    def found(self, finding: Finding) -> None:
        """A reader that stopped is what the fuzzer looks for."""
        if finding.id == "parser.crashed":
            raise _Stopped(finding.detail.in_english() if finding.detail else "")
        require(finding.evidence, f"{finding.id} without a place")

    def unseen(self, gap: NotInspected) -> None:
        require(gap.path.isprintable(), "a path that can act on a terminal")

    def spent(self, part: Part, since_ns: int) -> int:
        """Time does not run here."""
        require(part in Part, "no part of the work")
        return since_ns


class _Stopped(BaseException):
    """No Exception, so that the examiner's own guard lets it through."""


def examined(untrusted_input: bytes) -> None:
    """The first line is the name (its first byte may choose an ending), the rest is the content."""
    first, _, body = untrusted_input.partition(b"\n")
    name = first[1:200].decode("utf-8", "surrogateescape").replace("/", "_").replace("\0", "_") or "a"
    choice = first[0] if first else 0
    name += f".{ENDINGS[choice % len(ENDINGS)]}" if choice < 200 else ""
    look_at(name, body)


def found_in_place(untrusted_input: bytes) -> None:
    """The first line is the path, the rest is the content."""
    first, _, body = untrusted_input.partition(b"\n")
    look_at(first[:300].decode("utf-8", "surrogateescape").replace("\0", "_") or "a", body)


def look_at(path: str, body: bytes) -> None:
    gathered = Gathered()
    examiner = Examiner(gathered, ("gift",))  # type: ignore[arg-type]
    place = Place(path=shown(path), untrusted_name=path.rpartition("/")[2] or "a", attributes=frozenset())
    examiner._look_at(MemoryContent(body), place, Budget(LIMITS, passwords=("gift",)))
    for _name, examine_medium in registry.medium_detectors():
        list(examine_medium(gathered.facts))


def signs(untrusted_input: bytes) -> None:
    is_medium(untrusted_input, len(untrusted_input))
    is_medium(untrusted_input, 1 << 40)


def heard(untrusted_input: bytes) -> None:
    """What the coordinator does with a frame: only `Damaged` may come of it, and nothing that can't be shown."""
    answer = decoded_answer(untrusted_input)
    gathering = Gathering(registry.kinds())
    gathering.check(answer)
    gathering.take(answer)
    findings = gathering.findings()
    require(all(place.path.isprintable() for finding in findings for place in finding.evidence), "a path that can act on a terminal")
    gathering.coverage(0, 0)
    gathering.contents(findings)


def inbox(untrusted_input: bytes) -> None:
    box = Inbox()
    for start in range(0, len(untrusted_input), 7):
        for body in box.take_in(untrusted_input[start : start + 7]):
            decoded_answer(body)


def answers() -> list[bytes]:
    told = Told(
        id="script.present",
        severity=Severity.LOW,
        confidence=0.5,
        evidence=(Evidence(path="a", offset=1, excerpt="x", medium_offset=5),),
        detail=phrase("{count} lines", count=3),
    )
    seen = Seen(path="a", size=1, filetype=FileType.TEXT, about={"camera": "x"}, modified=1.5)
    gap = NotInspected(path="b", reason=Reason.BUDGET, detail="too much")
    stretch = Range(start=0, length=512, kind=RangeKind.GAP, label="gap")
    whole = Answer(task=1, done=True, answered=(0,), seen=(seen,), told=(told,), not_inspected=(gap,), ranges=(stretch,))
    return [messages.ENCODER.encode(whole), messages.ENCODER.encode(Answer(task=2))]


def frames() -> list[bytes]:
    return [framed(msgspec.msgpack.decode(body, type=Answer)) for body in answers()]


def named(ending: str, body: bytes, name: bytes = b"a") -> bytes:
    return bytes([ENDINGS.index(ending)]) + name + b"\n" + body


def group(*pairs: tuple[str, list[bytes]]) -> list[bytes]:
    return [named(ending, body) for ending, bodies in pairs for body in bodies if len(body) < 1 << 17]


def plain_files() -> list[bytes]:
    shown = [named(ending, body) for body in texts() for ending in ("html", "svg", "vbs", "ps1", "bat", "desktop", "url", "reg", "inf")]
    odd = [
        b"\xff" + "photo\u202egpj.exe".encode() + b"\nMZ",
        b"\xff" + b"invoice.pdf" + b" " * 60 + b".scr\nMZ",
        b"\xffDCIM_a.jpg\n" + files.elf(),
    ]
    return [*shown, *odd]


def simple_files() -> list[bytes]:
    return group(("jpg", pictures()), ("exe", programs()), ("lnk", [files.shortcut("cmd.exe", "/c x", icon="\\\\h\\i.ico")]))


def packed_files() -> list[bytes]:
    return group(*((("zip", seeds)) for seeds in containers().values()))


def hostile_files() -> list[bytes]:
    """The files of our own hostile cases, as far as they are short: between them they reach every detector of files.

    PDFs that are locked are left out, since qpdf draws their keys by itself, others each time.
    """
    bodies = ((path, body) for case in every_case().values() for path, body in case.files.items() if b"/Encrypt " not in body)
    return [path.encode("utf-8", "surrogateescape") + b"\n" + body for path, body in bodies if len(body) < 6000 and "\n" not in path]


def office_files() -> list[bytes]:
    return group(*((("docx", seeds)) for seeds in office().values()))


TARGETS = (
    Target(name="worker.texts", parse=examined, seeds=plain_files, tries=200),
    Target(name="worker.hostile", parse=found_in_place, seeds=hostile_files, tries=600),
    Target(name="worker.files", parse=examined, seeds=simple_files, tries=200),
    Target(name="worker.documents", parse=examined, seeds=office_files, tries=150),
    Target(name="worker.containers", parse=examined, seeds=packed_files, tries=100, longest=1 << 17),
    Target(
        name="coordinator.signs",
        parse=signs,
        seeds=lambda: [named("iso", b"")[:0] or bytes(510) + b"\x55\xaa" + bytes(40960 - 512)],
        tries=200,
    ),
    Target(name="coordinator.answers", parse=heard, seeds=answers, allowed=(Damaged,), tries=500),
    Target(name="coordinator.frames", parse=inbox, seeds=frames, allowed=(Damaged,), tries=300),
)
