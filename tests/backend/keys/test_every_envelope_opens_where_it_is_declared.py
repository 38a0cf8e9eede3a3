"""A case with something in every sealed column: each opens at its declared place, and no column is left out."""

import ast
from pathlib import Path

import pytest

from backend.encryption.places import CASE, columns
from permissions.resealed import ENVELOPES, LEDGERS
from tests.backend.keys.filled import NOTE, REMARK, STORY, all_of, filled, opens
from tests.world import Town

pytestmark = pytest.mark.database
HERE = Path(__file__).resolve().parents[3]
OPENING = {"Sealed": 4, "open_for": 5}


def test_each_opens_at_its_place_under_its_revision(town: Town) -> None:
    case = filled(town).case
    found = all_of([case.id])
    assert {one.column.name for one in found} == {one.name for one in columns(owner=CASE)}
    texts = [value for one in found if isinstance(value := opens(one), str)]
    assert {NOTE, REMARK, STORY} <= set(texts)


def test_the_database_lets_re_keying_change_these_columns_and_no_others() -> None:
    declared: dict[str, list[str]] = {}
    for one in columns(owner=CASE):
        declared.setdefault(one.table, []).append(one.place.field)
    assert {table: list(fields) for table, fields in ENVELOPES.items() if fields} == declared
    assert set(LEDGERS) <= declared.keys()


def test_whoever_opens_says_which_revision_must_stand_there() -> None:
    silent = [
        f"{path.relative_to(HERE)}:{call.lineno}"
        for path in (HERE / "backend").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and (least := OPENING.get(named(call))) is not None
        if len(call.args) + len(call.keywords) < least
    ]
    assert silent == []


def named(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))
