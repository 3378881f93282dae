"""Text made to keep a regular expression busy: for each of its repetitions, what leads there, and then far too much of what repeats.

A pattern that tries every way of dividing a long run takes time that grows with the square of the run or worse. The text is built from
the pattern's own syntax tree, so no pattern can be forgotten.
"""

import ast
import importlib
import pkgutil
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import gifthorse.inspect

UNBOUNDED: Final = 200
CALLS: Final = frozenset({"compile", "search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split"})
WHITE: Final = " \t\n"


def all_patterns() -> dict[str, re.Pattern[Any]]:
    """Every regular expression that the inspection uses, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for info in pkgutil.walk_packages(gifthorse.inspect.__path__, "gifthorse.inspect."):
        if info.name.endswith(("zygote", "__main__")):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for number, pattern in enumerate(patterns_in(value)):
                found[f"{info.name.removeprefix('gifthorse.inspect.')}.{name}{f'[{number}]' if number else ''}"] = pattern
        found |= written_in_calls(Path(str(module.__file__)), info.name.removeprefix("gifthorse.inspect."))
    unique = {(pattern.pattern, pattern.flags): name for name, pattern in reversed(found.items())}
    return {name: found[name] for name in sorted(unique.values())}


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns that *value* is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from patterns_in(one, depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from patterns_in(one, depth + 1)


def written_in_calls(path: Path, module: str) -> dict[str, re.Pattern[Any]]:
    """The patterns that stand as constants in calls like ``re.search``, without flags given apart."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text())):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if is_call and node.func.value.id == "re" and node.func.attr in CALLS and node.args and isinstance(node.args[0], ast.Constant):
            try:
                found[f"{module}:{node.lineno}"] = re.compile(node.args[0].value, re.VERBOSE if "VERBOSE" in ast.dump(node) else 0)
            except re.error:
                continue  # its flags decide how it is read; it is among the module's names
    return found


def attacks(pattern: re.Pattern[Any], length: int) -> Iterator[str | bytes]:
    """Texts of about *length* characters, each aimed at one repetition of *pattern*."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    seen = set()
    for lead, run in runs(list(tree)):
        for text in (
            lead + run * (length // max(1, len(run))),
            (lead + run) * (length // max(1, len(lead + run))),
            lead * (length // max(1, len(lead))),
        ):
            for attack in (text, text + "\x01"):
                if attack not in seen:
                    seen.add(attack)
                    yield attack.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else attack


def runs(nodes: list[Any], lead: str = "") -> Iterator[tuple[str, str]]:
    """(what leads to a repetition, one turn of it) for every repetition without a small bound."""
    for operation, value in nodes:
        if operation in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            _least, most, inner = value
            if most is codes.MAXREPEAT or most >= UNBOUNDED:
                for sample in samples(list(inner)):
                    yield lead, sample
            yield from runs(list(inner), lead)
        elif operation is codes.SUBPATTERN:
            yield from runs(list(value[-1]), lead)
        elif operation is codes.ATOMIC_GROUP:
            yield from runs(list(value), lead)
        elif operation is codes.BRANCH:
            for branch in value[1]:
                yield from runs(list(branch), lead)
        elif operation in {codes.ASSERT, codes.ASSERT_NOT}:
            yield from runs(list(value[1]), lead)
        lead += sample_of([(operation, value)])


def samples(nodes: list[Any]) -> set[str]:
    """A few short texts that *nodes* match."""
    made = {sample_of(nodes)}
    if len(nodes) == 1 and nodes[0][0] in {codes.IN, codes.NOT_LITERAL, codes.ANY}:
        made |= {one for one in " \t\n\"'a0A<([{\\/=&;-.,:_%+" if matches(nodes[0], one)}
    if len(nodes) == 1 and nodes[0][0] is codes.SUBPATTERN:
        made |= samples(list(nodes[0][1][-1]))
    if len(nodes) == 1 and nodes[0][0] is codes.BRANCH:
        made |= {sample_of(list(branch)) for branch in nodes[0][1][1]}
    return {one for one in made if one}


def sample_of(nodes: list[Any]) -> str:
    """The shortest text that *nodes* match, as far as that can be told without trying."""
    out = ""
    for operation, value in nodes:
        if operation is codes.LITERAL:
            out += chr(value)
        elif operation in {codes.IN, codes.NOT_LITERAL, codes.ANY}:
            out += next((one for one in 'a0 <"-=./\\\n\x00\xff' if matches((operation, value), one)), "a")
        elif operation in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            out += sample_of(list(value[2])) * value[0]
        elif operation is codes.SUBPATTERN:
            out += sample_of(list(value[-1]))
        elif operation is codes.ATOMIC_GROUP:
            out += sample_of(list(value))
        elif operation is codes.BRANCH:
            out += sample_of(list(value[1][0]))
    return out


def matches(node: Any, one: str) -> bool:
    """Whether the single-character *node* matches *one*."""
    operation, value = node
    if operation is codes.ANY:
        return one != "\n"
    if operation is codes.NOT_LITERAL:
        return ord(one) != value
    negated = bool(value) and value[0][0] is codes.NEGATE
    return any(_holds(part, one) for part in value if part[0] is not codes.NEGATE) != negated


def _holds(part: Any, one: str) -> bool:
    operation, value = part
    if operation is codes.LITERAL:
        return ord(one) == value
    if operation is codes.RANGE:
        return bool(value[0] <= ord(one) <= value[1])
    name = str(value)
    kinds = {"DIGIT": one.isdigit(), "SPACE": one.isspace(), "WORD": one.isalnum() or one == "_"}
    for kind, holds in kinds.items():
        if name.endswith(f"NOT_{kind}"):
            return not holds
        if name.endswith(kind):
            return holds
    return False
