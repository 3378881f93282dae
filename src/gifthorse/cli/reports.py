"""Reports as files: which kinds there are, where they may be written, and how they come to be whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from gifthorse.cli.speech import N_, _
from gifthorse.model.errors import NotAccepted
from gifthorse.model.inspections import Inspection, to_json

RENDERERS: Final = {".json": "as_json", ".html": "as_html"}  # ending → module of gifthorse.inspect.report
_ENDINGS_OF_OTHERS: Final = (".stix.json", ".misp.json")

Render = Callable[[Sequence[Inspection]], str]


def prepared(paths: Sequence[str], sources: Sequence[str]) -> list[tuple[str, Render]]:
    """Each path with what will write it; raises NotAccepted before the work begins, and for a report that would alter a source."""
    return [(path, _renderer(path, len(sources))) for path in paths if _is_apart(path, sources)]


def document(inspections: Sequence[Inspection]) -> str:
    """What `--json` prints: one document, or a list of them for several sources."""
    bodies = [to_json(inspection).decode() for inspection in inspections]
    return bodies[0] if len(bodies) == 1 else "[" + ",\n".join(bodies) + "]"


def write(path: str, text: str) -> None:
    """The file at *path* holds *text*, whole."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".report-")
    try:
        with open(handle, "w", encoding="utf-8") as out:
            out.write(text)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _renderer(path: str, count: int) -> Render:
    ending = next((ending for ending in RENDERERS if path.lower().endswith(ending)), None)
    if ending is None or path.lower().endswith(_ENDINGS_OF_OTHERS):
        raise NotAccepted(f"{path}: " + _(N_("Reports of this kind are not written by this version. Use .html or .json.")), field="report")
    if not os.path.isdir(os.path.dirname(path) or "."):
        raise NotAccepted(f"{path}: " + _(N_("There is no such folder for the report. Make it first, or choose another.")), field="report")
    if ending == ".html" and count > 1:
        raise NotAccepted(f"{path}: " + _(N_("An HTML report shows one source. Inspect the sources one by one.")), field="report")
    render_one: Callable[[Inspection], str] = import_module(f"gifthorse.inspect.report.{RENDERERS[ending]}").render
    return lambda inspections: _joined([render_one(inspection) for inspection in inspections])


def _joined(rendered: list[str]) -> str:
    return rendered[0] if len(rendered) == 1 else "[" + ",\n".join(rendered) + "]\n"


def _is_apart(path: str, sources: Sequence[str]) -> bool:
    """Whether the report lies outside of every source; raises NotAccepted otherwise: an inspection never alters what it looks into."""
    place = os.path.realpath(path)
    for source in sources:
        root = os.path.realpath(source)
        if place == root or place.startswith(root.rstrip("/") + "/"):
            raise NotAccepted(f"{path}: " + _(N_("The report would alter what is inspected. Write it to another place.")), field="report")
    return True
