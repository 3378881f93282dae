"""What the people of the demonstration organisation were given: the media and files themselves, harmless look-alikes of what happens."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Final

from gifthorse.demonstration.documents import brochure, inert_program, letter, locked_zip, photograph, shortcut, zipped
from gifthorse.demonstration.media import MIB, Format, PlacedFile, Scheme, Volume, write_medium

FAIR: Final = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)
Write = Callable[[BinaryIO], object]


def _placed(path: str, content: bytes, *, minutes: int = 0, hidden: bool = False, deleted: bool = False) -> PlacedFile:
    return PlacedFile(path=path, content=content, modified=FAIR + timedelta(minutes=minutes), hidden=hidden, deleted=deleted)


def _pictures(count: int, folder: str = "DCIM/100FERNB") -> list[PlacedFile]:
    return [
        _placed(f"{folder}/FBK_{number:04d}.JPG", photograph(number, FAIR + timedelta(minutes=number)), minutes=number)
        for number in range(1, count + 1)
    ]


def _brochures(count: int) -> list[PlacedFile]:
    return [
        _placed(f"Brochures/Series {number}.pdf", brochure(f"Pump series {number}", ["Flow 20 to 90 l/min", "Stainless housing"]))
        for number in range(1, count + 1)
    ]


def camera_card(target: BinaryIO) -> object:
    """A card as it comes out of a camera, and nothing else."""
    return write_medium(target, [Volume(format=Format.FAT32, size=64 * MIB, files=_pictures(24), label="FERNBLICK")])


def brochure_stick(target: BinaryIO) -> object:
    """A fair's giveaway: brochures, a price list, two pictures."""
    files = [*_brochures(6), _placed("Prices.docx", letter("Prices on request.")), *_pictures(2, "Pictures")]
    return write_medium(target, [Volume(format=Format.FAT32, size=48 * MIB, files=files, label="WELCOME")])


def autorun_stick(target: BinaryIO) -> object:
    """Autorun pointing at a hidden program, and a shortcut that poses as the folder it hides."""
    files = [
        _placed(
            "autorun.inf", b"[autorun]\r\nopen=system\\viewer.exe\r\nicon=system\\viewer.exe,0\r\naction=Open folder to view files\r\n"
        ),
        _placed("system/viewer.exe", inert_program(), hidden=True),
        _placed("Catalogue.lnk", shortcut("..\\Windows\\System32\\cmd.exe", "/c start system\\viewer.exe & explorer Catalogue")),
        PlacedFile(path="Catalogue", folder=True, hidden=True, modified=FAIR),
        _placed("Catalogue/Catalogue.pdf", brochure("Catalogue", ["All series"]), hidden=True),
    ]
    return write_medium(target, [Volume(format=Format.FAT32, size=40 * MIB, files=files, label="CATALOGUE")])


def disguised_program_stick(target: BinaryIO) -> object:
    """A program whose name reads as a PDF from right to left, and one under a picture's name."""
    files = [
        *_brochures(2),
        _placed("Invitation \u202efdp.exe", inert_program()),
        _placed("Pictures/stand.jpg", inert_program()),
        *_pictures(3, "Pictures"),
    ]
    return write_medium(target, [Volume(format=Format.EXFAT, size=48 * MIB, files=files, label="SHOW")], scheme=Scheme.GPT)


def two_partition_stick(target: BinaryIO) -> object:
    """A stick with a second, hidden partition that holds documents nobody mentioned."""
    open_part = Volume(format=Format.FAT32, size=40 * MIB, files=_brochures(3), label="GIFT")
    files = [_placed("tools/update.exe", inert_program()), _placed("list.zip", zipped({"names.csv": b"name;role\n"}))]
    hidden_part = Volume(format=Format.FAT16, size=16 * MIB, files=files, hidden=True, label="DATA")
    return write_medium(target, [open_part, hidden_part])


def locked_archive_stick(target: BinaryIO) -> object:
    """One archive that needs a password: nobody can say what is in it."""
    files = [
        _placed("Study.zip", locked_zip("Study.docx", letter("Confidential study"))),
        _placed("Read me.txt", b"Password by phone.\r\n"),
    ]
    return write_medium(target, [Volume(format=Format.FAT16, size=16 * MIB, files=files, label="STUDY")])


def fetching_letter(target: BinaryIO) -> object:
    """A Word document that fetches its template from elsewhere when it is opened."""
    return target.write(letter("Invitation to lecture", template="https://templates.fair-office.example/letter.dotm"))


def scripted_invitation(target: BinaryIO) -> object:
    """A PDF with a script and an attached table."""
    script = "app.launchURL('https://rsvp.example/confirm', true);"
    return target.write(brochure("Invitation", ["Please confirm"], script=script, attachment=("programme.csv", b"day;hour;talk\n")))


def photo_frame(target: BinaryIO) -> object:
    """A digital photo frame's memory: pictures, and a deleted program."""
    files = [*_pictures(12, "Photos"), _placed("Photos/setup.exe", inert_program(), deleted=True)]
    return write_medium(target, [Volume(format=Format.FAT16, size=24 * MIB, files=files, label="FRAME")], scheme=Scheme.NONE)


def family_camera_card(target: BinaryIO) -> object:
    """A camera that was lent out and came back with an office file among the pictures."""
    files = [*_pictures(10), _placed("DCIM/100FERNB/holiday.docm.exe", inert_program())]
    return write_medium(target, [Volume(format=Format.FAT32, size=48 * MIB, files=files, label="FERNBLICK")])
