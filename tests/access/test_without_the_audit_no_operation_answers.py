"""INSERT on the audit revoked: every operation of the document answers 503, shows nothing and changes nothing.

Each is asked by somebody who may, with what would be accepted. Restored, the same reads answer again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pytest

from tests.access.asking import filled
from tests.access.checks import RULES
from tests.access.operations import Operation, committed
from tests.access.reach import CALLERS, KINDS, OWN, within_reach
from tests.access.runner import Runner
from tests.access.world import World
from tests.api.client import Answer, Api, browser_for

pytestmark = pytest.mark.database

# What answers without an entry: the directory and the lists, the own account, the health of the service.
OPEN: Final = frozenset(
    {
        "health_live", "health_ready", "me_retrieve", "memoranda_list", "memoranda_retrieve", "organisations_list",
        "organisations_retrieve", "reference_list", "reference_retrieve", "root_retrieve", "services_list",
        "services_retrieve", "sharing_agreements_list", "sharing_agreements_retrieve", "teams_list", "teams_retrieve",
    }
)  # fmt: skip
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


def caller_of(operation: Operation) -> str:
    """Return somebody who may do it on the own row."""
    rule = RULES[operation.name]
    kind = rule.path.get("id", next(iter(rule.path.values()), ""))
    able = [one.name for one in CALLERS.values() if one.signed_in and one.role and one.may(rule.lines)]
    near = [name for name in able if not kind or within_reach(CALLERS[name], kind, OWN)]
    return next(iter(near or able))


def ask(operation: Operation, world: World) -> Answer:
    rule, story = RULES[operation.name], world.stories[OWN]
    name = caller_of(operation)
    api: Api = world.apis[name]
    if operation.is_sign_in or "sign_out" in operation.name:
        api = browser_for(world.users[name])
    ids = {one: story.ids[kind] for one, kind in rule.path.items()}
    body: Any = None if operation.is_safe else filled(rule.body or {}, story)
    version = story.versions.get(rule.path.get("id", ""), 1)
    headers = {"If_Match": f'"{version}"'} if operation.method == "PATCH" else {}
    return api.send(operation.method, operation.path.format(**ids), body, **headers)


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
