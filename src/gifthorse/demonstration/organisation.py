"""The fictional organisation: its people, and what became of each thing that they were given."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gifthorse.demonstration import gifts
from gifthorse.model.custody import ItemKind, Outcome, ValueBand
from gifthorse.model.roles import Role
from gifthorse.report.gift import GiftReport

NAME: Final = "Brightwater Instruments"
PASSWORD: Final = "look-it-in-the-mouth"  # noqa: S105 - printed at each start of the demonstration, on this machine alone


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """One person with an account."""

    login: str
    name: str
    roles: tuple[Role, ...]
    unit: str


PEOPLE: Final = (
    Colleague(login="ines", name="Ines Farrow", roles=(Role.STAFF,), unit="Sales"),
    Colleague(login="tomas", name="Tomas Wrede", roles=(Role.STAFF,), unit="Development"),
    Colleague(login="priya", name="Priya Sandell", roles=(Role.STAFF,), unit="Service"),
    Colleague(login="officer", name="Olga Brandt", roles=(Role.STAFF, Role.OFFICER), unit="Security"),
    Colleague(login="deputy", name="Daniel Okoye", roles=(Role.STAFF, Role.OFFICER), unit="Security"),
    Colleague(login="board", name="Berta Lindqvist", roles=(Role.STAFF, Role.BOARD), unit="Management"),
    Colleague(login="custodian", name="Carl Amsel", roles=(Role.CUSTODIAN,), unit="Works council"),
    Colleague(login="auditor", name="Anna Teller", roles=(Role.AUDITOR,), unit="Audit"),
    Colleague(login="admin", name="Adam Riese", roles=(Role.ADMIN,), unit="IT"),
    Colleague(login="research", name="Rhea Pappas", roles=(Role.STAFF, Role.RESEARCH_LEAD), unit="Research"),
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One thing that was given. Each later step is taken only when the one before it has its value."""

    reporter: str
    report: GiftReport
    withdrawn: bool = False
    seal: str = ""
    place: str = "Security office, cabinet 2"
    medium: tuple[str, gifts.Write] | None = None
    inspected: bool = True
    outcome: Outcome | None = None
    reason: str = ""
    answer: str = ""
    handed_to: str = ""
    closed: bool = False


def _given(kind: ItemKind, what: str, giver: str, said: str, day: int, *, value: ValueBand = ValueBand.UNDER_20) -> GiftReport:
    return GiftReport(
        kind=kind,
        value_band=value,
        what=what,
        given_on=date(2026, 9, day),
        place="Trade fair, hall 4",
        occasion="Fluid Technology Fair",
        giver=giver,
        said=said,
        plugged_in=False,
    )


STORIES: Final = (
    Story(
        reporter="ines",
        report=_given(ItemKind.MEMORY_STICK, "Memory stick with a pump on it", "“Mr Hall, purchasing”", "Our brochure is on it.", 14),
        seal="BW-1041",
        medium=("stick-1041.img", gifts.brochure_stick),
        outcome=Outcome.RETURN,
        reason="Brochures and pictures; nothing found as far as could be seen. Handed on as prints; the stick goes back.",
        answer="Thank you, Ines. We found nothing as far as we can see, but a stick can hide things from us: please keep it as a souvenir.",
        handed_to="ines",
        closed=True,
    ),
    Story(
        reporter="tomas",
        report=_given(ItemKind.MEMORY_CARD, "Card from the visitors' camera", "A group of visitors", "Could you copy our pictures?", 15),
        seal="BW-1042",
        medium=("card-1042.img", gifts.camera_card),
        outcome=Outcome.RETURN,
        reason="An ordinary camera card. Pictures were copied by the desk and sent by mail.",
        answer="Thank you, Tomas. We copied the pictures for them; the card goes back.",
        closed=False,
    ),
    Story(
        reporter="ines",
        report=_given(ItemKind.MEMORY_STICK, "Stick with a catalogue", "Left on our stand", "Nothing was said.", 16),
        seal="BW-1043",
        medium=("stick-1043.img", gifts.autorun_stick),
        outcome=Outcome.PASS_ON,
        reason="Autorun, a hidden program and a shortcut posing as a folder: passed to the authorities as evidence.",
        answer="Thank you, Ines. You did exactly the right thing. This one was built to take over the computer it is plugged into.",
        handed_to="Police headquarters, cybercrime desk",
        closed=True,
    ),
    Story(
        reporter="priya",
        report=_given(ItemKind.MEMORY_STICK, "Slim silver stick", "“Dr Veldt, institute”", "Have a look before the talk.", 16),
        seal="BW-1044",
        medium=("stick-1044.img", gifts.disguised_program_stick),
    ),
    Story(
        reporter="tomas",
        report=_given(ItemKind.MEMORY_STICK, "Stick in a gift box", "“A friend of the fair”", "For the long flight home.", 17),
        seal="BW-1045",
        medium=("stick-1045.img", gifts.two_partition_stick),
    ),
    Story(
        reporter="priya",
        report=_given(ItemKind.MEMORY_STICK, "Stick with a study", "A consultant", "The password comes by phone.", 17),
        seal="BW-1046",
        medium=("stick-1046.img", gifts.locked_archive_stick),
        outcome=Outcome.KEEP_SEALED,
        reason="Encrypted content can't be judged. Kept until the sender is verified.",
    ),
    Story(
        reporter="ines",
        report=_given(ItemKind.FILES, "Letter by e-mail after the fair", "“Lecture office”", "They offer to pay travel.", 21),
        seal="BW-1047",
        medium=("Invitation.docx", gifts.fetching_letter),
        outcome=Outcome.DESTROY,
        reason="The letter fetches its template from an address unrelated to the sender.",
        answer="Thank you, Ines. Please don't open this letter; we answered the sender through the official channel.",
    ),
    Story(
        reporter="tomas",
        report=_given(ItemKind.FILES, "Invitation as a PDF", "“Conference office”", "Please confirm by Friday.", 22),
        seal="BW-1048",
        medium=("Invitation.pdf", gifts.scripted_invitation),
    ),
    Story(
        reporter="priya",
        report=_given(ItemKind.OTHER_DEVICE, "Digital photo frame", "A delegation", "A small thank-you.", 23, value=ValueBand.TO_50),
        seal="BW-1049",
        medium=("frame-1049.img", gifts.photo_frame),
        inspected=False,
    ),
    Story(
        reporter="tomas",
        report=_given(ItemKind.CAMERA, "Camera, lent and returned", "The organiser's photographer", "I took some pictures for you.", 24),
        seal="BW-1050",
        medium=("camera-1050.img", gifts.family_camera_card),
    ),
    Story(reporter="ines", report=_given(ItemKind.CHARGER, "Phone charger", "The hotel's front desk", "You forgot yours.", 25)),
    Story(
        reporter="priya",
        report=_given(ItemKind.OBJECT, "Vase in a wooden box", "A delegation", "A sign of friendship.", 25, value=ValueBand.OVER_150),
        seal="BW-1052",
        place="Board room safe",
    ),
    Story(reporter="tomas", report=_given(ItemKind.OBJECT, "Ballpoint pen", "Next stand", "Help yourself.", 14), withdrawn=True),
)
