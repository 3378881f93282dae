"""A small office for tests of the desk: an account in every role, and items at several points of their way."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gifthorse.model.custody import ItemKind, Outcome, ValueBand
from gifthorse.model.findings import Evidence, Finding, Severity
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
    Verdict,
    verdict_of,
)
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.model.words import phrase
from gifthorse.procedures import (
    add_photograph,
    answer_reporter,
    attach_exhibit,
    decide_item,
    keep_accounts,
    prepare_picture,
    start_inspection,
)
from gifthorse.procedures.report_gift import report_gift
from gifthorse.procedures.take_custody import take_custody
from gifthorse.report.gift import GiftReport
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.inspection import Inspection as InspectionRow
from gifthorse.store.tables.item import Item

DRAWN = b"\xff\xd8\xff\xdb a redrawn picture"
PASSWORD = "a quiet test phrase"  # not a secret: tests sign in with it
PEOPLE = {
    "mara": ([Role.STAFF], "Mara Keßler-Østergård"),
    "idris": ([Role.STAFF], "إدريس بن علي"),
    "ines": ([Role.OFFICER], "Inês Okonkwo"),
    "tomo": ([Role.OFFICER, Role.STAFF], "友田 陽子"),
    "bo": ([Role.BOARD], "Bo Lindqvist"),
    "clara": ([Role.CUSTODIAN], "Clara Nowak"),
    "aud": ([Role.AUDITOR], "Aud Hallgrímsdóttir"),
    "adam": ([Role.ADMIN], "Адам Петренко"),
    "rhea": ([Role.RESEARCH_LEAD], "Ρέα Παπαδάκη"),
}


@dataclass(frozen=True)
class Office:
    """The accounts by login name."""

    accounts: dict[str, Account]

    def actor(self, login: str):
        return self.accounts[login].as_actor()


def open_office(people=PEOPLE) -> Office:
    """The office with its accounts."""
    made = {
        login: keep_accounts.create(DESK_ITSELF, login, PASSWORD, roles, {"name": name, "mail": f"{login}@example.org"})
        for login, (roles, name) in people.items()
    }
    return Office(made)


def a_report(office: Office, login: str = "mara", **changes) -> Item:
    """An item reported by *login*."""
    told = {
        "kind": ItemKind.MEMORY_STICK,
        "value_band": ValueBand.UNDER_20,
        "what": "Blue, metal, a company's name on one side",
        "place": "Hall 7, stand B 14",
        "occasion": "Trade fair, the evening reception",
        "giver": "A man in his forties, “call me Lee”, consulting",
        "said": "“All our brochures are on it, and the drawings you asked about.”",
        "plugged_in": False,
    }
    return report_gift(office.actor(login), GiftReport(**(told | changes)))


def taken_in(office: Office, item: Item) -> Item:
    """*item* in the custody of Inês."""
    take_custody(office.actor("ines"), item.pk, seal_number="B-20771", place="Safe 2, shelf 3", seal_intact=True)
    item.refresh_from_db()
    return item


def with_content(office: Office, item: Item, content: bytes = b"GIF89a" + bytes(2000), name: str = "stick.img") -> Exhibit:
    """*content* as an exhibit of *item*."""
    arrival = attach_exhibit.begin(office.actor("ines"), item.pk, name)
    arrival.write(content)
    return arrival.finish()


def photographed(office: Office, item: Item, login: str, content: bytes = b"\xff\xd8 original", *, drawn: bytes | None = DRAWN) -> Exhibit:
    """A photograph of *item* by *login*, redrawn as *drawn* unless that is None."""
    arrival = add_photograph.begin(office.actor(login), item.pk, "front.jpg")
    arrival.write(content)
    exhibit = arrival.finish()
    if drawn is not None:
        prepare_picture.prepare(exhibit.pk, lambda _fd: drawn)
    return exhibit


def queued(office: Office, exhibit: Exhibit) -> InspectionRow:
    """A queued inspection that no worker knows of."""
    return start_inspection.start(office.actor("ines"), exhibit.pk, lambda _id: None)


def inspected(office: Office, exhibit: Exhibit, result: Inspection | None = None) -> InspectionRow:
    """The inspection of *exhibit*, done, with *result* (the long one unless given)."""
    from gifthorse.model.custody import InspectionState
    from gifthorse.procedures import perform_inspection

    row = queued(office, exhibit)
    claimed = perform_inspection._claim(row.pk)
    perform_inspection._end(claimed, InspectionState.DONE, result=result or a_result())
    return InspectionRow.objects.get(pk=row.pk)


def decided(office: Office, item: Item, *, answered: bool = False) -> Item:
    """*item* with a decision, and an answer if asked for."""
    decide_item.decide(office.actor("ines"), item.pk, Outcome.KEEP_SEALED, "A shortcut that starts a program hides behind a folder's icon.")
    if answered:
        answer_reporter.answer(office.actor("ines"), item.pk, "Thank you: it would have run a program. You did exactly the right thing.")
    item.refresh_from_db()
    return item


def a_result(findings: int = 4, contents: int = 12) -> Inspection:
    """A result with findings of every severity, names in several scripts, and something that could not be seen."""
    seen = tuple(_finding(number) for number in range(findings))
    coverage = Coverage(
        bytes_total=8_004_304_896,
        bytes_accounted=8_004_304_896,
        items_total=contents + 1,
        items_inspected=contents,
        not_inspected=(NotInspected(path="Angebot/Preise 2026.zip > geheim.xlsx", reason=Reason.ENCRYPTED),),
    )
    return Inspection(
        source=Source(name="stick.img", kind=SourceKind.IMAGE, bytes=8_004_304_896, sha256="5f" * 32),
        verdict=verdict_of(seen, coverage) if seen else Verdict.CAUTION,
        findings=seen,
        coverage=coverage,
        engine=Engine(version="0.1", rules="1", confinement=("landlock", "seccomp", "rlimits")),
        timings=Timings(total_s=41.0),
        layout=(
            Range(start=0, length=512, kind=RangeKind.PARTITION_TABLE, label="MBR"),
            Range(start=512, length=1_048_064, kind=RangeKind.GAP, label="gap", empty=False),
            Range(start=1_048_576, length=8_000_000_000, kind=RangeKind.FILESYSTEM, label="FAT32", partition=0),
            Range(start=8_001_048_576, length=3_256_320, kind=RangeKind.TAIL, label="tail", empty=True),
        ),
        contents=tuple(_content(number, findings) for number in range(contents)),
    )


def _finding(number: int) -> Finding:
    severities = (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO, Severity.CRITICAL)
    words = (
        ("shortcut.command", "A shortcut that starts a program", "Whoever opens what looks like a folder starts a program instead."),
        ("layout.gap-with-data", "Data outside every partition", "Programs can be kept where no file manager shows them."),
        ("name.bidi-override", "A name that reads backwards", "The name was turned around so that a program looks like a picture."),
        ("script.present", "A script", "Scripts are programs in plain text."),
        ("autorun.inf", "The medium tries to start a program by itself", "Older systems start it without asking."),
    )
    identity, title, why = words[number % len(words)]
    return Finding(
        id=identity,
        severity=severities[number % len(severities)],
        confidence=0.9,
        title=title,
        why=why,
        what_to_do=("Don't open it. Keep the stick sealed.", "Ask whoever gave it what it is for.")[number % 2],
        benign_explanation="Some vendors ship their brochures with a start page.",
        technique=("T1204.002", "T1091"),
        detector=f"{identity}@1",
        evidence=(
            Evidence(path="Brochure/\u202egnp.exe", partition=0, offset=4096, length=812, excerpt='powershell -w hidden -c "…"'),
            Evidence(path="", offset=1024, length=20480, medium_offset=1024),
        ),
        detail=phrase("The command is {command}", command="cmd /c start readme.exe"),
    )


def _content(number: int, findings: int) -> Content:
    names = ("DCIM/100MEDIA/IMG_0001.JPG", "Angebot/Übersicht.pdf", "Брошюра/каталог.docx", "产品/说明书.pdf", "كتيب/دليل.pdf")
    marks = (number,) if number < findings else ()
    return Content(
        path=f"{names[number % len(names)]}.{number}" if number >= len(names) else names[number],
        size=1_234_567 * (number + 1),
        type="image/jpeg",
        partition=0,
        findings=marks,
    )


def many_items(office: Office, number: int, login: str = "mara") -> list[str]:
    """*number* more items reported by *login*, written straight into the table: for pages that must stay quick."""
    first = a_report(office, login)
    now = datetime.now(UTC)
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    def spelled(n: int) -> str:
        return "".join(alphabet[(n >> shift) & 31] for shift in range(60, -1, -5))

    rows = [
        Item(
            id=f"item-{spelled(n + 1)}",
            reporter_id=first.reporter_id,
            kind=first.kind,
            value_band=first.value_band,
            state=first.state,
            report_id=first.report_id,
            created_at=now,
            changed_at=now,
        )
        for n in range(number)
    ]
    Item.objects.bulk_create(rows)
    return [row.pk for row in rows]
