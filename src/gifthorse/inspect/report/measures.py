"""Numbers in words: sizes, places, certainty, durations."""

from typing import Final

from gifthorse.model.words import N_, Phrase, phrase

# Makers label media in powers of ten, so a traveller finds the same number on the stick.
_UNITS: Final = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
# After the scale of estimative words that intelligence analysts use (ICD 203), reduced to what a detector can claim.
_CERTAINTY: Final = (
    (0.95, N_("almost certain")),
    (0.80, N_("very likely")),
    (0.55, N_("likely")),
    (0.30, N_("possible")),
    (0.0, N_("a weak sign")),
)


def size_words(count: int) -> str:
    """*count* bytes as a person would say it, such as ``31.9 GB``."""
    for unit, factor in _UNITS:
        if count >= factor:
            number = count / factor
            return f"{number:.3g} {unit}" if number < 999.5 else f"{number:,.0f} {unit}"
    return f"{count} B"


def exact_size(count: int) -> Phrase:
    """*count* bytes both ways: rounded, and to the byte."""
    if count < 1000:
        return phrase(N_("{count} bytes"), count=count)
    return phrase(N_("{size} ({count} bytes)"), size=size_words(count), count=f"{count:,}")


def offset_words(offset: int) -> str:
    """A place in bytes, in decimal and as hexadecimal tools show it."""
    return f"{offset:,} (0x{offset:X})"


def confidence_words(confidence: float) -> str:
    """How sure a detector is, in words; a message id."""
    return next(words for least, words in _CERTAINTY if confidence >= least or least == 0.0)


def duration_words(seconds: float) -> str:
    """*seconds* to three digits at most."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 120:
        return f"{seconds:.3g} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"
