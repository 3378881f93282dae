"""Confinement: parsers of untrusted bytes run in processes that can reach no file, no network and no other process."""
