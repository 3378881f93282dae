"""Everything that gifthorse refuses to do, as one tree.

GifthorseError                  each message says what to do next
├── Refused                     the actor may not do this (the reason is given)
├── NotFound                    no such record, or none that the actor may know of
├── Unreadable                  a source that can't be opened or read
├── NotAccepted                 what was typed or sent doesn't fit: says which field and why
├── WrongState                  the record is not in a state that allows this
├── Damaged                     a record, ledger or backup doesn't match its digest
├── KeyMissing                  the key-encryption key is absent or the wrong one, or the record's key was destroyed
├── NotConfined                 the kernel can't confine a parser and the caller insisted on it
└── Interrupted                 the person or the desk asked to stop
"""


class GifthorseError(Exception):
    """The root: an error whose message a person can act on."""


class Refused(GifthorseError):
    """The actor may not do this."""


class NotFound(GifthorseError):
    """There is no such record, or none that the actor may know of."""


class Unreadable(GifthorseError):
    """The source can't be opened or read."""


class NotAccepted(GifthorseError):
    """What was typed or sent doesn't fit; *field* names the place."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class WrongState(GifthorseError):
    """The record is not in a state that allows this."""


class Damaged(GifthorseError):
    """A record, ledger or backup doesn't match its digest."""


class KeyMissing(GifthorseError):
    """The key-encryption key is absent or the wrong one, or the record's own key was destroyed."""


class NotConfined(GifthorseError):
    """The kernel can't confine a parser and the caller insisted on it."""


class Interrupted(GifthorseError):
    """The person or the desk asked to stop."""
