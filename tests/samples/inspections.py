"""Inspection values as an engine would give them: an ordinary card, a stick that bites, an archive without password, and extremes."""

import hashlib

from gifthorse.model.findings import Evidence, Finding
from gifthorse.model.inspections import (
    Content,
    Coverage,
    Engine,
    Inspection,
    NotInspected,
    Range,
    RangeKind,
    Reason,
    Source,
    SourceKind,
    Timings,
    verdict_of,
)
from gifthorse.model.words import phrase
from tests.samples.finding_kinds import BIDI, DISGUISED, ENCRYPTED, HIDDEN_PARTITION, SCRIPT, SHORTCUT, TYPE_NOTE

__all__ = ["BIDI", "DISGUISED", "ENCRYPTED", "HIDDEN_PARTITION", "SCRIPT", "SHORTCUT", "TYPE_NOTE"]

MIB = 1 << 20
CONFINED = Engine(version="0.1.0", rules="2026-11-20 (312 rules)", confinement=("no-new-privs", "rlimits", "landlock", "seccomp"))


def sha256(text: str) -> str:
    """A stand-in digest that looks like one."""
    return hashlib.sha256(text.encode()).hexdigest()


def made(
    source: Source,
    *,
    findings: tuple[Finding, ...] = (),
    coverage: Coverage,
    layout: tuple[Range, ...] = (),
    contents: tuple[Content, ...] = (),
    engine: Engine = CONFINED,
    seconds: float = 3.2,
) -> Inspection:
    """The inspection with the verdict that its findings and coverage force."""
    return Inspection(
        source=source,
        verdict=verdict_of(findings, coverage),
        findings=findings,
        coverage=coverage,
        engine=engine,
        timings=Timings(total_s=seconds, parts_s={"layout": seconds / 100, "walk": seconds / 10, "examine": seconds * 0.89}),
        layout=layout,
        contents=contents,
    )


def camera_card() -> Inspection:
    """An ordinary card with 240 pictures: nothing found."""
    size = 31_914_983_424
    contents = (
        Content(path="DCIM", size=0, type="folder", partition=0, folder=True),
        Content(path="DCIM/100MSDCF", size=0, type="folder", partition=0, folder=True),
        *(
            Content(path=f"DCIM/100MSDCF/DSC{n:05}.JPG", size=4_200_000 + 1_371 * n, type="jpeg", sha256=sha256(f"p{n}"), partition=0)
            for n in range(1, 241)
        ),
        Content(path="PRIVATE/M4ROOT/CLIP/C0001.MP4", size=218_411_008, type="mp4", sha256=sha256("clip"), partition=0),
        Content(path="MISC/AUTPRINT.MRK", size=611, type="text", sha256=sha256("mrk"), partition=0),
    )
    return made(
        Source(name="camera-card.img", kind=SourceKind.IMAGE, bytes=size, sha256=sha256("card")),
        coverage=Coverage(bytes_total=size, bytes_accounted=size, items_total=242, items_inspected=242),
        layout=(
            Range(start=0, length=512, kind=RangeKind.PARTITION_TABLE, label="MBR"),
            Range(start=512, length=4 * MIB - 512, kind=RangeKind.GAP, label="", empty=True),
            Range(start=4 * MIB, length=size - 4 * MIB, kind=RangeKind.FILESYSTEM, label="exFAT", partition=0),
        ),
        contents=contents,
        seconds=41.7,
    )


