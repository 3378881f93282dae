"""Tables of short words, written as text because a list of one per line would fill pages."""


def listed(text: str) -> tuple[str, ...]:
    """The words of *text* in order."""
    return tuple(text.split())
