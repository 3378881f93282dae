"""PDF files (ISO 32000) by their objects: every object that qpdf can reach, also inside object streams and however its names are spelt.

Each object is written out by qpdf in its one canonical spelling, and only those that name something active are taken apart. So an
ordinary file costs about four microseconds per object, and ``/J#61vaScript`` in a compressed object stream is ``/JavaScript`` here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any, Final

from gifthorse.inspect.documents.damage import FORMAT_ERRORS
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.documents.pdf_remains import Remain, remains_of
from gifthorse.inspect.item import Item

MOST_OBJECTS: Final = 300_000
MOST_DECODED: Final = 64 << 20
MOST_SCRIPT: Final = 4 << 20
MOST_KEPT: Final = 500
MOST_DEPTH: Final = 60

_ACTIVE: Final = re.compile(rb"/(?:JS|JavaScript|Launch|EF|EmbeddedFile|OpenAction|AA|XFA|GoToR|GoToE|SubmitForm|ImportData|URI|FFilter)\b")
_HELD_OBJECTS: Final = re.compile(rb"/N\s{1,4}(\d{1,9})\b")
_LIMITS: Final = "limits error"  # what qpdf warns of when it leaves out what lies too deep or takes too much memory
_REPRESENTATION: Final = re.compile(r"(?:stream )?<[\w.]+ object at 0x[0-9a-fA-F]+>:? ?")
_SCRIPT_BEGINS: Final = re.compile(r"<(?:\w{1,20}:)?script\b[^>]{0,500}>", re.IGNORECASE)
_SCRIPT_ENDS: Final = re.compile(r"</(?:\w{1,20}:)?script\s*>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """One piece of JavaScript. `kind` is "action" or "form" (a script of an XFA form)."""

    text: str
    kind: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One action that leaves the document. `kind` is its type ("Launch"), `unasked` when it runs on opening, without a click."""

    kind: str
    target: str
    arguments: str
    unasked: bool
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file carried along. `stream` holds its bytes; use `attached`."""

    untrusted_name: str
    stream: Any
    place: str


@dataclass(kw_only=True)
class PdfFacts:
    """What was read of one file. `fields` counts the form's fields; `damaged` and `more_objects` say why not all was read, `remains` what
    the bare bytes of a broken file still show.
    """

    scripts: list[Script] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    fields: int = 0
    needs_password: bool = False
    owner_locked: bool = False
    damaged: str = ""
    remains: list[Remain] = field(default_factory=list)
    more_objects: int = 0
    document: Any = None  # keeps the attachments' streams alive


@cache
def qpdf() -> Any:
    """The library, its decoders limited once for this process so that a stream can't unfold without end."""
    import pikepdf
    from pikepdf import settings

    settings.set_qpdf_limits(
        flate_max_memory=MOST_DECODED,
        run_length_max_memory=MOST_DECODED,
        png_max_memory=MOST_DECODED,
        tiff_max_memory=MOST_DECODED,
        dct_max_memory=MOST_DECODED,
        max_stream_filters=6,
        parser_max_nesting=200,
        parser_max_container_size=5_000_000,
    )
    return pikepdf


def open_randomness() -> None:
    """The library holds its source of randomness open, which it wants for a locked file and could not reach from a confined worker."""
    pikepdf = qpdf()
    with pikepdf.new() as pdf:
        pdf.docinfo["/Title"] = "locked"  # with the older method, which costs a fortieth, only what is locked needs randomness
        pdf.save(BytesIO(), encryption=pikepdf.Encryption(owner="o", user="u", R=4))


