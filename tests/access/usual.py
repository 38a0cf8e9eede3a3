"""Asks each operation once, in the name of somebody who may, for the own row, with what would be accepted."""

from collections.abc import Callable
from typing import Any, Final

from tests.access.asking import filled
from tests.access.checks import RULES
from tests.access.operations import Operation
from tests.access.reach import CALLERS, OWN, within_reach
from tests.access.world import World
from tests.api.client import Answer, Api, browser_for

# What answers without an entry: code lists, the own account, the health of the service, a text that is looked at.
OPEN: Final = frozenset(
    {
        "guard_check", "health_live", "health_ready", "me_retrieve", "public_releases_list", "public_releases_retrieve",
        "public_release_files_export", "reference_list", "reference_retrieve", "root_retrieve", "transparency_retrieve",
    }
)  # fmt: skip


def caller_of(operation: Operation) -> str:
    """Return somebody who may do it on the own row."""
    rule = RULES[operation.name]
    kind = rule.path.get("id", next(iter(rule.path.values()), ""))
    able = [one.name for one in CALLERS.values() if one.signed_in and one.role and one.may(rule.lines)]
    near = [name for name in able if not kind or within_reach(CALLERS[name], kind, OWN)]
    return next(iter(near or able))


def ask(operation: Operation, world: World) -> Answer:
    """Ask now."""
    return asking(operation, world)()


def asking(operation: Operation, world: World, **more: str) -> Callable[[], Answer]:
    """Return the request, with a session of its own where signing in and out is asked about."""
    rule, story = RULES[operation.name], world.stories[OWN]
    name = caller_of(operation)
    api: Api = world.apis[name]
    if operation.is_sign_in or "sign_out" in operation.name:
        api = browser_for(world.users[name])
    ids = {one: story.ids[kind] for one, kind in rule.path.items()}
    body: Any = None if operation.is_safe else filled(rule.body or {}, story)
    version = story.versions.get(rule.path.get("id", ""), 1)
    headers = {**more, "If_Match": f'"{version}"'} if operation.method == "PATCH" else more
    return lambda: api.send(operation.method, operation.path.format(**ids), body, **headers)
