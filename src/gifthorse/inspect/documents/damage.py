"""What a parser says when a document can't be read as what it claims to be, and the errors of libraries that mean just that."""

import struct
import zlib
from typing import Final
from xml.parsers.expat import ExpatError


class DamagedDocument(Exception):
    """The bytes don't follow their format (cut off, edited, or made to break readers)."""


# What the standard library and olefile raise on bytes that don't follow the format. MemoryError is not among them: it ends the worker.
FORMAT_ERRORS: Final = (
    DamagedDocument,
    OSError,
    EOFError,
    ValueError,  # also UnicodeDecodeError
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    struct.error,
    zlib.error,
    ExpatError,
)
