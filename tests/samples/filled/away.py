"""The page for being away, of the office that the browser visits."""

from tests.samples.office import Office

PAGES: dict[str, list[str]] = {"mara": ["/away/"]}


def fill(_office: Office) -> dict[str, str]:
    """Nothing of its own."""
    return {}
