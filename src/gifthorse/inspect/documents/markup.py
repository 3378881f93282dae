"""XML parts of documents as a flat list of what they hold. Document types and entities are refused: office formats forbid them."""

from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from gifthorse.inspect.documents.damage import DamagedDocument

MOST_EVENTS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Opened:
    """An element begins: its local name and its attributes by local name."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Closed:
    """An element ends."""

    name: str


Event = Opened | Closed | str


def events(xml: bytes, *, text: bool = False, wanted: frozenset[str] | None = None) -> list[Event]:
    """What *xml* holds, in order: elements (those *wanted* by local name, or all), and character data if *text*.

    What stands before damage is kept; raises DamagedDocument if nothing does.
    """
    found: list[Event] = []
    names: dict[str, str] = {}  # a document has few different names and many elements

    parser = expat.ParserCreate()
    parser.buffer_text = True

    def opened(name: str, attributes: dict[str, str]) -> None:
        known = names.setdefault(name, name.rpartition(":")[2])
        if wanted is not None and known not in wanted:
            return
        if len(found) > MOST_EVENTS:
            raise DamagedDocument("too many elements")
        found.append(Opened(known, {local(key): value for key, value in attributes.items()}))

    def refused(*_: object) -> None:
        raise DamagedDocument("a document type in an office part")

    parser.StartElementHandler = opened
    if wanted is None:
        parser.EndElementHandler = lambda name: found.append(Closed(local(name)))
    parser.StartDoctypeDeclHandler = refused
    if text:
        parser.CharacterDataHandler = found.append
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, DamagedDocument, ValueError, LookupError) as error:
        if not found:
            raise DamagedDocument(str(error)) from error
    return found


def elements(xml: bytes, *wanted: str) -> list[Opened]:
    """The elements of *xml* in order, those named *wanted* or all; raises DamagedDocument when not even the first can be read."""
    return [event for event in events(xml, wanted=frozenset(wanted) or None) if isinstance(event, Opened)]


def local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2]
