"""Assigning over HTTP, and a membership that is ended: the case goes to a colleague or back to its organisation."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.teams.models import Membership
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for
from tests.world import Town, ago


@pytest.fixture
def chair(town: Town) -> Api:
    return browser_for(town.coordinator)


@pytest.fixture
def address(town: Town, chair: Api) -> str:
    """Open a case of the society that its outreach worker holds, and return its address."""
    at = str(browser_for(town.outreach).post(CASES, case_body(town)).headers["Location"])
    assert chair.post(f"{at}/assign", {"user": str(town.outreach.id)}).status == 200
    return at


def holder(address: str) -> Any:
    return Case.objects.get(pk=address.rsplit("/", 1)[1]).assigned_to


def leave(client: Api, user: Any) -> int:
    """End the role of `user` as a client would, with the version it has."""
    at = f"/api/v1/members/{Membership.objects.get(user=user).id}"
    return client.post(f"{at}/end", {}).status


def told(client: Api) -> list[str]:
    return [row["kind"] for row in client.get("/api/v1/notifications").json["results"]]


def test_the_colleague_who_was_there_longest_takes_over(town: Town, chair: Api, address: str) -> None:
    colleague = town.worker("member", town.society, valid_from=ago(days=20))
    town.worker("member", town.society)
    assert leave(browser_for(town.lead), town.outreach) == 200
    assert holder(address) == colleague.id
    assert "case.holder_replaced" in told(chair)


def test_without_a_colleague_the_organisation_holds_it(town: Town, chair: Api, address: str) -> None:
    assert leave(browser_for(town.lead), town.outreach) == 200
    assert holder(address) is None
    seen = chair.get(address).json
    assert (seen["holder"], seen["assigned_to"]) == (str(town.society.id), None)
    assert "case.holder_replaced" in told(chair)


def test_who_left_finds_nothing_at_the_next_request(town: Town, address: str) -> None:
    client = browser_for(town.outreach)
    assert client.get(address).status == 200
    leave(browser_for(town.lead), town.outreach)
    assert client.get(address).status in {401, 403, 404}


def test_a_refused_end_moves_no_case(town: Town, address: str) -> None:
    assert leave(browser_for(town.nurse), town.outreach) in {403, 404}
    assert holder(address) == town.outreach.id


def test_the_change_is_an_entry_beside_the_end_of_the_membership(
    town: Town, address: str, audit: Audit
) -> None:
    leave(browser_for(town.lead), town.outreach)
    [ended] = audit.entries(verb="membership.ended")
    [replaced] = audit.entries(verb="case.holder_replaced")
    assert ended["actor_id"] == replaced["actor_id"] == town.lead.id
    assert replaced["object_id"] == address.rsplit("/", 1)[1]
    assert replaced["said"]["facts"] == {"user": None, "before": str(town.outreach.id)}


def test_the_lead_who_ended_it_still_sees_no_case(town: Town, address: str) -> None:
    lead = browser_for(town.lead)
    leave(lead, town.outreach)
    assert lead.get(address).status == 404
    assert lead.get(CASES).status == 403


def test_another_organisation_takes_over_only_by_consent(town: Town, chair: Api, address: str) -> None:
    body = {"user": str(town.nurse.id), "organisation": str(town.clinic.id)}
    refused = chair.post(f"{address}/assign", body)
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "consent_does_not_name")
    assert browser_for(town.nurse).get(address).status == 404
    assert chair.post(f"{address}/consents", consent_body(town.clinic)).status == 201
    done = chair.post(f"{address}/assign", body)
    assert (done.status, done.json["holder"]) == (200, str(town.clinic.id))
    assert browser_for(town.nurse).get(address).json["purpose"] == "holding_case"


def test_the_opener_keeps_its_reason_when_another_holds_the_case(
    town: Town, chair: Api, address: str
) -> None:
    chair.post(f"{address}/consents", consent_body(town.clinic))
    chair.post(f"{address}/assign", {"user": None, "organisation": str(town.clinic.id)})
    reasons = browser_for(town.outreach).get(f"{address}/access").json["reasons"]
    assert [one["reason"] for one in reasons] == ["opened"]


def test_a_worker_of_another_town_is_nobody_here(town: Town, chair: Api, address: str) -> None:
    refused = chair.post(f"{address}/assign", {"user": str(Town().outreach.id)})
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "not_a_worker_there")
    assert holder(address) == town.outreach.id
