"""Small changes of a syntax tree, each of which makes the code do something else: what `mutation.py` tries on tests."""

import ast
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import NamedTuple

COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
CALLS = {"max": "min", "min": "max", "any": "all", "all": "any"}
FOR_PEOPLE = {"N_", "cast", "TypeVar", "lru_cache"}  # calls whose arguments decide nothing
FOR_TYPES = {"frozen", "kw_only", "gc"}  # keywords of classes that only guard against slips


class Change(NamedTuple):
    """One change: where, what, and how to make it in the tree."""

    line: int
    text: str
    make: Callable[[], None]


def changes(tree: ast.AST) -> Iterator[Change]:
    """All changes of the tree, in the same order for the same source."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.Import | ast.ImportFrom | ast.arg):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FOR_PEOPLE:
            continue
        if isinstance(node, ast.keyword) and isinstance(tree, ast.ClassDef) and node.arg in FOR_TYPES:
            continue
        if is_about_types(tree, node):
            continue
        yield from _of_node(node)
        yield from changes(node)


def is_about_types(parent: ast.AST, node: ast.AST) -> bool:
    """Annotations, unless they hold what msgspec checks; decorators; subscripts of types."""
    if isinstance(parent, ast.AnnAssign) and node is parent.annotation:
        return "Meta(" not in ast.unparse(node)
    if isinstance(parent, ast.FunctionDef) and (node is parent.returns or node in parent.decorator_list):
        return True
    return isinstance(parent, ast.JoinedStr | ast.FormattedValue) and isinstance(node, ast.Constant | ast.JoinedStr)


def _of_node(node: ast.AST) -> Iterator[Change]:
    yield from _of_operators(node)
    yield from _of_conditions(node)
    yield from _of_values(node)


def _of_operators(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                yield _change(node, "ops", [*node.ops[:place], COMPARISONS[type(operator)](), *node.ops[place + 1 :]])
        case ast.BinOp() | ast.AugAssign() if type(node.op) in OPERATORS:
            yield _change(node, "op", OPERATORS[type(node.op)]())
        case ast.BoolOp():
            yield _change(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.USub()):
            yield _change(node, "op", ast.UAdd())
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield _change(node.func, "id", CALLS[name])


def _of_conditions(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.If() | ast.IfExp() | ast.While() if not isinstance(node.test, ast.Compare):
            plain = isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)
            yield _change(node, "test", node.test.operand if plain else ast.UnaryOp(op=ast.Not(), operand=node.test))
        case ast.comprehension():
            for place, test in enumerate(node.ifs):
                if not isinstance(test, ast.Compare):
                    yield _change(node, "ifs", [*node.ifs[:place], ast.UnaryOp(op=ast.Not(), operand=test), *node.ifs[place + 1 :]])


def _of_values(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Return(value=ast.expr()) if ast.unparse(node) != "return None":
            yield _change(node, "value", ast.Constant(value=None))
        case ast.Constant(value=bool()):
            yield _change(node, "value", not node.value)
        case ast.Constant(value=int() | float()):
            yield _change(node, "value", node.value + 1)
        case ast.Constant(value=str()):
            yield _change(node, "value", f"XX{node.value}")


def _change(node: ast.AST, field: str, to: object) -> Change:
    before = ast.unparse(node)

    def make() -> None:
        setattr(node, field, to)

    kept = getattr(node, field)
    make()
    after = ast.unparse(ast.fix_missing_locations(node))
    setattr(node, field, kept)
    line = getattr(node, "lineno", None) or getattr(getattr(node, "target", None), "lineno", 0)
    return Change(line, f"{before}  →  {after}"[:160].replace("\n", " "), make)


class Changed(SourceFileLoader, MetaPathFinder):
    """Gives whoever imports the module the one with this change in it; on the disk nothing changes."""

    def __init__(self, name: str, path: Path, number: int) -> None:
        super().__init__(name, str(path))
        self.number = number

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - importlib's names
        return spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(Path(self.path).read_bytes())
        list(changes(tree))[self.number].make()
        return compile(ast.fix_missing_locations(tree), self.get_filename(fullname), "exec")
