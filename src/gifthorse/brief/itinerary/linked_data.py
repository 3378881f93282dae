"""JSON-LD whose objects point at each other by "@id", put together: what stands elsewhere is set in where it is meant."""

from typing import Any, Final

MOST_POINTERS: Final = 2_000
_DEEPEST: Final = 12


def linked(untrusted_objects: list[Any]) -> list[Any]:
    """*untrusted_objects* with every pointer to another object of them replaced by it; what was pointed at stands nowhere else any more.

    At most 2,000 pointers are followed, and none within what another one brought, so that circles end.
    """
    named: dict[str, dict[str, Any]] = {}
    pointers: set[str] = set()
    _look(untrusted_objects, named, pointers, 0)
    met = pointers & set(named)
    if not met or len(pointers) > MOST_POINTERS:
        return untrusted_objects
    joined = [_joined(thing, {name: named[name] for name in met}, 0, frozenset()) for thing in untrusted_objects]
    return [_without(thing, met) for thing in joined]


def _pointed(thing: Any) -> str:
    """The name that *thing* points at, empty when it is no pointer."""
    if isinstance(thing, dict) and len(thing) == 1 and isinstance(thing.get("@id"), str):
        return str(thing["@id"])
    return ""


def _look(thing: Any, named: dict[str, dict[str, Any]], pointers: set[str], depth: int) -> None:
    if depth > _DEEPEST or len(pointers) > MOST_POINTERS:
        return
    if name := _pointed(thing):
        pointers.add(name)
    elif isinstance(thing, dict):
        if isinstance(thing.get("@id"), str):
            named.setdefault(thing["@id"], thing)
        for value in thing.values():
            _look(value, named, pointers, depth + 1)
    elif isinstance(thing, list):
        for value in thing:
            _look(value, named, pointers, depth + 1)


def _joined(thing: Any, named: dict[str, dict[str, Any]], depth: int, within: frozenset[str]) -> Any:
    if depth > _DEEPEST:
        return thing
    name = _pointed(thing)
    if name in named and name not in within and len(within) < 2:
        return _joined(named[name], named, depth + 1, within | {name})
    if isinstance(thing, dict) and not name:
        return {key: _joined(value, named, depth + 1, within) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_joined(value, named, depth + 1, within) for value in thing]
    return thing


def _without(thing: Any, met: set[str]) -> Any:
    """*thing* without the objects of its graph that were set in elsewhere."""
    if not isinstance(thing, dict) or not isinstance(thing.get("@graph"), list):
        return thing
    kept = [one for one in thing["@graph"] if not (isinstance(one, dict) and one.get("@id") in met)]
    return {**thing, "@graph": kept or thing["@graph"]}
