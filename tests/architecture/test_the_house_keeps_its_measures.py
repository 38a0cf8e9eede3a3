"""The budgets of the architecture: files, functions, services and tests stay of a size that a person can hold."""

import ast
from statistics import median

import pytest

from tests.architecture import source


def test_no_file_has_more_than_300_lines() -> None:
    long = {
        source.name(path): count
        for path in source.modules() + source.tests()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_no_function_has_more_than_40_lines() -> None:
    long = {
        f"{source.name(path)}:{node.name}": count
        for path, node in source.functions()
        if (count := source.body_lines(node)) > 40
    }
    assert long == {}


def test_half_of_all_functions_have_at_most_8_lines() -> None:
    assert median(source.body_lines(node) for _, node in source.functions()) <= 8


def test_there_are_1_4_lines_of_test_for_a_line_of_code() -> None:
    assert source.lines_of_code(source.tests()) / source.lines_of_code(source.modules()) >= 1.4


@pytest.mark.parametrize("path", source.modules(), ids=source.name)
def test_every_file_says_why_it_exists(path: source.Path) -> None:
    text = path.read_text(encoding="utf-8").strip()
    assert not text or ast.get_docstring(source.tree(path))


def services() -> list[tuple[str, ast.FunctionDef]]:
    """Return the public functions of the domain: what API, command line and tests call alike."""
    rooms = (
        "backend/teams/",
        "backend/directory/",
        "backend/cases/",
        "backend/referrals/",
        "backend/imports/",
    )
    return [
        (source.name(path), node)
        for path in source.modules()
        if source.name(path).startswith(rooms) and "/models/" not in source.name(path)
        for node in source.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def test_past_the_second_argument_services_take_keywords_only() -> None:
    loose = [f"{path}:{node.name}" for path, node in services() if len(node.args.args) > 2]
    assert loose == []
