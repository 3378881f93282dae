"""The reports of the office that the browser visits: records, and the pages to look at."""

from datetime import UTC, datetime, timedelta

from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportKind
from gifthorse.procedures import correct_observation, house_settings, inspect_enclosure, write_letter
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.ask_erasure import ask
from gifthorse.procedures.check_invitation import check_invitation
from gifthorse.procedures.keep_favours import FavourFacts, add_favour
from gifthorse.store.tables.report import FavourEntry, ObservationRow
from tests.report.mails import OURS, authenticated, mail
from tests.samples import reports as samples
from tests.samples.inspections import encrypted_archive
from tests.samples.office import Office

# login: addresses, with {names} out of `fill`
PAGES: dict[str, list[str]] = {
    "mara": [
        "/tell/", *(f"/tell/{kind.value}/" for kind in ReportKind), "/odd/", "/invitation/", "/invitation/{invited}/", "/reports/mine/",
        "/reports/{approach}/", "/reports/{pressure}/", "/reports/{gift}/sent/", "/reports/{invited}/", "/favours/", "/privacy/", "/privacy/looks/",
    ],
    "ines": [
        "/reports/", "/reports/?state=", "/reports/{approach}/", "/reports/{pressure}/", "/reports/{invited}/",
        "/observations/{observation}/correct/", "/contacts/{reported_contact}/favours/", "/favours/{favour}/correct/", "/figures/reports/",
    ],
    "clara": ["/access/", "/erase/reports/"],
    "aud": ["/figures/reports/"],
    "rhea": ["/figures/reports/"],
}  # fmt: skip
INVITATION = mail(
    sender="“Dr Ada Lind” <ada.lind@opticsforum.example>",
    subject="Keynote, all expenses paid",
    text="We pay your flight and a fee of 3,000. Please answer by tomorrow, and please keep it between us. https://opticsforum.example/talk",
    headers=(("Received", "from x by mx"), authenticated()),
)


def fill(office: Office) -> dict[str, str]:
    """The ids of the records, by the names that PAGES and journeys use."""
    mara, idris, ines = office.actor("mara"), office.actor("idris"), office.actor("ines")
    numbers = [
        {"what": "Security desk, day and night", "number": "+49 30 555 0100"},
        {"what": "Employee counselling", "number": "+49 30 555 0199"},
    ]
    house_settings.set_setting(ines, house_settings.WHOM_TO_CALL, numbers)
    house_settings.set_setting(
        ines, house_settings.OFFICIAL_ADDRESS, {"organisation": "Kestrel Works", "address": "invitations@kestrelworks.example"}
    )
    house_settings.set_setting(ines, house_settings.MAIL_SERVERS, [OURS])
    approach = _talked_about(office)
    with as_of(now() - timedelta(days=4)):
        samples.odd(idris, "Jemand hat mir zweimal geschrieben. ¿Es raro? 这奇怪吗")
    gift = samples.gift(mara)
    pressure = samples.pressure(mara, (ines.person,))
    invited = check_invitation(mara, INVITATION).report
    _trips(office)
    return {
        "approach": approach,
        "gift": gift.pk,
        "pressure": pressure.pk,
        "invited": invited.pk,
        "observation": ObservationRow.objects.get(report=approach).pk,
        "reported_contact": ObservationRow.objects.get(report=approach).contact_id or "",
        "favour": FavourEntry.objects.filter(report=approach)[0].pk,
    }


def _talked_about(office: Office) -> str:
    """A report with letters both ways, a note, a picture, a correction, a favour, and a wish to erase it."""
    from gifthorse.demonstration.documents import photograph

    mara, ines = office.actor("mara"), office.actor("ines")
    with as_of(now() - timedelta(days=2)):
        report = samples.approach(mara, words="„Wir wissen ja, wie ihr das macht“, sagte er.\nThen he asked about the third furnace.")
    write_letter.answer(ines, report.pk, "Thank you, this is exactly what helps. Did he give you a card?")
    write_letter.write_about(mara, report.pk, "Yes. I enclose it.")
    write_letter.note(ines, report.pk, "The same firm wrote to two others in spring.")
    picture = photograph(2, datetime(2026, 11, 3, tzinfo=UTC), width=640, height=420)
    shown = samples.enclosed(mara, report, picture, "card\u202egpj.exe")
    inspect_enclosure.inspect_enclosure(shown.pk, look=lambda _fd, _name: encrypted_archive())
    samples.enclosed(mara, report, b"not looked at yet", "Broschüre.pdf")
    row = ObservationRow.objects.get(report=report)
    correct_observation.correct(ines, row.pk, {"ask_level": 4, "tactics": [*row.tactics, "T50"]}, "He moved it to a private chat.")
    wine = FavourFacts(direction=Direction.OUT, kind=FavourKind.GIFT, band=FavourBand.SMALL, month=row.month, what="A bottle of wine")
    add_favour(ines, row.contact_id or "", mara.person, wine)
    ask(mara, report.pk)
    return report.pk


def _trips(office: Office) -> None:
    """Trips that are over: most were told about, one of mara's not yet."""
    moment = now()
    for number in range(16):
        login = ("mara", "idris", "tomo")[number % 3]
        told = moment - timedelta(days=60)
        samples.a_trip(
            office.actor(login).person,
            ended=timedelta(days=70 + number),
            moment=moment,
            debriefed_at=told if number % 2 else None,
            checked_in_at=told,
        )
    for login in ("mara", "idris", "tomo"):
        samples.a_trip(office.actor(login).person, ended=timedelta(days=1), moment=moment)
