"""gifthorse: a counter-espionage desk for organisations that have no intelligence service of their own."""

__version__ = "0.1.0"
