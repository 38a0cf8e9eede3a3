"""The operations that are measured: what each sends, as a web client would send it."""

import itertools
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

AT: Final = "/api/v1/referrals"
Headers = Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """One request. `creates` keeps what it makes for the operation that needs it."""

    method: str
    path: str
    headers: Headers
    body: bytes = b""
    creates: bool = False


@dataclass
class Supply:
    """What the requests of a run are about: signed-in people, cases to refer, referrals to open and to accept."""

    people: Mapping[str, Headers]
    cases: Iterator[dict[str, Any]]
    referrals: Iterator[str]
    created: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> "Supply":
        """Take what `benchmarks.callers` has found in a data set."""
        return cls(found["people"], itertools.cycle(found["cases"]), itertools.cycle(found["referrals"]))

    def get(self, person: str, path: str) -> Call:
        return Call("GET", path, self.people[person])

    def post(self, person: str, path: str, body: Any, *, creates: bool = False) -> Call:
        headers = {**self.people[person], "Content-Type": "application/json"}
        if creates:
            headers["Idempotency-Key"] = uuid.uuid4().hex
        return Call("POST", path, headers, json.dumps(body).encode(), creates)


def _accept(supply: Supply) -> Call:
    return supply.post("recipient", f"{AT}/{supply.created.pop()}/accept", {})


def _create(supply: Supply) -> Call:
    return supply.post("requester", AT, {**next(supply.cases), "send": True}, creates=True)


# In this order: what is created is accepted in the same round.
OPERATIONS: Final[Mapping[str, Callable[[Supply], Call]]] = {
    "list": lambda supply: supply.get("coordinator", f"{AT}?page_size=50"),
    "filtered list": lambda supply: supply.get("coordinator", f"{AT}?page_size=50&status=completed"),
    "two-team list": lambda supply: supply.get("two teams", f"{AT}?page_size=50"),
    "member's list": lambda supply: supply.get("requester", f"{AT}?page_size=50"),
    "detail": lambda supply: supply.get("coordinator", f"{AT}/{next(supply.referrals)}"),
    "create": _create,
    "accept": _accept,
    "inbox": lambda supply: supply.get("coordinator", "/api/v1/inbox"),
}
