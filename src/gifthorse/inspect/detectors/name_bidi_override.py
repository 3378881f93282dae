"""Names whose letters appear in another order than they are stored, so that a program shows a picture's ending."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.bidi import CONTROLS, MARKS, OVERRIDES, displayed, has_right_to_left_letters
from gifthorse.inspect.formats.extensions import ending
from gifthorse.inspect.item import Item, shown
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

BIDI_OVERRIDE: Final = FindingKind(
    id="name.bidi-override",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("The name of this file hides how it really ends"),
    why=N_(
        "The name holds invisible characters that turn the direction of writing around. What a file manager shows is not the name that the "
        "computer uses: a program can look like a picture or a document."
    ),
    what_to_do=N_("Do not open the file. Go by the real name given here, and ask the giver through another channel what it is."),
    benign_explanation=N_(
        "Names in Arabic, Hebrew and other right-to-left scripts may carry single direction marks that some programs add."
    ),
    technique=("T1036.002",),
)
KINDS: Final = (BIDI_OVERRIDE,)
WANTS: Final[frozenset[FileType] | None] = None

_OVERRIDE_IN_PATH: Final = re.compile(r"\\u\{202[DE]\}")


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when the item's name holds direction controls: high when they change the ending that is seen."""
    name = item.untrusted_name
    if name.isascii() or CONTROLS.isdisjoint(name):
        return
    plain = "".join(character for character in name if character not in CONTROLS)
    seen = displayed(name)
    severity = _severity(name, ending(plain), ending(seen))
    yield BIDI_OVERRIDE.found(
        item.here(excerpt=name),
        severity=severity,
        confidence=0.98 if severity is Severity.HIGH else None,
        detail=phrase(
            N_("It is shown as “{seen}”; its real name ends in “{ending}”."), seen=shown(seen), ending=shown(ending(plain) or plain[-8:])
        ),
    )


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a finding for each folder whose name turns the direction of writing around (paths show the controls written out)."""
    for thing in seen:
        if thing.folder and not thing.deleted and _OVERRIDE_IN_PATH.search(thing.path.rpartition("/")[2]):
            yield BIDI_OVERRIDE.found(
                Evidence(path=thing.path, partition=thing.partition), detail=phrase(N_("It is the name of a folder."))
            )


def _severity(name: str, real_ending: str, seen_ending: str) -> Severity:
    right_to_left = has_right_to_left_letters(name)
    if real_ending != seen_ending and not (right_to_left and OVERRIDES.isdisjoint(name) and _ending_kept_apart(name, real_ending)):
        return Severity.HIGH
    if not OVERRIDES.isdisjoint(name):
        return Severity.MEDIUM
    only_marks = all(character in MARKS for character in name if character in CONTROLS)
    return Severity.INFO if right_to_left or only_marks else Severity.MEDIUM


def _ending_kept_apart(name: str, real_ending: str) -> bool:
    """Whether the ending's own letters stand together after the last control, as they do in right-to-left names that mark their
    direction.
    """
    last = max(place for place, character in enumerate(name) if character in CONTROLS)
    return name[last + 1 :].lower().endswith(real_ending)
