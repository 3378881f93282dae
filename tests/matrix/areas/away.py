"""The page that works without a network, in the matrix; its procedures are those of trips and reports."""

from collections.abc import Callable

from gifthorse.model.roles import Actor, Procedure

WHO_MAY = ""
DO: dict[Procedure, Callable[[Actor, object], object]] = {}
READS: set[Procedure] = set()
NEEDS_A_RESULT: set[Procedure] = set()
ONLY_THE_DESK: set[Procedure] = set()
REACHED_THROUGH: set[tuple[str, str]] = {("pack_for_trip", "pack"), ("receive_sealed", "receive"), ("receive_sealed", "receive_photograph")}

EXPECTED = """
away           GET   302 200 200 200 403 403 403 403 403
away_kept      GET   302 200 200 200 403 403 403 403 403
away_arrivals  POST  302 400 400 400 403 403 403 403 403
away_photographs POST 302 400 400 400 403 403 403 403 403
away_worker    GET   302 200 200 200 403 403 403 403 403
away_manifest  GET   302 200 200 200 403 403 403 403 403
set_language   POST  302 302 302 302 302 302 302 302 302
"""
SENT: dict[str, Callable[[object, str], dict[str, object]]] = {"set_language": lambda *_: {"language": "de", "next": "/"}}


def world(_actors: dict[str, Actor], owner: Actor) -> object:
    """Nothing of its own."""
    return owner


def route_world(office) -> object:
    """Nothing of its own."""
    return office


def named(_route: str, _made: object, _owner: str) -> dict[str, object]:
    """No route names a record."""
    return {}


def prepare(_route: str, _method: str, _made: object, _owner: str) -> None:
    """Nothing has to be prepared."""
