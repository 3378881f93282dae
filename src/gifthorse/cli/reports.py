"""Reports as files: which forms there are, where they may be written, and how they come to be whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from gifthorse.cli.speech import N_, _, language
from gifthorse.inspect.report.forms import Form, form_for
from gifthorse.inspect.report.occasion import Occasion
from gifthorse.model.errors import NotAccepted
from gifthorse.model.inspections import Inspection, to_json

_OF_SEVERAL: Final = "json"  # the only form that can hold the inspections of several sources

Render = Callable[[Sequence[Inspection], str | None], bytes]


def prepared(paths: Sequence[str], sources: Sequence[str]) -> list[tuple[str, Render]]:
    """Each path with what will make its content; raises NotAccepted before the work begins, and for a report that would alter a source."""
    return [(path, _renderer(path, len(sources))) for path in paths if _is_apart(path, sources)]


def document(inspections: Sequence[Inspection]) -> str:
    """What `--json` prints: one document, or a list of them for several sources."""
    bodies = [to_json(inspection) for inspection in inspections]
    return (bodies[0] if len(bodies) == 1 else _listed(bodies)).decode()


def write(path: str, content: bytes) -> None:
    """The file at *path* holds *content*, whole."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".report-")
    try:
        with open(handle, "wb") as out:
            out.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _renderer(path: str, count: int) -> Render:
    try:
        form = form_for(path)
    except NotAccepted as error:
        raise NotAccepted(f"{path}: {_(str(error))}", field="report") from error
    if not os.path.isdir(os.path.dirname(path) or "."):
        raise NotAccepted(f"{path}: " + _(N_("There is no such folder for the report. Make it first, or choose another.")), field="report")
    if form.suffix != _OF_SEVERAL and count > 1:
        reason = N_("A report of this kind shows one source. Inspect the sources one by one, or write a .json report.")
        raise NotAccepted(f"{path}: " + _(reason), field="report")
    return lambda inspections, command: _rendered(form, inspections, command)


def _rendered(form: Form, inspections: Sequence[Inspection], command: str | None) -> bytes:
    bodies = [form.render(inspection, _occasion(inspection, command)) for inspection in inspections]
    return bodies[0] if len(bodies) == 1 else _listed(bodies)


def _occasion(inspection: Inspection, command: str | None) -> Occasion:
    return Occasion(inspected_at=inspection.inspected_at, command=command, language=language(), translate=_)


def _listed(bodies: Sequence[bytes]) -> bytes:
    """JSON documents as one list."""
    return msgspec.json.format(msgspec.json.encode([msgspec.Raw(body) for body in bodies]), indent=1) + b"\n"


def _is_apart(path: str, sources: Sequence[str]) -> bool:
    """Whether the report lies outside of every source; raises NotAccepted otherwise: an inspection never alters what it looks into."""
    place = os.path.realpath(path)
    for source in sources:
        root = os.path.realpath(source)
        if place == root or place.startswith(root.rstrip("/") + "/"):
            raise NotAccepted(f"{path}: " + _(N_("The report would alter what is inspected. Write it to another place.")), field="report")
    return True
