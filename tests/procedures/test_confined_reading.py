"""The process that reads files of strangers is locked in, and reads there everything that it reads outside."""

import json
import os
import subprocess
import sys
import zoneinfo
from email.message import EmailMessage

import msgspec
import pytest

from gifthorse.brief.itinerary.read import read_itinerary
from gifthorse.brief.itinerary.refusals import NOT_A_TRIP, OTHER_ZIP
from gifthorse.brief.itinerary.text import TEXT_ENCODINGS
from gifthorse.model.errors import NotAccepted, NotConfined, Unreadable
from gifthorse.model.itineraries import Instant, Itinerary
from gifthorse.procedures import confined_reading
from gifthorse.procedures.confined_reading import READERS, Reader, found, read_confined
from tests.brief.itinerary.cases.calendars import calendar, entry
from tests.brief.itinerary.cases.journeys import HOME, REFERENCE
from tests.brief.itinerary.cases.scoring import every_case

ASKED = {"name": "trip", "reference_day": REFERENCE, "home_zone": HOME}
CASES = every_case()


def outside(content: bytes) -> Itinerary:
    return read_itinerary(content, "trip", reference_day=REFERENCE, home_zone=HOME)


KINDS = (
    "zone-windows-KTM-DEL defined-20260701 moved offset-PPG-APW microdata code-4-legs-items pass-code-FRA-KTM pass-bundle calendar-beside"
)
KINDS += " cut-letters-mark page-names-its-letters package-says-it-for-all table-3-0 forwarded table-1-1 table-bad-rows written-utf-16 pdf-FRA-KTM"


@pytest.mark.parametrize("name", KINDS.split())
def test_inside_the_same_is_read_as_outside(name):
    case = next(case for case in CASES if case.name == name)
    assert read_confined("itinerary", case.content, ASKED) == outside(case.content)


def test_every_time_zone_is_there_inside():
    names = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})
    content = calendar(*(entry(name, f"DTSTART;TZID={name}:20260704T100000", "SUMMARY:x") for name in names))
    told = read_confined("itinerary", content, ASKED)
    assert len(told.legs) == len(names)
    assert all(isinstance(leg.departs, Instant) for leg in told.legs)
    assert told == outside(content)


def test_every_encoding_is_there_inside():
    message = EmailMessage()
    message["From"], message["Date"] = "a@example.org", "Mon, 23 Nov 2026 09:12:00 +0100"
    message.set_content("x")
    thing = {"@type": "Event", "name": "Werk", "startDate": "2026-12-07"}
    script = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    for name in sorted(TEXT_ENCODINGS):
        part = (f"<html>{script}</html>").encode(name, "replace")
        message.add_attachment(part, maintype="text", subtype="html", params={"charset": name.replace("_", "-")})
    content = message.as_bytes()
    told = read_confined("itinerary", content, ASKED)
    assert told == outside(content)
    assert [leg.title for leg in told.legs].count("Werk") >= 40


def test_a_refusal_comes_through_with_its_sentence_and_field():
    with pytest.raises(NotAccepted, match="no calendar, booking mail") as refusal:
        read_confined("itinerary", b"hello", ASKED)
    assert str(refusal.value) == NOT_A_TRIP
    with pytest.raises(NotAccepted) as refusal:
        read_confined("itinerary", b"hello", ASKED | {"home_zone": "Mars/Olympus"})
    assert refusal.value.field == "home_zone"


def test_wrong_keywords_never_reach_the_process():
    with pytest.raises(msgspec.ValidationError):
        read_confined("itinerary", b"hello", {"name": "x"})


TRIES = """
import json, os, socket, subprocess, sys
from gifthorse.procedures.confined_reading import confine_or_end
source = os.open("/dev/null", os.O_RDONLY)
confine_or_end(source)
def refused(act):
    try:
        act()
    except OSError:
        return True
    return False
tries = {
    "open": lambda: open("/etc/hostname"),
    "open own code": lambda: open(sys.executable),
    "list": lambda: os.listdir("/"),
    "write": lambda: open("/tmp/gifthorse-escaped", "w"),
    "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "local socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "program": lambda: subprocess.run(["/bin/true"]),
    "fork": os.fork,
}
os.write(1, json.dumps({name: refused(act) for name, act in tries.items()}).encode())
os._exit(0)
"""


