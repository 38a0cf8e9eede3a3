"""The project's own source as the tests of the architecture read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "audit", "backend", "permissions")


def modules() -> list[Path]:
    """Return every Python file of the product, migrations apart: they are written once by a generator."""
    return sorted(
        path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
    )


def tests() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its signature and docstring."""
    statements = function.body
    if ast.get_docstring(function) is not None:
        statements = statements[1:]
    return 0 if not statements else (statements[-1].end_lineno or 0) - statements[0].lineno + 1


def lines_of_code(paths: list[Path]) -> int:
    return sum(1 for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
