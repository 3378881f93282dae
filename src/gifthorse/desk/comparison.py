"""What the page of a comparison shows: each kind of change with its number, and as many lines as anybody reads."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gifthorse.model.findings import Finding
from gifthorse.model.inspections import Content
from gifthorse.procedures.compare_inspections import Comparison

LINES: Final = 200


def comparison_page(compared: Comparison) -> dict[str, Any]:
    """The names that the template of the comparison uses."""
    moved = [(one.now, one.before.path) for one in compared.moved_files]
    return {
        "of": compared,
        "findings": [
            _group(_("New findings"), _gravest_first(compared.new_findings)),
            _group(_("Findings that are gone"), _gravest_first(compared.gone_findings)),
        ],
        "files": [
            _group(_("New files"), _plain(compared.new_files)),
            _group(_("Files that are gone"), _plain(compared.gone_files)),
            _group(_("Files with other content"), _plain(compared.changed_files)),
            _group(_("Files in another place"), moved),
        ],
        "nothing_changed": not any((compared.new_findings, compared.gone_findings, compared.new_files, compared.gone_files))
        and not any((compared.changed_files, compared.moved_files)),
    }


def _gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: -one.severity.rank)


def _plain(files: Sequence[Content]) -> list[tuple[Content, str]]:
    return [(one, "") for one in files]


def _group(title: str | Promise, of: Sequence[Any]) -> dict[str, Any]:
    return {"title": title, "number": len(of), "shown": of[:LINES], "more": max(0, len(of) - LINES)}