def test_inside_no_file_socket_or_program_can_be_had():
    told = subprocess.run([sys.executable, "-I", "-c", TRIES], capture_output=True, check=True, timeout=60)
    tries = json.loads(told.stdout)
    assert len(tries) == 8
    assert all(tries.values()), tries


def answering(text: str, monkeypatch: pytest.MonkeyPatch, status: int = 0) -> None:
    """The next reading process is one that writes *text*: what a process that was taken over could do."""
    started = subprocess.Popen

    def start(_command, **options):
        program = f"import os; os.write(1, {text!r}.encode()); os._exit({status})"
        return started([sys.executable, "-I", "-c", program], **options)

    monkeypatch.setattr(confined_reading.subprocess, "Popen", start)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "nonsense",
        '{"refused": "Please call this number at once."}',
        '{"facts": {"read_as": 7}}',
        '{"facts": {"read_as": "mail", "legs": [{"kind": "spell"}]}}',
        '{"facts": {"read_as": "mail", "surprise": 1}}',
        '{"facts": {"read_as": "mail", "legs": [{"kind": "car", "departs": {"kind": "local", "on": "2026-12-07", "clock": 9999}}]}}',
        "[" * 5000,
    ],
)
def test_an_answer_of_any_other_shape_is_unreadable(text, monkeypatch):
    answering(text, monkeypatch)
    with pytest.raises(Unreadable):
        read_confined("itinerary", b"x", ASKED)


def test_a_sentence_of_the_reader_is_believed(monkeypatch):
    answering(json.dumps({"refused": OTHER_ZIP}), monkeypatch)
    with pytest.raises(NotAccepted, match="zip file"):
        read_confined("itinerary", b"x", ASKED)


def test_a_process_that_could_not_be_locked_in_is_said_to_be_so(monkeypatch):
    answering("", monkeypatch, status=3)
    with pytest.raises(NotConfined):
        read_confined("itinerary", b"x", ASKED)


def test_an_answer_that_never_ends_is_cut(monkeypatch):
    monkeypatch.setattr(confined_reading, "LARGEST_ANSWER", 1000)
    answering("x" * 100_000, monkeypatch)
    with pytest.raises(Unreadable):
        read_confined("itinerary", b"x", ASKED)


def test_a_process_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(confined_reading, "SECONDS", 0.2)
    started = subprocess.Popen
    processes = []

    def start(_command, **options):
        processes.append(started([sys.executable, "-I", "-c", "import time; time.sleep(600)"], **options))
        return processes[0]

    monkeypatch.setattr(confined_reading.subprocess, "Popen", start)
    with pytest.raises(Unreadable):
        read_confined("itinerary", b"x", ASKED)
    assert processes[0].poll() is not None


def test_no_name_of_a_file_or_person_stands_on_the_command_line(monkeypatch):
    started, commands = subprocess.Popen, []

    def start(command, **options):
        commands.append(command)
        return started(command, **options)

    monkeypatch.setattr(confined_reading.subprocess, "Popen", start)
    read_confined("itinerary", CASES[0].content, ASKED | {"name": "Reise von Ida Quellwasser"})
    assert "Quellwasser" not in " ".join(commands[0])


def test_no_descriptor_is_left_open():
    read_confined("itinerary", CASES[0].content, ASKED)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        read_confined("itinerary", CASES[0].content, ASKED)
    assert len(os.listdir("/proc/self/fd")) <= before


@pytest.mark.parametrize("name", sorted(READERS))
def test_everything_that_a_reader_names_is_there(name):
    reader = READERS[name]
    for part in Reader.__struct_fields__:
        assert found(getattr(reader, part)) is not None
    assert all(isinstance(sentence, str) for sentence in found(reader.refusals))
