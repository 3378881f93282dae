"""The detectors and parsers, loaded once in the preloaded parent and at hand in every worker forked from it.

A confined worker can open no file, so nothing can be imported there any more: whatever a parser may need is imported here.
"""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from types import ModuleType
from typing import Final

from gifthorse.inspect.confine.messages import Purpose
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.inspect.layout.facts import Partition
from gifthorse.model.findings import Finding, FindingKind

# Parsers and what they import only when they are first used.
PRELOADED: Final = (
    "gifthorse.inspect.duties",
    "gifthorse.inspect.identify",
    "gifthorse.inspect.unpack.opening",
    "gifthorse.inspect.layout.reading",
    "gifthorse.inspect.volumes",
)
# The same of what looks into documents and containers, which an inventory does not.
PRELOADED_TO_LOOK: Final = (
    "gifthorse.inspect.documents.encryption",
    "gifthorse.inspect.documents.pdf",
    "msoffcrypto",
    "olefile",
    "pikepdf",
)
# Codecs that are no text encodings, or of other systems only.
_NOT_NEEDED: Final = frozenset(
    {"mbcs", "oem", "bz2_codec", "zlib_codec", "uu_codec", "rot_13", "quopri_codec", "base64_codec", "hex_codec"}
)

_own: list[ModuleType] = []


def load(own_detectors: Sequence[str] = (), rules: Sequence[str] = (), purpose: Purpose = Purpose.LOOK) -> str:
    """A digest of the rules in use, once everything is imported that *purpose* needs. *own_detectors* are paths of further detector
    files, *rules* of further YARA rules; both are trusted like our own. Raises NotAccepted for rules that can't be used.
    """
    for name in (*PRELOADED, *(() if purpose is Purpose.LIST else PRELOADED_TO_LOOK)):
        importlib.import_module(name)
    from gifthorse.inspect import detectors
    from gifthorse.inspect.detectors import rules_match
    from gifthorse.inspect.unpack import opening

    if purpose is Purpose.SAFE_COPY:
        importlib.import_module("gifthorse.inspect.safe_copy.copier").preload()
    if purpose is not Purpose.LIST:
        opening.preload()
        rules_match.use_rules_of_user(rules)
        for module in (*detectors.ITEM_DETECTORS, *detectors.MEDIUM_DETECTORS):
            getattr(module, "preload", _nothing)()
    _load_encodings()
    for number, path in enumerate(own_detectors):
        _own.append(_loaded_file(path, f"gifthorse_own_detector_{number}"))
    kinds()
    return rules_match.rules_in_use()


def kinds() -> tuple[FindingKind, ...]:
    """Every kind of finding that can be made, in the registry's order."""
    from gifthorse.inspect import detectors

    return (*detectors.ALL_KINDS, *(kind for module in _own for kind in module.KINDS))


def kind(finding_id: str) -> FindingKind:
    """The kind of finding with this id; raises KeyError."""
    return {known.id: known for known in kinds()}[finding_id]


@cache
def item_detectors(filetype: FileType, *, deleted: bool = False) -> tuple[tuple[str, Callable[[Item], Iterator[Finding]]], ...]:
    """Name and function of every detector that wants items of *filetype*.

    The content of a *deleted* file may long be another's: only detectors that say `DELETED_TOO` look at it.
    """
    from gifthorse.inspect import detectors

    return tuple(
        (_name(module), module.examine)
        for module in (*detectors.ITEM_DETECTORS, *_own)
        if hasattr(module, "examine")
        and (module.WANTS is None or filetype in module.WANTS)
        and (not deleted or getattr(module, "DELETED_TOO", False))
    )


@cache
def describers(filetype: FileType) -> tuple[tuple[str, Callable[[Item], dict[str, str]]], ...]:
    """Name and function of every detector that has facts to tell about items of *filetype*."""
    from gifthorse.inspect import detectors

    modules = (*detectors.DESCRIBERS, *_own)
    return tuple(
        (_name(module), module.about)
        for module in modules
        if hasattr(module, "about") and (module.WANTS is None or filetype in module.WANTS)
    )


def medium_detectors(partitions: Sequence[Partition] = ()) -> tuple[tuple[str, Callable[[Sequence[Seen]], Iterator[Finding]]], ...]:
    """Name and function of every detector that looks at the facts about everything that was met, on a medium with these *partitions*."""
    from gifthorse.inspect import detectors

    modules = (*detectors.MEDIUM_DETECTORS, *(module for module in _own if hasattr(module, "examine_medium")))
    by_partition = detectors.PARTITION_DETECTORS if partitions else ()
    return (
        *((_name(module), module.examine_medium) for module in modules),
        *((_name(module), partial(module.examine_partitions, partitions=partitions)) for module in by_partition),
    )


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _loaded_file(path: str, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _load_encodings() -> None:
    """Every text encoding can be looked up without reading a file."""
    import encodings

    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in _NOT_NEEDED:
            importlib.import_module(f"encodings.{module.name}")


def _nothing() -> None:
    """What a module needs to preload that needs nothing."""