def dangerous_stick() -> Inspection:
    """A stick with a brochure, a shortcut in its place, a hidden partition, and data after its end."""
    size = 8_053_063_680
    hidden = 7_516_192_768
    shortcut = Evidence(
        path="Product brochure 2026.pdf.lnk",
        partition=0,
        offset=0x4C,
        length=212,
        medium_offset=0x51_004C,
        sha256=sha256("lnk"),
        excerpt=r"%ComSpec% /c start /min pwsh -w hidden -f .\_\s.ps1 & start brochure.pdf",
    )
    findings = (
        TYPE_NOTE.found(
            Evidence(path="Pictures/stand.jpg", partition=0, offset=0, length=8, medium_offset=0x2000_0000, sha256=sha256("stand")),
            detail=phrase("The name says {name}, the content is {content}.", name="jpg", content="png"),
        ),
        SHORTCUT.found(shortcut, detail=phrase("It starts {target} with a hidden window.", target="cmd.exe")),
        HIDDEN_PARTITION.found(
            Evidence(path="", partition=1, offset=hidden, length=268_435_456, medium_offset=hidden),
            detail=phrase("Its type is {type}; it holds {files} files.", type="0x1B (hidden FAT32)", files=3),
        ),
        DISGUISED.found(
            Evidence(
                path="DCIM/holiday.zip > IMG_0042.jpg", partition=1, offset=0, length=64, sha256=sha256("pe"), excerpt=r"MZ\x90\x00\x03"
            ),
            Evidence(path="_/s.ps1", partition=0, sha256=sha256("ps1")),
        ),
        SCRIPT.found(
            Evidence(
                path="_/s.ps1",
                partition=0,
                offset=0,
                length=420,
                medium_offset=0x52_0000,
                sha256=sha256("ps1"),
                excerpt="$p = Join-Path $PSScriptRoot 'x.bin'",
            )
        ),
        SCRIPT.found(Evidence(path="_/setup.bat", partition=0, offset=0, length=96, medium_offset=0x53_0000, sha256=sha256("bat"))),
    )
    contents = (
        Content(path="Product brochure 2026.pdf.lnk", size=1_384, type="shortcut", sha256=sha256("lnk"), partition=0, findings=(1,)),
        Content(path="brochure.pdf", size=2_811_904, type="pdf", sha256=sha256("pdf"), partition=0),
        Content(path="Pictures", size=0, type="folder", partition=0, folder=True),
        Content(path="Pictures/stand.jpg", size=1_811_904, type="png", sha256=sha256("stand"), partition=0, findings=(0,)),
        *(Content(path=f"Pictures/fair-{n:02}.jpg", size=3_000_000, type="jpeg", partition=0) for n in range(24)),
        Content(path="_", size=0, type="folder", partition=0, folder=True),
        Content(path="_/s.ps1", size=4_201, type="script", sha256=sha256("ps1"), partition=0, findings=(4,)),
        Content(path="_/setup.bat", size=96, type="script", sha256=sha256("bat"), partition=0, findings=(5,)),
        Content(path="_/x.bin", size=88_064, type="data", sha256=sha256("bin"), partition=0),
        Content(path="old invoice.doc", size=22_528, type="ole-word", sha256=sha256("doc"), partition=0, deleted=True),
        Content(path="DCIM/holiday.zip", size=700_000, type="zip", sha256=sha256("zip"), partition=1),
        Content(path="DCIM/holiday.zip > IMG_0042.jpg", size=1_204_224, type="pe", sha256=sha256("pe"), partition=1, findings=(3,)),
        Content(path="DCIM/holiday.zip > notes/readme.txt", size=812, type="text", sha256=sha256("txt"), partition=1),
    )
    return made(
        Source(name="fair-stick.img", kind=SourceKind.IMAGE, bytes=size, sha256=sha256("stick")),
        findings=findings,
        coverage=Coverage(
            bytes_total=size,
            bytes_accounted=size,
            items_total=35,
            items_inspected=34,
            not_inspected=(NotInspected(path="_/x.bin", reason=Reason.PARSER_CRASHED, detail="the reader of this format ended"),),
        ),
        layout=(
            Range(start=0, length=512, kind=RangeKind.PARTITION_TABLE, label="MBR"),
            Range(start=512, length=MIB - 512, kind=RangeKind.GAP, label="", empty=True),
            Range(start=MIB, length=hidden - 2 * MIB, kind=RangeKind.FILESYSTEM, label="FAT32", partition=0),
            Range(start=hidden - MIB, length=MIB, kind=RangeKind.GAP, label="holds data"),
            Range(start=hidden, length=268_435_456, kind=RangeKind.FILESYSTEM, label="FAT32, hidden", partition=1),
            Range(start=hidden + 268_435_456, length=size - hidden - 268_435_456, kind=RangeKind.TAIL, label="", empty=True),
        ),
        contents=contents,
        seconds=12.4,
    )


def encrypted_archive() -> Inspection:
    """One archive with a password: caution, since nobody could look into it. Its parsers ran unconfined."""
    findings = (ENCRYPTED.found(Evidence(path="quotation.zip", offset=0, length=30, sha256=sha256("q"))),)
    return made(
        Source(name="quotation.zip", kind=SourceKind.FILE, bytes=481_204, sha256=sha256("q")),
        findings=findings,
        coverage=Coverage(
            bytes_total=481_204,
            bytes_accounted=481_204,
            items_total=3,
            items_inspected=1,
            not_inspected=(
                NotInspected(path="quotation.zip > prices.xlsx", reason=Reason.ENCRYPTED),
                NotInspected(path="quotation.zip > terms.docx", reason=Reason.ENCRYPTED),
            ),
        ),
        contents=(
            Content(path="quotation.zip", size=481_204, type="zip", sha256=sha256("q"), findings=(0,)),
            Content(path="quotation.zip > prices.xlsx", size=301_002, type="data"),
            Content(path="quotation.zip > terms.docx", size=201_002, type="data"),
        ),
        engine=Engine(version="0.1.0", rules="2026-11-20 (312 rules)", confinement=()),
        seconds=0.08,
    )


