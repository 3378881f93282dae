"""The forms a report can take, by the ending of the file it goes to. What a form needs is loaded when it is first used."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from gifthorse.inspect.report.occasion import PLAIN, Occasion
from gifthorse.model.errors import NotAccepted
from gifthorse.model.inspections import Inspection, to_json
from gifthorse.model.words import N_


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form: `suffix` is the end of its file names, without the dot in front."""

    suffix: str
    media_type: str
    make: Callable[[Inspection, Occasion], bytes]

    def render(self, inspection: Inspection, occasion: Occasion = PLAIN) -> bytes:
        """The report of *inspection* in this form, as the bytes of a file."""
        return self.make(inspection, occasion)


def _html(inspection: Inspection, occasion: Occasion) -> bytes:
    from gifthorse.inspect.report.as_html import render

    return render(inspection, occasion).encode()


def _json(inspection: Inspection, _occasion: Occasion) -> bytes:
    return to_json(inspection, contents=True) + b"\n"


def _pdf(inspection: Inspection, occasion: Occasion) -> bytes:
    from gifthorse.inspect.report.as_pdf import render

    return render(inspection, occasion)


def _sarif(inspection: Inspection, occasion: Occasion) -> bytes:
    from gifthorse.inspect.report.as_sarif import render

    return render(inspection, occasion)


def _stix(inspection: Inspection, occasion: Occasion) -> bytes:
    from gifthorse.inspect.report.as_stix import render

    return render(inspection, occasion)


def _misp(inspection: Inspection, occasion: Occasion) -> bytes:
    from gifthorse.inspect.report.as_misp import render

    return render(inspection, occasion)


_ALL: Final = (
    Form(suffix="html", media_type="text/html; charset=utf-8", make=_html),
    Form(suffix="pdf", media_type="application/pdf", make=_pdf),
    Form(suffix="json", media_type="application/json", make=_json),
    Form(suffix="sarif", media_type="application/sarif+json", make=_sarif),
    Form(suffix="stix.json", media_type="application/stix+json;version=2.1", make=_stix),
    Form(suffix="misp.json", media_type="application/json", make=_misp),
)
FORMS: Final = {form.suffix: form for form in _ALL}
_REFUSAL: Final = N_(
    "A report can't be written to a file of this name. Let it end in .html, .pdf, .json, .sarif, .stix.json or .misp.json."
)


def form_for(path: str | PurePath) -> Form:
    """The form that the ending of *path* asks for; raises NotAccepted with the endings that work."""
    name = PurePath(path).name.lower()
    fitting = [form for form in _ALL if name.endswith("." + form.suffix) and len(name) > len(form.suffix) + 1]
    if not fitting:
        raise NotAccepted(_REFUSAL, field="report")
    return max(fitting, key=lambda form: len(form.suffix))
