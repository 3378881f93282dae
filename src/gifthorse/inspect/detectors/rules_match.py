"""Rules that fit: our own pack, and those that the user brought along."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.inspect.rules.compiling import FILE_FACTS, compiled, fingerprint, own_sets, own_texts, texts_in
from gifthorse.inspect.rules.kinds import MATCH, SCANNER_FAILED
from gifthorse.inspect.rules.portions import MACRO_DOCUMENTS, Portion, macro_portions, portions, shortcut_portions, text_portions
from gifthorse.inspect.rules.routing import BUNDLES, TEXTS, Families, bundle_for
from gifthorse.inspect.rules.scanning import Hit, Scan
from gifthorse.model.findings import Finding, Severity
from gifthorse.model.words import N_, Phrase, phrase

KINDS: Final = (MATCH, SCANNER_FAILED)
WANTS: Final = None

# Scores of 0 to 100, as several collections give them.
_SCORES: Final = ((75, Severity.HIGH), (40, Severity.MEDIUM), (0, Severity.LOW))
_YOURS: list[Scan] = []
_YOURS_SAID: list[str] = []


def preload() -> None:
    """Our rules are compiled, and everything that scanning needs is loaded."""
    own_sets()


def use_rules_of_user(paths: Sequence[str]) -> None:
    """The rules at *paths* are used beside our own; raises NotAccepted naming file and line of what is wrong."""
    texts = texts_in(paths)
    if texts:
        _YOURS[:] = [Scan(compiled(texts, lenient=True))]
        _YOURS_SAID[:] = [fingerprint(texts)]


def rules_in_use() -> str:
    """A digest of the rules in use, ours and the user's."""
    own = fingerprint(text for _name, text in sorted(own_texts().items()))
    return " + ".join(digest[:12] for digest in (own, *_YOURS_SAID))


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for each rule that fits."""
    told: set[tuple[str, str]] = set()
    about = _about(item)
    for scan, portion, ours in _scans(item):
        for hit in scan.hits(portion.body, about):
            if (hit.namespace, hit.rule) not in told:
                told.add((hit.namespace, hit.rule))
                yield _found(item, portion, hit, ours=ours)


def _scans(item: Item) -> Iterator[tuple[Scan, Portion, bool]]:
    if item.filetype is FileType.EMPTY:
        return
    bundle = bundle_for(item)
    if bundle is not None:
        yield from _own_scans(bundle, _portions_for(bundle, item))
    if item.filetype in MACRO_DOCUMENTS:
        yield from _own_scans("macros", macro_portions(item))
    for scan in _YOURS:
        for portion in portions(item):
            yield scan, portion, False


def _portions_for(bundle: str, item: Item) -> Iterator[Portion]:
    if bundle in TEXTS:
        return text_portions(item)
    return shortcut_portions(item) if bundle == "shortcuts" else portions(item)


def _own_scans(bundle: str, portions_of_item: Iterator[Portion]) -> Iterator[tuple[Scan, Portion, bool]]:
    for portion in portions_of_item:
        for families in BUNDLES[bundle]:
            yield _own(families), portion, True


@cache
def _own(families: Families) -> Scan:
    return Scan(own_sets()[families])


def _about(item: Item) -> dict[str, str]:
    name = item.untrusted_name.encode("utf-8", "replace").decode()
    ending = f".{item.extension}" if item.extension else ""
    values = (name, item.path, ending.encode("utf-8", "replace").decode(), item.filetype.value, "")
    return dict(zip(FILE_FACTS, values, strict=True))


def _found(item: Item, portion: Portion, hit: Hit, *, ours: bool) -> Finding:
    excerpt, place = None, item.here()
    if hit.offset is not None and hit.length is not None:
        excerpt = portion.body[hit.offset : hit.offset + min(hit.length, 400)].decode("utf-8", "replace")
        where = None if portion.offset is None else portion.offset + hit.offset
        place = item.here(offset=where, length=None if where is None else hit.length, excerpt=excerpt)
    return MATCH.found(place, severity=_severity(hit), confidence=None if ours else 0.7, detail=_said(hit, ours=ours))


def _said(hit: Hit, *, ours: bool) -> Phrase:
    description = str(hit.facts.get("description") or hit.facts.get("desc") or "")
    if ours:
        return phrase(
            N_("{description} (rule {rule}, {technique}). Harmless if: {harmless}"),
            description=description,
            rule=hit.rule,
            technique=hit.facts.get("technique", ""),
            harmless=hit.facts.get("harmless", ""),
        )
    return phrase(
        N_("Your rule {rule} of {file} fits. {description}"),
        rule=hit.rule,
        file=hit.namespace.rpartition("/")[2],
        description=description[:500],
    )


def _severity(hit: Hit) -> Severity:
    """What the rule says of itself: a severity in our words, or a score; medium when it says nothing."""
    stated = str(hit.facts.get("severity", "")).lower()
    if stated in set(Severity):
        return Severity(stated)
    score = hit.facts.get("score")
    if isinstance(score, int):
        return next((severity for least, severity in _SCORES if score >= least), Severity.LOW)
    return Severity.MEDIUM
