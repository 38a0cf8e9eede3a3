"""A case that waits to be referred, and the bodies and addresses that the tests of referrals begin with."""

from dataclasses import dataclass, field
from typing import Any

from backend.referrals.models import Referral
from tests.api.client import Answer, Api, client_for
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town

AT = "/api/v1/referrals"


@dataclass
class Street:
    """The same case as `loop`, seen over HTTP by each side."""

    loop: Loop
    clients: dict[str, Api] = field(default_factory=dict)

    def by(self, name: str) -> Api:
        """Return the client of a person of the town: `social_worker`, `nurse`, `outreach`, `coordinator`."""
        if name not in self.clients:
            self.clients[name] = client_for(getattr(self.loop.town, name))
        return self.clients[name]

    def body(self, **values: Any) -> dict[str, Any]:
        return {
            "case": str(self.loop.case.id),
            "recipient": str(self.loop.town.clinic.id),
            "service_code": "TX-OPC",
            "need": str(self.loop.need_id),
            "send": True,
            **values,
        }

    def refer(self, **values: Any) -> Answer:
        return self.by("social_worker").post(AT, self.body(**values))

    def step(
        self, referral: Referral | str, verb: str, body: Any = None, *, by: str, **headers: str
    ) -> Answer:
        key = referral if isinstance(referral, str) else referral.id
        return self.by(by).post(f"{AT}/{key}/{verb}", body or {}, **headers)

    def read(self, referral: Referral | str, *, by: str) -> Answer:
        key = referral if isinstance(referral, str) else referral.id
        return self.by(by).get(f"{AT}/{key}")


def street(town: Town) -> Street:
    return Street(opened(town))


def fault(answer: Answer) -> tuple[str, str]:
    """Return pointer and code of the one wrong place that a 422 names."""
    assert answer.status == 422, answer.raw
    (one,) = answer.json["errors"]
    return one["pointer"], one["code"]


def conflict(answer: Answer) -> list[str]:
    """Return the verbs that a 409 offers instead."""
    assert (answer.status, answer.code) == (409, "illegal_transition"), answer.raw
    legal: list[str] = answer.json["legal"]
    return legal
