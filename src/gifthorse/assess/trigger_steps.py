"""The short procedure that belongs to each trigger: what the officer does, in order."""

from enum import StrEnum
from typing import Final

from gifthorse.model.words import N_, Phrase, phrase


class TriggerKind(StrEnum):
    """What happened, whatever any score says."""

    SPONSORED_TRIP = "sponsored_trip"
    LEAVER_CONTACTED = "leaver_contacted"
    UNDECLARED_RELATIONSHIP = "undeclared_relationship"
    COLLEAGUE_CONCERN = "colleague_concern"
    GONE_SILENT = "gone_silent"
    SAME_PRETEXT = "same_pretext"
    PASSED_ON = "passed_on"


_STEPS: Final = {
    TriggerKind.SPONSORED_TRIP: (
        N_("Before the trip, ask who pays, for what, and who else is invited."),
        N_("Offer to pay the trip from the budget, or to send two people."),
        N_("Brief the traveller on the know-how they hold, and agree what stays at home."),
        N_("Write the answer down: approved, approved with conditions, or declined with the reason."),
        N_("Book the talk after the trip now."),
    ),
    TriggerKind.LEAVER_CONTACTED: (
        N_("Invite the colleague to a friendly talk; thank them for telling."),
        N_("Remind them what stays confidential after they leave, and give it in writing."),
        N_("Check that access ends on the last day and that devices and papers come back."),
        N_("Leave them a way to ask for help after they have left."),
    ),
    TriggerKind.UNDECLARED_RELATIONSHIP: (
        N_("Talk to the colleague first, in private; a relationship is nobody's business until it meets their work."),
        N_("Explain what has to be declared and why, and offer to fill it in together."),
        N_("If it touches what they work on, agree on a simple separation and a date to look again."),
        N_("Note only what was agreed."),
    ),
    TriggerKind.COLLEAGUE_CONCERN: (
        N_("Ask the one who told you what they saw or heard themselves, when, and who else did."),
        N_("Weigh the other explanations, a grudge and a mistake among them, before you talk to anybody."),
        N_("Hear the colleague concerned before you draw any conclusion."),
        N_("Protect both: tell each only what they need to know. Answer the one who told you within a week."),
    ),
    TriggerKind.GONE_SILENT: (
        N_("Call the colleague: ask how they are, then how the contact goes on."),
        N_("Check whether an earlier report was left without an answer; if so, say sorry and answer it."),
        N_("Offer a short talk after the next trip or meeting, and put it into the calendar."),
    ),
    TriggerKind.SAME_PRETEXT: (
        N_("Put the approaches side by side: what was said, what was asked, how the contact was made."),
        N_("Check whether the contacts should be linked; confirm or refuse the link."),
        N_("Warn the colleagues who could be next, without naming those who reported."),
        N_("Give them a ready answer that moves the contact to the official way."),
    ),
    TriggerKind.PASSED_ON: (
        N_("Ask the colleague how the new contact introduced itself, and what it already knew."),
        N_("Read the earlier contact's thread again together with the new one."),
        N_("Confirm or refuse the link between the contacts."),
        N_("Agree with the colleague how to go on, or how to end it kindly."),
    ),
}


def steps(kind: TriggerKind) -> tuple[Phrase, ...]:
    """The procedure for *kind*, first step first."""
    return tuple(phrase(step) for step in _STEPS[kind])
