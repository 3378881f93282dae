"""Blind to origin: nobody's name, language, place or channel can be read, and swapping them changes nothing, to the last bit."""

import ast
import json
import random
from pathlib import Path

import msgspec
import pytest

import gifthorse.assess
from gifthorse.assess.archetypes import ordinary_life
from gifthorse.assess.case_files import read_cases
from gifthorse.assess.levels import standard_thresholds
from gifthorse.assess.replay import replay
from gifthorse.assess.score import score
from gifthorse.assess.simulation import years_of_life
from gifthorse.model.observations import Observation
from tests.samples.coded_cases import CODED_CASES

HISTORIES = 10_000
FORBIDDEN = {
    *(
        "nationality",
        "nationalities",
        "national",
        "country",
        "countries",
        "language",
        "languages",
        "religion",
        "ethnicity",
        "ethnic",
        "race",
    ),
    *(
        "citizen",
        "citizenship",
        "passport",
        "visa",
        "address",
        "addresses",
        "tld",
        "domain",
        "phone",
        "telephone",
        "prefix",
        "city",
        "cities",
    ),
    *("script", "scripts", "alphabet", "channel", "channels", "destination", "destinations", "birthplace", "surname", "forename", "origin"),
    *("name", "names", "title", "titles", "sponsor", "sponsors", "host", "hosts", "flag", "accent", "gender", "locale", "region"),
    *("offered", "narrative", "email", "mail", "url", "ip", "latitude", "longitude"),
}
FIELDS = {"month", "thread", "reporter", "tactics", "ask_level", "elements", "favour", "grade", "mitigators"}


def test_the_set_of_what_can_be_observed_is_closed():
    assert {field.name for field in msgspec.structs.fields(Observation)} == FIELDS
    with pytest.raises(TypeError):
        Observation(month=0.0, thread="t", reporter="r", country="x")
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(b'{"month": 0, "thread": "t", "reporter": "r", "channel": "mail"}', type=Observation)


def identifiers(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg | ast.keyword):
            yield node.arg or ""
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.ExceptHandler):
            yield node.name or ""


def words_of(identifier):
    parts = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in identifier).replace(".", "_").split("_")
    return {part for part in parts if part}


def offences(source):
    return sorted({word for identifier in identifiers(ast.parse(source)) for word in words_of(identifier) & FORBIDDEN})


@pytest.mark.parametrize("module", sorted(Path(gifthorse.assess.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_no_identifier_in_the_room_speaks_of_origin(module):
    assert offences(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", ["def f(name): ...", "x.nationality", "f(country=1)", "from a import channel", "homeCity = 1"])
def test_the_check_of_identifiers_can_fail(source):
    assert offences(source)


def disguised(thread, chance):
    """The same behaviour by other people, elsewhere: every opaque id is another one."""
    reporters = {observation.reporter: f"{chance.getrandbits(64):x}" for observation in thread}
    element = f"{chance.getrandbits(64):x}"
    return tuple(
        msgspec.structs.replace(
            observation,
            thread=f"王{chance.getrandbits(32)}",
            reporter=reporters[observation.reporter],
            elements=(element,) if chance.random() < 0.5 else (),
        )
        for observation in thread
    )


def test_who_and_where_changes_no_bit_of_ten_thousand_histories():
    chance = random.Random(20)
    histories = 0
    while histories < HISTORIES:
        for _, thread in years_of_life(ordinary_life(), 60, 1, chance):
            assert score(disguised(thread, chance)) == score(thread)
            histories += 1


def other_words(value, chance):
    return f"{chance.choice(('Ζ', 'ж', 'عين', '田中', 'Ó'))}{chance.getrandbits(40)}" if isinstance(value, str) else value


def test_titles_sponsors_channels_and_free_text_of_cases_change_no_bit():
    chance = random.Random(21)
    swapped = json.loads(CODED_CASES)
    for case in swapped["cases"]:
        case |= {key: other_words(case.get(key, ""), chance) for key in ("title", "sector", "status", "notes")}
        case["meta_never_for_scoring"] = {"sponsor": other_words("", chance), "host": other_words("", chance), "more": [1, None]}
        observers = {}
        for report in case["timeline"]:
            report |= {key: other_words("", chance) for key in ("channel", "offered", "asked", "basis")}
            report["observer"] = observers.setdefault(report["observer"], other_words("", chance))
    thresholds = standard_thresholds()
    before = [replay(case, thresholds) for case in read_cases(CODED_CASES)]
    assert [replay(case, thresholds) for case in read_cases(json.dumps(swapped).encode())] == before
    assert any(case.first.talk is not None for case in before)


def test_sentences_never_suspect_anybody():
    chance = random.Random(22)
    said = [
        reason.sentence.in_english().lower()
        for _, thread in years_of_life(ordinary_life(), 60, 1, chance)
        for reason in score(thread).reasons
    ]
    assert said
    assert not [sentence for sentence in said if any(word in sentence for word in ("suspect", "spy", "agent", "guilty", "foreign"))]
