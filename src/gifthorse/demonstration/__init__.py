"""The demonstration organisation: a fictional company whose people, items and media are made here and go through the same procedures
as real ones.
"""


def load() -> list[str]:
    """The lines that tell the demonstration's accounts; the organisation is there afterwards."""
    from gifthorse.demonstration.loading import load as load_organisation

    return load_organisation()
