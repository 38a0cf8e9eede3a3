"""INSERT on the audit revoked: every operation of the document answers 503, shows nothing and changes nothing.

Each is asked by somebody who may, with what would be accepted. Restored, the same reads answer again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import pytest

from tests.access.checks import RULES
from tests.access.operations import Operation, committed
from tests.access.reach import KINDS, OWN
from tests.access.runner import Runner
from tests.access.usual import OPEN, ask
from tests.access.world import World
from tests.api.client import Answer

pytestmark = pytest.mark.database

# Refusals that tell nothing, and come before anything is read or changed.
BEFORE: Final = frozenset({400, 409, 412, 415, 422, 428})


@contextmanager
def revoked(runner: Runner) -> Iterator[None]:
    """This worker's own database, without the right to add an entry."""
    admin = runner.world.admin
    admin.execute("REVOKE INSERT ON audit_entry FROM spona_app")
    try:
        yield
    finally:
        admin.execute("GRANT INSERT ON audit_entry TO spona_app")


def marks(world: World) -> set[bytes]:
    """Return every id, code and word of a row with case data."""
    return {
        mark.encode()
        for story in world.stories.values()
        for kind, found in story.marks.items()
        if KINDS.get(kind, KINDS["case"]).walled
        for mark in found
    }


def allowed(operation: Operation, answer: Answer) -> bool:
    """Say whether an answer is none that needs an entry. The library of the sign-in has its own way to say no."""
    if answer.status == 503 or answer.status in BEFORE:
        return True
    if operation.is_sign_in or operation.is_public:
        return answer.status in {200, 401, 404}
    return operation.name in OPEN and answer.status == 200


def look(runner: Runner, operations: Sequence[Operation]) -> None:
    world = runner.world
    known = marks(world)
    runner.watch.look()
    wrong: list[str] = []
    unavailable = 0
    with revoked(runner):
        for operation in operations:
            answer = ask(operation, world)
            unavailable += answer.status == 503
            if not allowed(operation, answer):
                wrong.append(f"{operation.name} answers {answer.status}")
            if not operation.is_sign_in and any(
                mark in answer.raw for mark in known - sent(operation, world)
            ):
                wrong.append(f"{operation.name} shows something")
    assert not wrong, "\n".join(wrong)
    assert unavailable > len(operations) / 2
    assert runner.watch.written() == []
    answers = {one.name: ask(one, world).status for one in operations if one.is_safe and not one.is_sign_in}
    assert set(answers.values()) == {200}, answers


def sent(operation: Operation, world: World) -> set[bytes]:
    """Return what the request itself has said."""
    rule, story = RULES[operation.name], world.stories[OWN]
    said = {story.ids[kind] for kind in rule.path.values()}
    return {one.encode() for one in said}


def test_nothing_answers_and_then_everything_does(runner: Runner) -> None:
    look(runner, committed())