def many_contents(count: int = 50_000) -> Inspection:
    """A folder of source code with *count* files, a script in every hundredth place, and one folder that alone holds half of them."""
    findings: list[Finding] = []
    contents: list[Content] = []
    missing: list[NotInspected] = []
    for n in range(count):
        path = f"all/f{n:06}.txt" if n % 2 else f"src/m{n % 40:02}/p{n % 900:03}/f{n:06}.py"
        positions: tuple[int, ...] = ()
        if n % 100 == 0:
            positions = (len(findings),)
            findings.append(SCRIPT.found(Evidence(path=path, offset=0, length=20, excerpt="#!/bin/sh")))
        if n % 97 == 0:
            missing.append(NotInspected(path=path, reason=Reason.UNSUPPORTED))
        contents.append(Content(path=path, size=n % 9_000, type="script" if positions else "text", findings=positions))
    total = sum(content.size for content in contents)
    return made(
        Source(name="source-tree", kind=SourceKind.FOLDER, bytes=total, sha256=None),
        findings=tuple(findings),
        coverage=Coverage(
            bytes_total=total,
            bytes_accounted=total,
            items_total=count,
            items_inspected=count - len(missing),
            not_inspected=tuple(missing),
        ),
        contents=tuple(contents),
    )


HOSTILE_NAMES = (
    "<script>alert(1)</script>.txt",
    '"><img src=x onerror=alert(2)>.jpg',
    "invoice\u202efdp.exe",
    "a\u200bb\u2066c\ufeff.doc",
    "{{ 7 * 7 }}{% raw %}.j2",
    '#panic("typst") $x$ @ref *bold* \\u{41}.typ',
    "'; drop table findings; --.csv",
    "long-" + "x" * 10_000 + ".txt",
    "\\xFF\\xFE not utf-8.bin",
    "תמונה-عربى-写真.jpg",
    "new\nline\r\tand\x00nul\x1b[31m.sh",
    "z" + "\u0301" * 400 + ".png",
    "=cmd|'/c calc'!A1.csv",
    "\ud83d lone surrogate.txt",
    "\u3164\u2800\u115f.exe",
    "/".join(["deep"] * 3_000) + "/end.txt",
    "a > b > c.zip > " + "d > " * 3_000 + "e.txt",
    "../../../etc/passwd",
    "//double//slash",
    "",
)


def hostile_names() -> Inspection:
    """Every name a giver would choose to break the report, in contents, findings, excerpts, labels, details and the source's own name."""
    findings = tuple(
        BIDI.found(
            Evidence(path=name, partition=0, offset=n, length=1, excerpt=name[:200], medium_offset=MIB + n, sha256=sha256(str(n))),
            detail=phrase("The true ending is {ending}.", ending=name[-30:]),
        )
        for n, name in enumerate(HOSTILE_NAMES)
    )
    contents = tuple(
        Content(path=name, size=n, type="data", partition=0, findings=(n,), sha256=sha256(str(n))) for n, name in enumerate(HOSTILE_NAMES)
    )
    missing = tuple(NotInspected(path=name, reason=Reason.UNREADABLE, detail=name[:60]) for name in HOSTILE_NAMES)
    return made(
        Source(name="<b>gift</b>\u202e.img", kind=SourceKind.DEVICE, bytes=64 * MIB, sha256=sha256("hostile")),
        findings=findings,
        coverage=Coverage(
            bytes_total=64 * MIB, bytes_accounted=60 * MIB, items_total=len(contents), items_inspected=0, not_inspected=missing
        ),
        layout=(
            Range(start=0, length=MIB, kind=RangeKind.PARTITION_TABLE, label="</svg><script>alert(3)</script>"),
            Range(start=MIB, length=59 * MIB, kind=RangeKind.FILESYSTEM, label="NTFS \u202e<b>", partition=0),
        ),
        contents=contents,
    )


def nothing_read() -> Inspection:
    """A device that gave no byte."""
    return made(
        Source(name="/dev/sdz", kind=SourceKind.DEVICE, bytes=0, sha256=None),
        coverage=Coverage(
            bytes_total=0,
            bytes_accounted=0,
            items_total=0,
            items_inspected=0,
            not_inspected=(NotInspected(path="", reason=Reason.UNREADABLE, detail="no medium found"),),
        ),
    )
