"""What kind of item a gift report is about, so that it can be handed to the desk without being described twice."""

from typing import Final

from gifthorse.model.custody import ItemKind
from gifthorse.model.reports import ReportKind
from gifthorse.report.answers import Answers

_KINDS: Final = {
    "stick": ItemKind.MEMORY_STICK,
    "camera": ItemKind.CAMERA,
    "phone": ItemKind.PHONE,
    "charger": ItemKind.CHARGER,
    "files": ItemKind.FILES,
    "cash": ItemKind.OBJECT,
    "personal": ItemKind.OBJECT,
}
_STILL_HERE: Final = frozenset({"sealed", "used", "desk"})


def item_to_hand_in(answers: Answers) -> ItemKind | None:
    """The kind of item that this gift report is about, or None when there is nothing to hand in (declined, eaten, given by us)."""
    chosen = answers.chosen()
    if answers.kind is not ReportKind.GIFT or not _STILL_HERE.intersection(chosen.get("now", ("sealed",))):
        return None
    return next((_KINDS[one] for one in chosen.get("what", ()) if one in _KINDS), None)
