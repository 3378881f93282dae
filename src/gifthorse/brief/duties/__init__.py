"""Duties: what a rule of a programme or a house asks one to report, by when, and why. The rules are data and carry their sources."""
