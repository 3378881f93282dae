"""`gifthorse assess` at the console: its documents, its tables, its exit statuses."""

import json

import pytest

from gifthorse.cli import obey
from tests.samples.coded_cases import CODED_CASES, DOCUMENT


@pytest.fixture
def said(capsys):
    """Obeys a command: its exit status, what it printed, what it complained."""

    def say(*arguments):
        status = obey(["assess", *(str(argument) for argument in arguments)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return say


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.json"
    path.write_bytes(CODED_CASES)
    return path


def test_replay_gives_the_document_of_the_contract(said, cases):
    status, out, err = said("replay", cases, "--json")
    document = json.loads(out)
    assert (status, err) == (1, "")
    assert document["schema"] == "gifthorse.replay/1"
    assert set(document["thresholds"]) == {"watch", "talk", "act"}
    assert [case["id"] for case in document["cases"]] == [case["id"] for case in DOCUMENT["cases"]]
    for case in document["cases"]:
        assert set(case["first"]) == {"watch", "talk", "act"}
        for step in case["steps"]:
            assert set(step) >= {"m", "score", "level", "reasons"}
            assert abs(sum(reason["points"] for reason in step["reasons"]) - step["score"]) < 1e-9
            assert all(reason["sentence"] and isinstance(reason["observations"], list) for reason in step["reasons"])


def test_replay_shows_a_person_months_and_sentences(said, cases):
    status, out, _ = said("replay", cases)
    assert status == 1
    assert "glassworks: watch in month" in out
    assert "choir: no level reached" in out
    assert "Asked: " in out
    assert "A level says how much a thread should move the desk" in out
    assert "suspect" not in out


def test_replay_of_harmless_cases_has_nothing_to_act_on(said, tmp_path):
    path = tmp_path / "calm.json"
    path.write_text(json.dumps(DOCUMENT | {"cases": [case for case in DOCUMENT["cases"] if case["label"] == "negative"]}))
    assert said("replay", path)[0] == 0


def test_replay_with_thresholds_of_ones_own(said, cases, tmp_path):
    high = tmp_path / "high.json"
    high.write_text('{"watch": 50, "talk": 60, "act": 70}')
    status, out, _ = said("replay", cases, "--thresholds", high, "--json")
    assert status == 0
    assert json.loads(out)["thresholds"] == {"watch": 50, "talk": 60, "act": 70}


def test_replay_of_no_cases_and_of_a_case_without_observations(said, tmp_path):
    path = tmp_path / "few.json"
    path.write_text('{"schema": "gifthorse.cases/1", "cases": [{"id": "bare", "timeline": []}]}')
    status, out, _ = said("replay", path)
    assert status == 0
    assert "no observations" in out
    assert json.loads(said("replay", path, "--json")[1])["cases"] == [
        {"id": "bare", "steps": [], "first": {"watch": None, "talk": None, "act": None}}
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff", b'{"schema": "gifthorse.cases/1", "cases": 3}'], ids=["empty", "bare", "bytes", "type"]
)
def test_what_is_no_case_file_is_said_in_one_line(said, tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    status, out, err = said("replay", path)
    assert (status, out) == (2, "")
    assert err.startswith(f"gifthorse: {path}: ")
    assert err.count("\n") == 1


def test_missing_files_and_folders_are_said_in_one_line(said, cases, tmp_path):
    for arguments in (("replay", tmp_path / "none.json"), ("replay", tmp_path), ("replay", cases, "--thresholds", tmp_path / "none.json")):
        status, out, err = said(*arguments)
        assert (status, out) == (2, "")
        assert err.count("\n") == 1


def test_a_calibration_can_be_replayed_with(said, cases, tmp_path):
    status, out, err = said("calibrate", "--staff", 200, "--exposed", 60, "--seed", 3, "--years", 1, "--json")
    document = json.loads(out)
    assert (status, err) == (0, "")
    assert document["schema"] == "gifthorse.calibration/1"
    assert set(document["false_alerts_per_year"]) == set(document["thresholds"]) == {"watch", "talk", "act"}
    assert document["threads_per_year"] > 600
    kept = tmp_path / "levels.json"
    kept.write_text(out)
    assert json.loads(said("replay", cases, "--thresholds", kept, "--json")[1])["thresholds"] == document["thresholds"]


def test_calibrate_shows_a_person_levels_and_where_false_alerts_come_from(said, tmp_path):
    rates = tmp_path / "rates.json"
    rates.write_text('{"family": 3, "recruiter": 0}')
    status, out, _ = said("calibrate", "--years", 1, "--rates", rates)
    assert status == 0
    assert "watch" in out
    assert "Relatives and their circle" in out
    assert "recruiter" not in out.lower()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--staff", "0"),
        ("--exposed", "300"),
        ("--years", "0"),
        ("--staff", "many"),
        ("--rates", "nowhere.json"),
    ],
    ids=lambda pair: pair[0],
)
def test_sizes_and_files_without_sense_are_said_in_one_line(said, arguments):
    status, out, err = said("calibrate", *arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err
