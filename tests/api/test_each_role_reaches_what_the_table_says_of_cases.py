"""The access matrix of cases over HTTP: each role in each relation meets 200, 403 or 404 as the policy says."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.cases.steps import hold
from backend.teams.models import ActingSpell, Membership, Memorandum
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Answer, Api, browser_for
from tests.backend.cases.papers import received
from tests.world import Town, actor, ago, ahead, national, saved

SOON = ahead(days=10).date().isoformat()
# operation -> (method, path below the case, body, status where it is allowed)
OPERATIONS: dict[str, tuple[str, str, Any, int]] = {
    "read": ("GET", "", None, 200),
    "access": ("GET", "/access", None, 200),
    "notes": ("GET", "/notes", None, 200),
    "consents": ("GET", "/consents", None, 200),
    "disclosures": ("GET", "/disclosures", None, 200),
    "change": ("PATCH", "", {"urgency": "urgent"}, 200),
    "profile": ("POST", "/profile", {"items": {"sex": "1"}}, 200),
    "note": ("POST", "/notes", {"text": "Razgovor dogovoren."}, 201),
    "hold": ("POST", "/hold", {"review_due": SOON}, 200),
    "close": ("POST", "/close", {"closure_reason": "needs_met"}, 200),
    "assign": ("POST", "/assign", {"user": None}, 200),
    "safeguard": ("POST", "/safeguarding", {"basis": "child_protection"}, 201),
}
READS = {"read", "access", "notes", "consents", "disclosures"}
EDITS = {"change", "profile", "note", "hold"}
CHAIRS = {"close", "assign"}
EVERYTHING = set(OPERATIONS)


@pytest.fixture
def case(town: Town) -> Case:
    consent = consent_body(town.society, town.centre)
    answer = browser_for(town.outreach).post(CASES, case_body(town, consent=consent))
    return Case.objects.get(pk=answer.json["id"])


def send(client: Api, case: Case, operation: str) -> Answer:
    method, path, body, _status = OPERATIONS[operation]
    headers = {"If_Match": f'"{case.version}"'} if method == "PATCH" else {}
    return client.send(method, f"{CASES}/{case.id}{path}", body, **headers)


def met(client: Api, case: Case, operation: str, *, allowed: bool, seen: bool) -> None:
    answer = send(client, case, operation)
    expected = OPERATIONS[operation][3] if allowed else 403 if seen else 404
    assert answer.status == expected, (operation, answer.raw)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_coordinator_may_everything(town: Town, case: Case, operation: str) -> None:
    met(browser_for(town.coordinator), case, operation, allowed=True, seen=True)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_opener_may_all_but_chair(town: Town, case: Case, operation: str) -> None:
    allowed = operation not in CHAIRS
    met(browser_for(town.outreach), case, operation, allowed=allowed, seen=True)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_recipient_reads_and_records_an_exception(town: Town, case: Case, operation: str) -> None:
    received(case, town.clinic)
    allowed = operation in READS | {"safeguard"}
    met(browser_for(town.nurse), case, operation, allowed=allowed, seen=True)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_partner_who_received_a_referral_lists_no_disclosures(
    town: Town, case: Case, operation: str
) -> None:
    received(case, town.partner)
    allowed = operation in (READS | {"safeguard"}) - {"disclosures"}
    met(browser_for(town.partner_worker), case, operation, allowed=allowed, seen=True)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("who", ["nurse", "social_worker", "deputy", "partner_worker", "lead", "officer"])
def test_without_a_reason_nothing_is_there(town: Town, case: Case, operation: str, who: str) -> None:
    met(browser_for(getattr(town, who)), case, operation, allowed=False, seen=False)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("who", ["coordinator", "deputy", "outreach"])
def test_for_another_town_nothing_is_there(town: Town, case: Case, operation: str, who: str) -> None:
    met(browser_for(getattr(Town(), who)), case, operation, allowed=False, seen=False)


@pytest.mark.parametrize(
    "role", ["national_analyst", "release_officer", "directory_admin", "key_custodian", "platform_admin"]
)
def test_for_the_office_and_the_platform_nothing_is_there(town: Town, case: Case, role: str) -> None:
    client = browser_for(national(role))
    for operation in ("read", "change", "close", "notes"):
        met(client, case, operation, allowed=False, seen=False)
    assert client.get(CASES).status == 403


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_acting_deputy_sees_and_chairs_but_edits_only_the_own(
    town: Town, case: Case, operation: str
) -> None:
    membership = Membership.objects.get(user=town.deputy)
    saved(ActingSpell(membership=membership, team=town.team, reason="absent", valid_from=ago(hours=1)))
    allowed = operation in {"read", "notes", *CHAIRS}
    answer = send(browser_for(town.deputy), case, operation)
    assert answer.status != 404
    if allowed:
        assert answer.status == OPERATIONS[operation][3], answer.raw
    if operation in EDITS:
        assert answer.status == 403


@pytest.mark.parametrize("operation", ["read", "change", "notes"])
def test_with_the_memorandum_ends_the_partner_s_access(town: Town, case: Case, operation: str) -> None:
    received(case, town.partner)
    client = browser_for(town.partner_worker)
    assert send(client, case, "read").status == 200
    for memorandum in Memorandum.objects.filter(organisation=town.partner):
        memorandum.valid_until = ago(seconds=1)
        saved(memorandum)
    assert send(client, case, operation).status in {401, 403, 404}
    assert send(client, case, "read").status != 200


def test_what_is_offered_does_not_fail_and_what_is_not_offered_does(town: Town, case: Case) -> None:
    for user in (town.coordinator, town.outreach):
        client = browser_for(user)
        offered = client.get(f"{CASES}/{case.id}").json["allowed_actions"]
        assert ("close" in offered) == (user == town.coordinator)
        refused = send(client, case, "assign").status
        assert (refused == 200) == ("assign" in offered)


def test_a_held_case_offers_to_be_taken_up(town: Town, case: Case) -> None:
    hold(actor(town.outreach), case, review_due=ahead(days=3).date())
    offered = browser_for(town.outreach).get(f"{CASES}/{case.id}").json["allowed_actions"]
    assert "resume" in offered
    assert "hold" not in offered
