"""The generator: from openapi.yaml and the rules to every check. Pure; the same document gives the same checks.

A check is one request: an operation, a caller, the place of the row that is asked for, and the channel by which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from tests.access.operations import Operation, committed, enumerated
from tests.access.reach import ABSENT, CALLERS, ELSEWHERE, EXCLUDED, GONE, NEIGHBOUR, OWN, RELATIONS
from tests.access.rules import NAMES, Rule
from tests.access.rules_of_cases import RULES_OF_CASES
from tests.access.rules_of_people import RULES_OF_PEOPLE, RULES_OF_SIGN_IN

RULES: Final[Mapping[str, Rule]] = {**RULES_OF_CASES, **RULES_OF_PEOPLE, **RULES_OF_SIGN_IN}
PATH, HEAD, OPTIONS, NESTED = "path", "head", "options", "nested"
BODY, BULK, FILTER, ORDERING, SEARCH = "body", "bulk", "filter", "ordering", "search"
HISTORY, EXPORT = "history", "export"
CHANNELS: Final = (PATH, BODY, BULK, FILTER, ORDERING, SEARCH, NESTED, HISTORY, EXPORT, HEAD, OPTIONS)
NOT_OWN: Final = (NEIGHBOUR, ELSEWHERE, GONE, EXCLUDED, ABSENT)
FAR: Final = (NEIGHBOUR, ELSEWHERE, EXCLUDED, ABSENT)
MOST_VALUES: Final = 6


class Uncovered(Exception):
    """The document has something that no rule speaks of."""


@dataclass(frozen=True, eq=False)
class Check:
    """One request to make. `detail` says which field, filter, order or form is tried."""

    operation: Operation
    rule: Rule
    caller: str
    place: str
    channel: str
    detail: str = ""

    @cached_property
    def name(self) -> str:
        return f"{self.operation.name} {self.caller} {self.channel} {self.place} {self.detail}".rstrip()


def every_check(operations: tuple[Operation, ...] | None = None) -> Iterator[Check]:
    """Yield every check of the document. Raises Uncovered where a rule is missing or speaks of nothing."""
    found = committed() if operations is None else operations
    names = {one.name for one in found}
    if unknown := sorted(names ^ set(RULES)):
        raise Uncovered(f"No rule, or no operation any more: {', '.join(unknown)}")
    for operation in found:
        rule = RULES[operation.name]
        _check_rule(operation, rule)
        tries = list(_tries(operation, rule))
        for caller in CALLERS:
            yield from (Check(operation, rule, caller, *tried) for tried in tries)


@cache
def everything() -> tuple[Check, ...]:
    """Return every check of the committed document, made once for each process."""
    return tuple(every_check())


def kind_of(operation: Operation, rule: Rule, name: str) -> str:
    """Return what an id under `name` is the id of. Raises Uncovered for a name that nobody has explained."""
    known = {**NAMES, **rule.names}
    if name not in known:
        raise Uncovered(f"{operation.name} takes an id as {name}, of which no rule says what it names.")
    return known[name]


def last_name(pointer: str) -> str:
    """Return the name of the field at a pointer, without the star of a list."""
    return pointer.removesuffix("/*").rpartition("/")[2]


def _check_rule(operation: Operation, rule: Rule) -> None:
    if set(operation.path_ids) != set(rule.path):
        raise Uncovered(f"The rule of {operation.name} names {sorted(rule.path)} in its path.")
    if operation.media and rule.body is None:
        raise Uncovered(f"The rule of {operation.name} has no body to send.")
    if operation.is_list and not rule.shows:
        raise Uncovered(f"The rule of {operation.name} does not say what its list is made of.")
    if operation.is_public:
        return
    for pointer in operation.body_ids:
        kind_of(operation, rule, last_name(pointer))
    for name, schema in operation.filters.items():
        if schema.get("format") == "uuid":
            kind_of(operation, rule, name)


def _tries(operation: Operation, rule: Rule) -> Iterator[tuple[str, str, str]]:
    yield from _by_path(operation, rule)
    if operation.is_sign_in:
        return
    yield from _by_body(operation)
    yield from _by_filter(operation)
    if operation.is_list:
        yield from _by_query(operation)
    if operation.is_safe:
        yield from _beside(operation, rule)


def _places(rule: Rule) -> tuple[str, ...]:
    return RELATIONS if rule.path else (OWN,)


def _by_path(operation: Operation, rule: Rule) -> Iterator[tuple[str, str, str]]:
    for place in _places(rule):
        yield place, PATH, ""
        if operation.is_safe:
            yield place, HEAD, ""
    for place in FAR if rule.path else (OWN,):
        yield place, OPTIONS, ""
    if len(rule.path) > 1:
        for name in operation.path_ids:
            for place in NOT_OWN:
                yield place, NESTED, name


def _by_body(operation: Operation) -> Iterator[tuple[str, str, str]]:
    if operation.is_public:
        return
    for pointer in operation.body_ids:
        for place in NOT_OWN:
            yield place, BULK if "*" in pointer else BODY, pointer
    if operation.media == "application/json":
        for place in FAR:
            yield place, BULK, "[]"


def _by_filter(operation: Operation) -> Iterator[tuple[str, str, str]]:
    for name, schema in operation.filters.items():
        if name == "q":
            for detail in ("code", "spoken_name"):
                yield from ((place, SEARCH, f"q={detail}") for place in RELATIONS)
        elif schema.get("format") == "uuid":
            yield from ((place, FILTER, name) for place in RELATIONS)
        else:
            values = enumerated(schema, operation.document) or ("2020-01-01",)
            yield from ((OWN, FILTER, f"{name}={value}") for value in values[:MOST_VALUES])


def _by_query(operation: Operation) -> Iterator[tuple[str, str, str]]:
    if "q" not in operation.filters:
        yield from ((place, SEARCH, "search") for place in FAR)
    yield from ((place, NESTED, "__id") for place in FAR)
    yield from ((OWN, ORDERING, name) for name in (*operation.orderings, "undeclared"))


def _beside(operation: Operation, rule: Rule) -> Iterator[tuple[str, str, str]]:
    for place in FAR if rule.path else (OWN,):
        yield place, HISTORY, ""
        yield place, EXPORT, "format"
        yield place, EXPORT, "accept"
