"""A lazy import is a circle that somebody hid. There is none, and none under TYPE_CHECKING either."""

import ast

import pytest

from tests.architecture import source


def own(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in source.ROOMS
    return isinstance(node, ast.Import) and any(
        alias.name.split(".")[0] in source.ROOMS for alias in node.names
    )


@pytest.mark.parametrize("path", source.modules(), ids=source.name)
def test_the_projects_own_packages_are_imported_at_the_top_of_a_file(path: source.Path) -> None:
    top = set(map(id, source.tree(path).body))
    lazy = [node.lineno for node in ast.walk(source.tree(path)) if own(node) and id(node) not in top]  # type: ignore[attr-defined]
    assert lazy == []


@pytest.mark.parametrize("path", source.modules(), ids=source.name)
def test_nothing_is_imported_with_a_star_or_from_the_tests(path: source.Path) -> None:
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert all(alias.name != "*" for alias in node.names)
            assert (node.module or "").split(".")[0] != "tests"


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    names = {path.stem for path in source.modules()}
    assert names.isdisjoint({"utils", "helpers", "misc", "common"})


def test_only_the_writer_of_grants_touches_guardians_rows() -> None:
    writers = {
        source.name(path)
        for path in source.modules()
        if any(
            word in path.read_text(encoding="utf-8")
            for word in ("assign_perm", "remove_perm", "get_group_obj_perms_model")
        )
    }
    assert writers == {"permissions/grants.py"}
