"""The operations that are measured: what each sends, as a web client would send it."""

import itertools
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

OURS: Final = "/api/v1/referrals"
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
    at: str = OURS
    tail: str = ""
    created: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, found: Mapping[str, Any], *, at: str = OURS, tail: str = "") -> "Supply":
        """Take what `benchmarks.callers` has found in a data set. Raises SystemExit when that is not enough."""
        for part in ("cases", "referrals"):
            if not found[part]:
                raise SystemExit(f"The data set holds no {part} to ask about; make a larger one.")
        cases, referrals = (itertools.cycle(found[part]) for part in ("cases", "referrals"))
        return cls(found["people"], cases, referrals, at, tail)

    def path(self, *parts: str) -> str:
        return "/".join((self.at, *parts)) + self.tail

    def get(self, person: str, path: str) -> Call:
        return Call("GET", path, self.people[person])

    def post(self, person: str, path: str, body: Any, *, creates: bool = False) -> Call:
        headers = {**self.people[person], "Content-Type": "application/json"}
        if creates:
            headers["Idempotency-Key"] = uuid.uuid4().hex
        return Call("POST", path, headers, json.dumps(body).encode(), creates)


def _accept(supply: Supply) -> Call:
    return supply.post("recipient", supply.path(supply.created.pop(), "accept"), {})


def _create(supply: Supply) -> Call:
    return supply.post("requester", supply.path(), {**next(supply.cases), "send": True}, creates=True)


# In this order: what is created is accepted in the same round.
OPERATIONS: Final[Mapping[str, Callable[[Supply], Call]]] = {
    "list": lambda supply: supply.get("coordinator", f"{supply.path()}?page_size=50"),
    "filtered list": lambda supply: supply.get(
        "coordinator", f"{supply.path()}?page_size=50&status=completed"
    ),
    "two-team list": lambda supply: supply.get("two teams", f"{supply.path()}?page_size=50"),
    "member's list": lambda supply: supply.get("requester", f"{supply.path()}?page_size=50"),
    "detail": lambda supply: supply.get("recipient", supply.path(next(supply.referrals))),
    "create": _create,
    "accept": _accept,
    "inbox": lambda supply: supply.get("coordinator", "/api/v1/inbox"),
}
