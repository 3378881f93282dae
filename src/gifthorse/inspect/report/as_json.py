"""The report as one JSON document: CONTRACTS.md's shape, with the list of everything that was met."""

from gifthorse.model.inspections import Inspection, to_json


def render(inspection: Inspection) -> str:
    """The document as text."""
    return to_json(inspection, contents=True).decode()
