"""GET /services?recent=true, and what a card of the directory needs to be called from."""

from typing import Any

import pytest

from backend.directory.models import Service
from tests.api.referral_loop import Street, street
from tests.world import Town, saved

PATH = "/api/v1/services"


@pytest.fixture
def loop(town: Town) -> Street:
    return street(town)


def service(loop: Street, code: str, **values: Any) -> Service:
    found: Service = saved(Service(organisation=loop.loop.town.clinic, code=code, **values))
    return found


def recent(loop: Street, *, by: str) -> list[str]:
    answer = loop.by(by).get(PATH, query={"recent": "true"})
    assert answer.status == 200, answer.raw
    return [row["id"] for row in answer.json["results"]]


def send(loop: Street, to: Service) -> Any:
    body = loop.body(service=str(to.id))
    del body["recipient"], body["service_code"]
    sent = loop.by("social_worker").post("/api/v1/referrals", body)
    assert sent.status == 201, sent.raw
    return sent.json


def test_what_the_own_side_referred_to_is_recent_and_says_when(loop: Street) -> None:
    used, _other = service(loop, "TX-OPC"), service(loop, "HR-DIC")
    assert recent(loop, by="social_worker") == []
    sent = send(loop, used)
    assert recent(loop, by="social_worker") == [str(used.id)]
    row = loop.by("social_worker").get(f"{PATH}/{used.id}").json
    assert row["last_referred_at"] == sent["sent_at"]


def test_the_coordinator_stands_with_the_side_and_nobody_else_is_told(loop: Street) -> None:
    used = service(loop, "TX-OPC")
    send(loop, used)
    assert recent(loop, by="coordinator") == [str(used.id)]
    for other in ("nurse", "outreach", "partner_worker"):
        assert recent(loop, by=other) == []
        assert loop.by(other).get(f"{PATH}/{used.id}").json["last_referred_at"] is None


def test_a_draft_is_no_use_of_a_service(loop: Street) -> None:
    used = service(loop, "TX-OPC")
    body = loop.body(service=str(used.id), send=False)
    del body["recipient"], body["service_code"]
    assert loop.by("social_worker").post("/api/v1/referrals", body).status == 201
    assert recent(loop, by="social_worker") == []


def test_a_card_says_whom_to_call_and_whether_somebody_is_there(loop: Street) -> None:
    always = [{"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "23:59"}]
    open_one, unknown = service(loop, "TX-OPC", schedule=always), service(loop, "HR-DIC")
    api = loop.by("social_worker")
    assert api.get(f"{PATH}/{open_one.id}").json["open_now"] is True
    assert api.get(f"{PATH}/{unknown.id}").json["open_now"] is None
    assert api.get(f"{PATH}/{unknown.id}").json["organisation_phone"] == loop.loop.town.clinic.phone
