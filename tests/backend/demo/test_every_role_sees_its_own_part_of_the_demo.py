"""The accounts of the acceptance document against the API: one table of who gets what, for every relation."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.demo.acceptance_posts import Post, posts
from backend.referrals.models import Referral
from tests.api.client import Api
from tests.backend.demo.acceptance import accepted_document, as_machine
from tests.backend.demo.conftest import Said

pytestmark = pytest.mark.xdist_group("demo")
LIVE = [post for post in posts() if post.relation not in {"dismissed", "partner_expired"}]
DEAD = [post for post in posts() if post not in LIVE]
WITH_CASES = {"coordinator", "deputy_coordinator", "member", "partner_worker"}
READS_AUDIT = {"municipal_lead", "data_protection_officer"}
NOWHERE = "00000000-0000-4000-8000-00000000ffff"


def named(found: list[Post]) -> list[Any]:
    return [pytest.param(post, id=f"{post.role}-{post.relation}") for post in found]


@pytest.fixture
def document(seeded: Said, settings: Any) -> dict[str, Any]:
    settings.SPONA_RATES = dict.fromkeys(settings.SPONA_RATES, "100000/min")
    return accepted_document()


def client(document: dict[str, Any], post: Post) -> Api:
    return as_machine(document["users"][post.role][post.relation])


def town_of(document: dict[str, Any], post: Post) -> tuple[dict[str, Any], dict[str, Any]]:
    """The team for which the token is, and the other one."""
    first, second = document["teams"]
    return (second, first) if post.relation == "other" else (first, second)


@pytest.mark.parametrize("post", named(LIVE))
def test_everybody_reads_the_directory(document: dict[str, Any], post: Post) -> None:
    api = client(document, post)
    assert api.get("/api/v1/organisations").status == 200
    assert api.get("/api/v1/services").status == 200


@pytest.mark.parametrize("post", named(LIVE))
def test_a_list_of_cases_holds_those_of_the_own_team_only(document: dict[str, Any], post: Post) -> None:
    answer = client(document, post).get("/api/v1/cases")
    if post.role not in WITH_CASES:
        assert answer.status in {200, 403}
        assert answer.status == 403 or answer.json["results"] == []
        return
    here, elsewhere = town_of(document, post)
    listed = {one["id"] for one in answer.json["results"]}
    assert listed
    assert listed <= {str(pk) for pk in Case.objects.filter(team_id=here["id"]).values_list("pk", flat=True)}
    assert listed.isdisjoint(elsewhere["cases"]["active"])


@pytest.mark.parametrize("post", named(LIVE))
@pytest.mark.parametrize("status", ["proposed", "active", "on_hold", "closed"])
def test_a_case_of_another_team_is_as_absent_as_one_that_never_was(
    document: dict[str, Any], post: Post, status: str
) -> None:
    api = client(document, post)
    _here, elsewhere = town_of(document, post)
    foreign = api.get(f"/api/v1/cases/{elsewhere['cases'][status][0]}")
    absent = api.get(f"/api/v1/cases/{NOWHERE}")
    assert foreign.status == absent.status
    assert foreign.status in {403, 404}
    assert foreign.json["code"] == absent.json["code"]


@pytest.mark.parametrize("post", named(LIVE))
def test_a_referral_of_another_team_is_absent_too(document: dict[str, Any], post: Post) -> None:
    api = client(document, post)
    _here, elsewhere = town_of(document, post)
    for status in ("draft", "requested", "accepted", "completed"):
        foreign = elsewhere["referrals"][status][0]
        assert api.get(f"/api/v1/referrals/{foreign}").status in {403, 404}
        assert api.post(f"/api/v1/referrals/{foreign}/accept", {}).status in {403, 404}


@pytest.mark.parametrize("post", named([post for post in LIVE if post.role == "member"]))
def test_a_member_sees_the_cases_in_which_the_own_organisation_has_a_reason(
    document: dict[str, Any], post: Post
) -> None:
    here, _elsewhere = town_of(document, post)
    organisation = document["users"]["member"][post.relation]["organisation_id"]
    opened = Case.objects.filter(team_id=here["id"], opened_by_organisation_id=organisation)
    foreign = Case.objects.filter(team_id=here["id"]).exclude(grants__group__name__contains=organisation)
    api = client(document, post)
    assert api.get(f"/api/v1/cases/{opened[0].pk}").status == 200
    assert api.get(f"/api/v1/cases/{foreign[0].pk}").status == 404


@pytest.mark.parametrize("status", ["requested", "accepted", "completed", "rejected"])
def test_a_third_organisation_never_sees_a_referral(document: dict[str, Any], status: str) -> None:
    post = next(post for post in LIVE if (post.role, post.relation) == ("partner_worker", "partner_valid"))
    mine = document["users"]["partner_worker"]["partner_valid"]["organisation_id"]
    others = Referral.objects.filter(team_id=document["teams"][0]["id"], status=status)
    others = others.exclude(recipient_organisation_id=mine).exclude(requester_organisation_id=mine)
    assert others.exists()
    assert client(document, post).get(f"/api/v1/referrals/{others[0].pk}").status == 404


@pytest.mark.parametrize("post", named(DEAD))
@pytest.mark.parametrize("path", ["me", "cases", "referrals", "inbox", "organisations", "reference/sectors"])
def test_whoever_lost_the_ground_has_no_key_to_any_door(
    document: dict[str, Any], post: Post, path: str
) -> None:
    assert client(document, post).get(f"/api/v1/{path}").status == 401


@pytest.mark.parametrize("post", named([post for post in LIVE if post.role not in WITH_CASES]))
def test_whoever_has_no_work_with_people_opens_no_case(document: dict[str, Any], post: Post) -> None:
    body = {"team": document["teams"][0]["id"]}
    assert client(document, post).post("/api/v1/cases", body).status in {403, 404, 422}
    assert not Case.objects.filter(team_id=document["teams"][0]["id"], import_key="by-nobody").exists()
