"""Turns a check into the one request that it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from permissions.scope import TEAMLESS_ROLES
from tests.access import checks
from tests.access.checks import Check, kind_of, last_name
from tests.access.reach import ABSENT, CALLERS, ELSEWHERE, KINDS, OWN, within_reach
from tests.access.story import Story
from tests.access.world import World

# No operation knows this field, so a body with it is refused wherever the refusal comes from the body.
UNDECLARED: Final = {"no_such_field": 1}
STALE: Final = '"999999"'


@dataclass
class Request:
    """What is sent."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


def kind_tried(check: Check) -> str:
    """Return the kind of the row that is tried, or nothing where the check is about a list as a whole."""
    operation, rule = check.operation, check.rule
    if check.channel == checks.FILTER and "=" not in check.detail:
        return kind_of(operation, rule, check.detail)
    if check.channel in {checks.BODY, checks.BULK} and check.detail != "[]":
        return kind_of(operation, rule, last_name(check.detail))
    if check.channel == checks.SEARCH or (check.channel == checks.NESTED and check.detail == "__id"):
        return rule.shows
    if check.channel == checks.NESTED:
        return rule.path[check.detail]
    return rule.path.get("id", next(iter(rule.path.values()), ""))


def harmless(check: Check) -> bool:
    """Say whether the request must not be able to change anything, because the caller may reach what it names.

    What is out of reach is asked for with a body that would be accepted: only so a door left open shows.
    """
    caller, kind = CALLERS[check.caller], kind_tried(check)
    if caller.role in TEAMLESS_ROLES or not kind or check.detail == "/username":
        return True
    if KINDS[kind].public and check.channel == checks.BODY and not check.rule.path:
        return check.place != ELSEWHERE
    return within_reach(caller, kind, check.place)


def request_of(check: Check, world: World) -> Request:
    """Return the request of a check."""
    story, own = world.stories[check.place], world.stories[OWN]
    at_place = check.channel in {checks.PATH, checks.HEAD, checks.OPTIONS, checks.HISTORY, checks.EXPORT}
    at_place = at_place or check.detail == "[]"
    subject = story if at_place else own
    ids = {name: subject.ids.get(kind, "") or absent(world, kind) for name, kind in check.rule.path.items()}
    if check.channel == checks.NESTED and check.detail in ids:
        kind = check.rule.path[check.detail]
        ids[check.detail] = story.ids.get(kind) or absent(world, kind)
    made = Request(check.operation.method, check.operation.path.format(**ids))
    if check.channel in _METHODS:
        made.method = _METHODS[check.channel]
    elif made.method in {"POST", "PATCH"}:
        _fill(made, check, world, own if check.place == ABSENT or not at_place else story)
    _ask(made, check, story, world)
    return made


_COUNTED: Final = frozenset({checks.PATH, checks.FILTER, checks.SEARCH, checks.ORDERING})
_METHODS: Final[Mapping[str, str]] = {checks.HEAD: "HEAD", checks.OPTIONS: "OPTIONS"}


def absent(world: World, kind: str) -> str:
    return world.stories[ABSENT].ids[kind]


def _fill(made: Request, check: Check, world: World, story: Story) -> None:
    """Put the body in, and the version that a change needs."""
    body = filled(check.rule.body or {}, story)
    if check.channel in {checks.BODY, checks.BULK} and check.detail != "[]":
        kind = kind_tried(check)
        value = world.stories[check.place].ids.get(kind) or absent(world, kind)
        body = put(body, check.detail.strip("/").split("/"), value)
    version = story.versions.get(check.rule.path.get("id", ""), 1)
    if made.method == "PATCH":
        made.headers["If_Match"] = f'"{version}"'
    if harmless(check):
        body = {**body, **UNDECLARED}
        if check.channel == checks.PATH:
            made.headers["If_Match"] = STALE
    made.body = [body, body] if check.detail == "[]" else body
    if check.operation.media.startswith("multipart"):
        made.body, made.content_type = encode_multipart(BOUNDARY, body), MULTIPART_CONTENT


def _ask(made: Request, check: Check, story: Story, world: World) -> None:
    """Put the query in, or what stands beside the operation."""
    name, _, value = check.detail.partition("=")
    if check.operation.is_list and check.channel in _COUNTED:
        made.query = {"page_size": "100", "count": "true"}
    if check.channel == checks.FILTER:
        made.query[name] = value or story.ids.get(kind_tried(check)) or absent(world, kind_tried(check))
    elif check.channel == checks.SEARCH:
        made.query[name] = story.ids[value or "code"]
    elif check.channel == checks.ORDERING:
        made.query["ordering"] = name
    elif check.detail == "__id":
        kind = check.rule.shows
        made.query[f"{kind}__id"] = story.ids.get(kind) or absent(world, kind)
    elif check.channel == checks.HISTORY:
        made.path += "/history"
    elif check.channel == checks.EXPORT and name == "format":
        made.query["format"] = "csv"
    elif check.channel == checks.EXPORT:
        made.headers["Accept"] = "text/csv"


def filled(body: Any, story: Story) -> Any:
    """Return the body with an id in the place of each `@kind`."""
    if isinstance(body, Mapping):
        return {name: filled(value, story) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, story) for value in body]
    if not isinstance(body, str) or not body.startswith("@"):
        return body
    if body in {"@day", "@soon"}:
        soon = timezone.now() + timedelta(days=1)
        return soon.date().isoformat() if body == "@day" else soon.isoformat()
    return story.ids[body[1:]]


def put(body: Any, pointer: list[str], value: str) -> Any:
    """Return the body with `value` at a pointer; a star is the first row of a list."""
    if not pointer:
        return value
    first, *rest = pointer
    if first == "*":
        return [put(body[0] if isinstance(body, list) and body else {}, rest, value)]
    body = dict(body) if isinstance(body, Mapping) else {}
    body[first] = put(body.get(first, [] if rest[:1] == ["*"] else {}), rest, value)
    return body
