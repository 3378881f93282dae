"""YARA rules: our own pack (`pack/*.yar`, one file per family of techniques) and those that a user brings along (`--rules DIR`).

The rules are compiled in the preloaded parent of the workers, from text that we or the user trust; only scanning sees untrusted bytes.
"""
