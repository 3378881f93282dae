"""Bytes against rules: scanners that live as long as their process, and what they found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yara_x

SECONDS: Final = 20
MOST_HITS: Final = 20
_MATCHES_PER_PATTERN: Final = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A rule that fits. `offset` and `length` are of its first match, None for a rule that only has conditions."""

    rule: str
    namespace: str
    facts: Mapping[str, object]
    offset: int | None
    length: int | None


class Scan:
    """One set of rules, ready to scan again and again in this process."""

    def __init__(self, rules: yara_x.Rules) -> None:
        self._rules = rules
        self._scanner: yara_x.Scanner | None = None

    def hits(self, untrusted_bytes: bytes, about: Mapping[str, str] | None = None) -> Iterator[Hit]:
        """At most 20 rules that fit; *about* gives the file's name and the like to rules that ask. Raises yara_x.TimeoutError."""
        scanner = self._ready()
        for name, value in (about or {}).items():
            scanner.set_global(name, value)
        for number, rule in enumerate(scanner.scan(untrusted_bytes).matching_rules):
            if number >= MOST_HITS:
                return
            first = min((match for pattern in rule.patterns for match in pattern.matches), key=lambda match: match.offset, default=None)
            yield Hit(
                rule=rule.identifier,
                namespace=rule.namespace,
                facts=dict(rule.metadata),
                offset=first.offset if first else None,
                length=first.length if first else None,
            )

    def _ready(self) -> yara_x.Scanner:
        """The scanner, made by the process that uses it: its clock is a thread, and threads don't come along in a fork."""
        if self._scanner is None:
            self._scanner = yara_x.Scanner(self._rules)
            self._scanner.set_timeout(SECONDS)
            self._scanner.max_matches_per_pattern(_MATCHES_PER_PATTERN)
        return self._scanner
