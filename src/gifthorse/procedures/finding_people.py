"""Our people by what somebody calls them exactly: name, staff number or mail address. Nothing is offered, so nobody can browse."""

from collections.abc import Iterable
from typing import Final

from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.procedures.kept_people import kept_people

NOBODY: Final = N_("Nobody of this name, staff number or mail address is in the register: “{name}”.")
TWO: Final = N_("More than one of our people is called “{name}”. Please give the staff number.")


class NobodyCalled(Exception):
    """A name that stands for nobody, or for more than one."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.in_english())
        self.why = why


class Register:
    """Everybody's names, read once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._by: dict[str, set[str]] = {}
        for kept in kept_people():
            if kept.erased:
                continue
            self._names[kept.id] = kept.told("name")
            for word in (kept.told("name"), kept.told("staff_number"), kept.told("mail")):
                if word:
                    self._by.setdefault(_plain(word), set()).add(kept.id)

    def people(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of *names*, each once. Raises NobodyCalled."""
        return tuple(dict.fromkeys(self._person(name) for name in names))

    def names(self, people: Iterable[str]) -> tuple[str, ...]:
        """How *people* are called."""
        return tuple(self._names.get(person, "") for person in people)

    def _person(self, name: str) -> str:
        found = self._by.get(_plain(name)) or self._by.get(_plain(_turned(name)), set())
        if len(found) != 1:
            raise NobodyCalled(phrase(TWO if found else NOBODY, name=name))
        return next(iter(found))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _turned(name: str) -> str:
    """“Family, Given” and “FAMILY/GIVEN” as “Given Family”."""
    family, mark, given = name.partition("," if "," in name else "/")
    return f"{given} {family}" if mark else name
