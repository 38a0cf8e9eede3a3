"""Whatever an operation reads, changes or refuses stands in the audit, found by the number of the request."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.access.operations import Operation, committed
from tests.access.runner import Runner
from tests.access.usual import OPEN, asking
from tests.access.world import World
from tests.api.client import Answer
from tests.databases import Clones
from tests.sealed import sealer_of

pytestmark = pytest.mark.database

SAID = "SELECT verb, outcome, log, body FROM audit_entry WHERE request_id = %s"


@pytest.fixture
def world(database: Clones, unlimited: None) -> Iterator[World]:
    """Two towns of this test alone: what is asked here is done."""
    with database.main.by_hand() as admin, sealer_of(database.main):
        yield World(admin)


def entries(admin: psycopg.Connection[Any], number: str) -> list[tuple[str, str, Any, dict[str, Any]]]:
    rows = admin.execute(SAID, (number,)).fetchall()
    return [(verb, outcome, log, json.loads(bytes(body))) for verb, outcome, log, body in rows]


def wrong(operation: Operation, answer: Answer, found: list[tuple[str, str, Any, dict[str, Any]]]) -> str:
    """Say what is missing beside an answer, or nothing."""
    outcomes = [outcome for _, outcome, _, _ in found]
    if answer.status in {403, 404}:
        return "" if outcomes == ["denied"] else f"refused with {outcomes}"
    if "denied" in outcomes:
        return "answered, and said to be denied"
    done = 200 <= answer.status < 300
    if operation.name in OPEN or not done:
        return ""
    if not outcomes:
        return f"answers {answer.status} without an entry"
    if operation.is_safe and len(found) != len({log for _, _, log, _ in found}):
        return f"one read, several entries in a log: {[verb for verb, *_ in found]}"
    return _without_ids(operation, answer, found)


def _without_ids(operation: Operation, answer: Answer, found: list[Any]) -> str:
    """Say which rows a list named that no entry names; a history names changes of one object, which is named."""
    if not operation.is_list or operation.name.endswith("history_list"):
        return ""
    named = {one for *_, body in found for one in body["object_ids"]}
    missing = {row["id"] for row in answer.json["results"] if "id" in row} - named
    return f"did not record {missing}" if missing else ""


def problems(world: World, operations: Iterable[Operation]) -> tuple[dict[str, str], int]:
    """Ask all; return what is wrong by operation, and how many answered."""
    found, done = {}, 0
    for operation in operations:
        if operation.is_public or operation.is_sign_in:
            continue
        number = uuid4().hex
        answer = asking(operation, world, X_Request_Id=number)()
        done += 200 <= answer.status < 300
        if what := wrong(operation, answer, entries(world.admin, number)):
            found[operation.name] = what
    return found, done


def test_each_read_is_recorded(runner: Runner) -> None:
    reads = [one for one in committed() if one.is_safe]
    found, done = problems(runner.world, reads)
    assert found == {}
    assert done > 30


@pytest.mark.full
def test_each_operation_is_recorded(world: World) -> None:
    found, done = problems(world, committed())
    assert found == {}
    assert done > 40
