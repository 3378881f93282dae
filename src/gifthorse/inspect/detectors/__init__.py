"""Every detector, by name: one file per finding id (or per family that comes out of one parse), listed here and nowhere else.

A detector module has:
- ``KINDS``: the FindingKinds it can find (their ids are its headings in docs/findings.md);
- one of ``examine(item) -> Iterator[Finding]`` (runs in the confined worker on each item whose type is in ``WANTS``, or on all when
  ``WANTS`` is None) or ``examine_medium(seen) -> Iterator[Finding]`` (runs once, on the facts about everything that was met).
"""
