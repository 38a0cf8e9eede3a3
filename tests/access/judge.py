"""Says of one answer whether it tells of something out of reach, and whether a door stands open that should not.

A leak is a value, an id, a count or a change of a row outside the caller's reach. What must be equal for a foreign and
an absent id is all but the number and the time of the request, and what is left of the caller's own limit.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from tests.access import checks
from tests.access.asking import Request, kind_tried
from tests.access.checks import Check
from tests.access.reach import ABSENT, CALLERS, KINDS, OWN, Caller, within_reach
from tests.api.client import Answer

LEAK, FAULT = "leak", "fault"
VOLATILE: Final = frozenset({"X-Request-Id", "RateLimit", "RateLimit-Policy", "Date"})
REFUSED: Final = frozenset({401, 403, 404, 410})
Mark = tuple[bytes, str, str]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. A leak tells of a row out of reach; a fault is any other wrong answer."""

    check: str
    sort: str
    what: str

    def __str__(self) -> str:
        return f"{self.sort}: {self.check}: {self.what}"


def shown(answer: Answer, sent: Request, hidden: Iterable[Mark]) -> Iterator[str]:
    """Yield what the answer shows of rows out of reach, but for what the request itself has said."""
    said = f"{sent.path} {sent.query} {sent.body!r}".encode()
    text = b"\n".join([answer.raw, *(value.encode() for value in answer.headers.values())])
    for mark, kind, place in hidden:
        if mark in text and mark not in said:
            yield f"shows {kind} of {place}"


def same(answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    """Return what must be equal in the answers to a foreign and an absent id."""
    number = answer.headers.get("X-Request-Id", "-")
    headers = {name: value for name, value in answer.headers.items() if name not in VOLATILE}
    return answer.status, answer.raw.replace(number.encode(), b"-"), headers


def told_apart(check: Check, caller: Caller) -> bool:
    """Say whether the answer to `caller` must be the one for an absent id."""
    kind = kind_tried(check)
    if not kind or check.place == ABSENT or KINDS[kind].public:
        return False
    return not within_reach(caller, kind, check.place)


def miscounted(answer: Answer) -> Iterator[str]:
    """Yield where a list counts more than it shows."""
    if answer.status != 200 or b'"count"' not in answer.raw:
        return
    said: Any = json.loads(answer.raw)
    if said.get("next") is None and said["count"] != len(said["results"]):
        yield f"counts {said['count']} and shows {len(said['results'])}"


def changed(written: Iterable[tuple[str, str]], hidden: Iterable[Mark], away: str) -> Iterator[str]:
    """Yield what was written that names a row out of reach, or stands in the other town."""
    for table, content in written:
        raw = content.encode()
        if content == "removed":
            yield f"removed rows of {table}"
        if f'"team_id": "{away}"' in content:
            yield f"wrote a row of {table} into another town"
        for mark, kind, place in hidden:
            if mark in raw:
                yield f"wrote a row of {table} that names {kind} of {place}"


def faults(check: Check, answer: Answer) -> Iterator[str]:
    """Yield what is wrong with an answer by the table of roles, with both walls standing."""
    caller, operation, kind = CALLERS[check.caller], check.operation, kind_tried(check)
    if check.channel not in {checks.PATH, checks.HEAD} or operation.is_public or operation.is_sign_in:
        return
    if not caller.signed_in:
        if answer.status != 401:
            yield f"answers {answer.status} to somebody who is not signed in"
        return
    allowed = caller.may(check.rule.lines) and not (check.rule.people_only and caller.operations is not None)
    if check.channel == checks.PATH and not allowed and answer.status not in REFUSED and not _empty(answer):
        yield f"answers {answer.status}, though no line of the table allows it"
    reached = not kind or within_reach(caller, kind, check.place)
    if operation.is_safe and allowed and reached and check.place == OWN and answer.status != 200:
        yield f"answers {answer.status} to somebody who may"


def _empty(answer: Answer) -> bool:
    return answer.status == 200 and re.search(rb'"results":\s*\[\]', answer.raw) is not None
