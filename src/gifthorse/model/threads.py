"""Where threads, links, triggers and cases stand, and what officers can decide about them."""

from enum import StrEnum
from typing import Final


class ThreadState(StrEnum):
    """What humans made of a thread. `MERGED`: its contact belongs to a group, whose first contact carries the thread on."""

    OPEN = "open"
    ORDINARY = "ordinary"
    MERGED = "merged"


class JudgementKind(StrEnum):
    """What an officer said about a thread; none of them is ever deleted."""

    TALK = "talk"  # an offer of help to our person
    ASK = "ask"  # a question to our person
    ORDINARY = "ordinary"  # ordinary business: the thread is closed
    REOPEN = "reopen"
    CONFIRM = "confirm"  # the level is right
    COMPARE = "compare"  # a step of the comparison of hypotheses, with the officer's cells and texts
    ACT = "act"  # counts once a second officer agreed
    AGREE = "agree"
    DISAGREE = "disagree"


ENDS_A_PROPOSAL: Final = frozenset({JudgementKind.AGREE, JudgementKind.DISAGREE})


class LinkState(StrEnum):
    """Where a pair of contacts stands; the desk only ever suggests."""

    SUGGESTED = "suggested"
    QUEUED = "queued"  # likely enough for whoever looks for more
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNDONE = "undone"  # confirmed or refused once, and taken back
    FADED = "faded"  # suggested once; since a correction too little speaks for it


WAITING: Final = frozenset({LinkState.SUGGESTED, LinkState.QUEUED})
DECIDED: Final = frozenset({LinkState.CONFIRMED, LinkState.REFUSED})


class TriggerState(StrEnum):
    """Whether the procedure of a trigger was gone through."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not-needed"


class NoteKind(StrEnum):
    """What stands in a case."""

    NOTE = "note"
    TASK = "task"
    HAND_OVER = "hand-over"


class CaseState(StrEnum):
    """Whether somebody works on it."""

    OPEN = "open"
    CLOSED = "closed"
