"""What runs in the background goes on, whatever happens to one of its parts."""

import threading

import pytest
from django.db import OperationalError

from gifthorse.desk import jobs
from gifthorse.procedures import prepare_picture

pytestmark = pytest.mark.django_db


class Turns(threading.Event):
    """Over after some turns, without a clock."""

    def __init__(self, turns):
        super().__init__()
        self.left = turns

    def wait(self, _timeout=None):
        self.left -= 1
        return self.left < 0


def test_a_photograph_that_breaks_the_work_keeps_no_other_waiting_and_is_not_tried_again(monkeypatch):
    tried = []

    def prepare(exhibit_id):
        tried.append(exhibit_id)
        if exhibit_id == "broken":
            raise RuntimeError("a defect of ours")
        return True

    monkeypatch.setattr(prepare_picture, "waiting", lambda: ["broken", "good"])
    monkeypatch.setattr(prepare_picture, "prepare", prepare)
    monkeypatch.setattr(jobs.connection, "close", lambda: None)
    jobs.redraw_photographs(Turns(2))
    assert tried == ["broken", "good", "good"]


def test_a_database_that_is_away_for_a_moment_does_not_end_the_work(monkeypatch):
    answers = [OperationalError("away"), ["good"]]
    tried = []

    def waiting():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(prepare_picture, "waiting", waiting)
    monkeypatch.setattr(prepare_picture, "prepare", tried.append)
    monkeypatch.setattr(jobs.connection, "close", lambda: None)
    jobs.redraw_photographs(Turns(2))
    assert tried == ["good"]