@once
def pdf_of(item: Item) -> PdfFacts:
    """The facts of the item; a file that can't be read gives none and says why."""
    facts = PdfFacts()
    pikepdf = qpdf()
    stated = stated_objects(item)
    if stated > MOST_OBJECTS:  # the library would hold all of them at once
        facts.more_objects = stated
        facts.remains = remains_of(item)
        return facts
    try:
        pdf = pikepdf.open(item.content.open())
        facts.document = pdf
        facts.owner_locked = bool(pdf.is_encrypted)
        Walk(pikepdf, pdf, facts).run()
        left_out = [str(warning) for warning in pdf.get_warnings() if _LIMITS in str(warning)]
        if left_out:
            facts.damaged = facts.damaged or _REPRESENTATION.sub("", left_out[0]).strip(" :")
            facts.remains = remains_of(item)
    except pikepdf.PasswordError:
        facts.needs_password = True
    except (*FORMAT_ERRORS, pikepdf.PdfError, RuntimeError) as error:
        facts.needs_password = "encryption" in str(error)  # locked for the holders of certain keys, or in a way that qpdf can't open
        facts.damaged = plain_words(error)
        facts.remains = remains_of(item)
    return facts


def stated_objects(item: Item) -> int:
    """How many objects begin in the bare bytes, those that object streams say they hold (7.5.7) included; a rough count from above."""
    count = 0
    for chunk in item.content.chunks():
        piece = bytes(chunk)
        count += piece.count(b"obj") - piece.count(b"endobj")
        count += sum(int(match[1]) for match in _HELD_OBJECTS.finditer(piece)) if b"/ObjStm" in piece else 0
    return count


def plain_words(error: Exception) -> str:
    """The library's message without what changes from run to run: object representations with their addresses."""
    return _REPRESENTATION.sub("", str(error)).strip(" :") or type(error).__name__


def attached(attachment: Attachment) -> bytes | None:
    """The attachment's bytes; None when they can't be decoded within the limits."""
    try:
        return bytes(attachment.stream.read_bytes())
    except (*FORMAT_ERRORS, qpdf().PdfError, RuntimeError):
        return None


