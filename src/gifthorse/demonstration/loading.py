"""Plays the demonstration: its people report, take in, inspect, decide and answer through the same procedures as anybody."""

import tempfile
from datetime import timedelta

from gifthorse.demonstration.organisation import NAME, PASSWORD, PEOPLE, STORIES, Story
from gifthorse.demonstration.years import YEARS, live
from gifthorse.model.roles import DESK_ITSELF, Actor
from gifthorse.procedures import (
    answer_reporter,
    attach_exhibit,
    decide_item,
    hand_over,
    keep_accounts,
    perform_inspection,
    report_gift,
    start_inspection,
    take_custody,
    withdraw_item,
)
from gifthorse.procedures.acting import as_of, now
from gifthorse.store.tables.account import Account

CHUNK = 1 << 20


def load() -> list[str]:
    """The lines that tell the demonstration's accounts. A desk that has accounts already is left as it is."""
    if not Account.objects.exists():
        moment = now()
        with as_of(moment - timedelta(days=365 * YEARS)):
            actors = {person.login: _hired(person.login) for person in PEOPLE}
        live(moment, officers=(actors["officer"], actors["deputy"]), admin=actors["admin"])
        for story in STORIES:
            play(story, actors)
    return [
        f"Demonstration organisation: {NAME} (fictional). Every account's password is {PASSWORD}",
        *(f"  {person.login:<10} {', '.join(role.value for role in person.roles)}" for person in PEOPLE),
    ]


def _hired(login: str) -> Actor:
    person = next(person for person in PEOPLE if person.login == login)
    identity = {"name": person.name, "mail": f"{login}@brightwater.example", "unit": person.unit}
    return keep_accounts.create(DESK_ITSELF, login, PASSWORD, person.roles, identity).as_actor()


def play(story: Story, actors: dict[str, Actor]) -> str:
    """The id of the item, after everything of *story* has happened."""
    reporter, officer = actors[story.reporter], actors["officer"]
    item_id = report_gift.report_gift(reporter, story.report).pk
    if story.withdrawn:
        withdraw_item.withdraw(reporter, item_id)
    if not story.seal:
        return item_id
    take_custody.take_custody(officer, item_id, seal_number=story.seal, place=story.place, seal_intact=True)
    if story.medium:
        _bring(officer, item_id, story)
    if story.outcome:
        decide_item.decide(officer, item_id, story.outcome, story.reason)
    if story.answer:
        answer_reporter.answer(officer, item_id, story.answer)
    if story.handed_to:
        colleague = actors.get(story.handed_to)
        inside, outside = (colleague.person, "") if colleague else ("", story.handed_to)
        hand_over.hand_over(officer, item_id, receiver=inside, outside=outside, seal_number=story.seal, seal_intact=True)
    if story.closed:
        decide_item.close(officer, item_id)
    return item_id


def _bring(officer: Actor, item_id: str, story: Story) -> None:
    assert story.medium is not None
    name, write = story.medium
    arrival = attach_exhibit.begin(officer, item_id, name)
    with tempfile.TemporaryFile() as medium:
        write(medium)
        medium.seek(0)
        while chunk := medium.read(CHUNK):
            arrival.write(chunk)
    exhibit = arrival.finish()
    if story.inspected:
        queued: list[str] = []
        start_inspection.start(officer, exhibit.pk, queued.append)
        for inspection_id in queued:
            perform_inspection.perform(inspection_id)