class Walk:
    """One pass over all objects of a file, which fills its facts."""

    def __init__(self, pikepdf: Any, pdf: Any, facts: PdfFacts) -> None:
        self._pdf = pdf
        self._facts = facts
        self._dictionary = pikepdf.Dictionary
        self._stream = pikepdf.Stream
        self._array = pikepdf.Array
        self._string = pikepdf.String
        self._errors = (*FORMAT_ERRORS, pikepdf.PdfError, RuntimeError)
        self._attached: set[tuple[int, int]] = set()
        self._unasked: set[tuple[int, int]] = set()
        self._decoded = 0
        self._loose: list[tuple[str, Any]] = []

    def run(self) -> None:
        """The facts hold what the objects say."""
        self._mark_unasked(self._pdf.Root)
        objects = self._pdf.objects
        for position, found in enumerate(objects):
            if position >= MOST_OBJECTS:
                self._facts.more_objects = len(objects) - position
                break
            try:
                self._object(found)
            except self._errors as error:
                self._facts.damaged = self._facts.damaged or plain_words(error)
        for place, stream in self._loose:
            if stream.objgen not in self._attached:
                self._facts.attachments.append(Attachment(untrusted_name="", stream=stream, place=place))

    def _mark_unasked(self, root: Any) -> None:
        """Remembers the actions that run when the document or a page opens (7.7.2 OpenAction, 12.6.3 AA of catalog)."""
        self._mark_chain(root.get("/OpenAction"))
        additional = root.get("/AA")
        if isinstance(additional, self._dictionary):
            for action in additional.values():
                self._mark_chain(action)

    def _mark_chain(self, action: Any) -> None:
        for _ in range(20):
            if not isinstance(action, self._dictionary):
                return
            self._unasked.add(action.objgen)
            action = action.get("/Next")

    def _object(self, found: Any) -> None:
        if not isinstance(found, (self._dictionary, self._stream, self._array)):
            return
        is_stream = isinstance(found, self._stream)
        dictionary = found.stream_dict if is_stream else found
        written = dictionary.unparse(resolved=True)
        self._facts.fields += b"/FT /" in written
        if not _ACTIVE.search(written):
            return
        place = f"object {found.objgen[0]}"
        if is_stream and str(dictionary.get("/Type", "")) == "/EmbeddedFile":
            self._loose.append((place, found))
        self._inside(dictionary, place, unasked=found.objgen in self._unasked and found.objgen != (0, 0), depth=0)

    def _inside(self, found: Any, place: str, *, unasked: bool, depth: int) -> None:
        """Takes apart *found* and what it holds directly; what it refers to comes by itself."""
        if depth > MOST_DEPTH or len(self._facts.scripts) + len(self._facts.actions) > MOST_KEPT:
            return
        if isinstance(found, self._array):
            for value in found:
                self._child(value, place, unasked=unasked, depth=depth)
            return
        self._dictionary_facts(found, place, unasked=unasked)
        for key, value in found.items():
            self._child(value, place, unasked=unasked or key in {"/OpenAction", "/AA"}, depth=depth)

    def _child(self, value: Any, place: str, *, unasked: bool, depth: int) -> None:
        if isinstance(value, (self._dictionary, self._array)) and not value.is_indirect:
            self._inside(value, place, unasked=unasked, depth=depth + 1)

    def _dictionary_facts(self, found: Any, place: str, *, unasked: bool) -> None:
        if "/JS" in found:
            self._facts.scripts.append(Script(text=self._text(found["/JS"]), kind="action", place=place))
        if "/XFA" in found:
            self._facts.scripts.extend(self._form_scripts(found["/XFA"], place))
        if "/EF" in found:
            self._attachments(found, place)
        kind = str(found.get("/S", ""))
        if kind in {"/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/URI"}:
            self._facts.actions.append(self._action(found, kind[1:], place, unasked=unasked))
        elif "/FFilter" in found or (isinstance(found.get("/F"), self._string) and "/Length" in found):
            target = self._file(found.get("/F"))
            self._facts.actions.append(Action(kind="external stream", target=target, arguments="", unasked=True, place=place))

    def _action(self, found: Any, kind: str, place: str, *, unasked: bool) -> Action:
        windows = found.get("/Win")
        target = self._file(found.get("/F")) or self._text(found.get("/URI"))
        arguments = ""
        if isinstance(windows, self._dictionary):
            target = self._file(windows.get("/F")) or target
            arguments = self._text(windows.get("/P"))
        return Action(kind=kind, target=target, arguments=arguments, unasked=unasked, place=place)

    def _file(self, specification: Any) -> str:
        """The name in a file specification (7.11), in whichever of its keys it stands."""
        if isinstance(specification, self._dictionary):
            texts = (self._text(specification.get(key)) for key in ("/UF", "/F", "/DOS", "/Unix", "/Mac"))
            return next((text for text in texts if text), "")
        return self._text(specification)

    def _attachments(self, specification: Any, place: str) -> None:
        name = self._file(specification)
        files = specification["/EF"]
        for stream in files.values() if isinstance(files, self._dictionary) else ():
            if isinstance(stream, self._stream) and stream.objgen not in self._attached and len(self._attached) < MOST_KEPT:
                self._attached.add(stream.objgen)
                self._facts.attachments.append(Attachment(untrusted_name=name, stream=stream, place=place))

    def _form_scripts(self, form: Any, place: str) -> Iterator[Script]:
        """The scripts of an XFA form, whose XML is one stream or a list of named pieces (12.7.8)."""
        pieces = list(form) if isinstance(form, self._array) else [form]
        xml = "".join(self._text(piece) for piece in pieces if isinstance(piece, self._stream))
        at = 0
        for _ in range(MOST_KEPT):
            begin = _SCRIPT_BEGINS.search(xml, at)
            if begin is None:
                return
            end = _SCRIPT_ENDS.search(xml, begin.end())
            at = end.end() if end else len(xml)
            text = xml[begin.end() : end.start() if end else len(xml)]
            if text.strip():
                yield Script(text=text, kind="form", place=place)

    def _text(self, value: Any) -> str:
        """The text of a string or stream object; empty for anything else."""
        if isinstance(value, self._stream) and self._decoded < MOST_DECODED:
            body = bytes(value.read_bytes())
            self._decoded += len(body)
            body = body[:MOST_SCRIPT]
            encoding = "utf-16" if body[:2] in {b"\xfe\xff", b"\xff\xfe"} else "utf-8"
            return body.decode(encoding, "replace")
        return str(value) if isinstance(value, (self._string, str)) else ""
