"""/members and /teams: who sees and changes what, with each denial."""

from typing import Any

import pytest

from backend.teams.models import Membership
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.world import Town, free_prefix, make_user, national

PATH = "/api/v1/members"


def role_of(user: Any) -> Membership:
    return Membership.objects.get(user=user)


def body(town: Town, **values: Any) -> dict[str, Any]:
    user = make_user()
    return {
        "username": user.username,
        "role": "member",
        "team": str(town.team.id),
        "organisation": str(town.clinic.id),
        **values,
    }


def names(api: Api, **query: str) -> set[str]:
    answer = api.get(PATH, query=query)
    assert answer.status == 200
    return {row["user"]["username"] for row in answer.json["results"]}


def test_a_coordinator_gives_a_role(town: Town, audit: Audit) -> None:
    api = browser_for(town.coordinator)
    made = api.post(PATH, body(town, services=["HR-OUT"]))
    assert made.status == 201
    assert made.headers["Location"] == f"{PATH}/{made.json['id']}"
    assert made.headers["ETag"] == '"1"'
    assert api.get(made.headers["Location"]).json == made.json
    (entry,) = audit.entries(verb="membership.added")
    assert (entry["log"], entry["actor_id"]) == (town.team.id, town.coordinator.id)


def test_the_same_request_twice_gives_one_role(town: Town) -> None:
    api, said = browser_for(town.coordinator), body(town)
    first = api.post(PATH, said, Idempotency_Key="members-0001")
    again = api.post(PATH, said, Idempotency_Key="members-0001")
    assert (first.status, again.status) == (201, 201)
    assert first.json["id"] == again.json["id"]


def test_who_sees_whom(town: Town) -> None:
    everybody = {
        getattr(town, who).username
        for who in ("coordinator", "deputy", "nurse", "social_worker", "outreach", "lead")
    }
    assert names(browser_for(town.coordinator)) >= everybody
    assert names(browser_for(town.lead)) >= everybody
    assert names(browser_for(town.nurse)) == {town.nurse.username, town.deputy.username}
    assert names(browser_for(town.partner_worker)) == {town.partner_worker.username}
    assert names(browser_for(Town().coordinator)).isdisjoint(everybody)


def test_filters_narrow_and_a_foreign_id_finds_nothing(town: Town) -> None:
    api = browser_for(town.coordinator)
    assert town.nurse.id
    assert names(api, role="member", organisation=str(town.clinic.id)) == {town.nurse.username}
    assert names(api, team=str(Town().team.id)) == set()
    assert names(api, live="false") == set()
    assert api.get(PATH, query={"user__password": "x"}).code == "unknown_parameter"


@pytest.mark.parametrize("who", ["nurse", "outreach", "deputy"])
def test_a_worker_gives_no_role(town: Town, who: str) -> None:
    answer = browser_for(getattr(town, who)).post(PATH, body(town))
    assert (answer.status, answer.code) == (403, "forbidden")


def test_an_analyst_and_a_stranger_do_not_get_in(town: Town, stranger: Api) -> None:
    assert browser_for(national("national_analyst")).get(PATH).status == 403
    assert stranger.get(PATH).status == 401
    assert browser_for(town.coordinator, second=False).get(PATH).status == 401


def test_a_foreign_role_is_answered_as_an_absent_one(town: Town, audit: Audit) -> None:
    foreign, api = role_of(Town().nurse), browser_for(town.coordinator)
    absent = api.get(f"{PATH}/{town.team.id}")
    answers = [
        api.get(f"{PATH}/{foreign.id}"),
        api.post(f"{PATH}/{foreign.id}/end", {}),
        api.patch(f"{PATH}/{foreign.id}", {}, If_Match='"1"'),
    ]
    for answer in answers:
        assert (answer.status, answer.code) == (absent.status, absent.code) == (404, "not_found")
    assert len(audit.denied(log=foreign.team_id)) == 3


@pytest.mark.parametrize(
    ("values", "pointer", "code"),
    [
        ({"username": "nobody-at-all"}, "/username", "unknown_id"),
        ({"role": "mayor"}, "/role", "unknown_code"),
        ({"team": "3b241101-e2bb-4255-8caf-4136c566a962"}, "/team", "unknown_id"),
        ({"services": ["XX"]}, "/services/0", "unknown_code"),
        ({"colour": "red"}, "/colour", "unknown_field"),
        ({"valid_until": "yesterday"}, "/valid_until", "invalid"),
        ({"team": None}, "/team", "required"),
    ],
)
def test_wrong_input_is_named(town: Town, values: dict[str, Any], pointer: str, code: str) -> None:
    answer = browser_for(town.coordinator).post(PATH, body(town, **values))
    assert answer.status == 422
    assert [(one["pointer"], one["code"]) for one in answer.json["errors"]] == [(pointer, code)]


def test_a_rule_that_stands_in_the_way_is_a_conflict(town: Town) -> None:
    api = browser_for(town.coordinator)
    said = body(town, username=town.nurse.username)
    assert api.post(PATH, said).code == "already_held"
    assert api.post(PATH, body(town, organisation=str(town.ward.id))).code == "no_sharing_agreement"
    assert browser_for(town.lead).post(PATH, body(town, username=town.lead.username)).status == 403


def test_a_change_needs_the_version(town: Town) -> None:
    api, at = browser_for(town.coordinator), f"{PATH}/{role_of(town.nurse).id}"
    assert api.patch(at, {"services": ["HR-OUT"]}).code == "precondition_required"
    assert api.patch(at, {"services": ["HR-OUT"]}, If_Match='"7"').code == "stale_version"
    changed = api.patch(at, {"services": ["HR-OUT"]}, If_Match='"1"')
    assert (changed.status, changed.headers["ETag"], changed.json["services"]) == (200, '"2"', ["HR-OUT"])


def test_an_ended_role_is_over_at_the_next_request(town: Town) -> None:
    nurse = client_for(town.nurse)
    assert nurse.get("/api/v1/me").status == 200
    ended = browser_for(town.coordinator).post(f"{PATH}/{role_of(town.nurse).id}/end", {})
    assert ended.status == 200
    assert ended.json["valid_until"] is not None
    assert nurse.get("/api/v1/me").status == 401
    again = browser_for(town.coordinator).post(f"{PATH}/{role_of(town.nurse).id}/end", {})
    assert again.code == "membership_over"


def test_nobody_ends_the_own_role_or_a_colleagues(town: Town) -> None:
    colleague = town.worker("member", town.clinic)
    at = f"{PATH}/{role_of(town.nurse).id}/end"
    for who in (town.nurse, colleague):
        answer = browser_for(who).post(at, {})
        assert (answer.status, answer.code) == (403, "forbidden")
    assert browser_for(town.social_worker).post(at, {}).status == 404


def test_a_deputy_acts_when_the_coordinator_says_so(town: Town) -> None:
    at = f"{PATH}/{role_of(town.deputy).id}"
    api, deputy = browser_for(town.coordinator), browser_for(town.deputy)
    assert deputy.post(f"{at}/start-acting", {"reason": "absent"}).status == 403
    assert api.post(f"{at}/start-acting", {"reason": "holiday"}).status == 422
    assert api.post(f"{at}/start-acting", {"reason": "absent"}).status == 200
    assert deputy.get("/api/v1/me").json["seats"][0]["acting"]
    assert api.post(f"{at}/start-acting", {"reason": "absent"}).code == "already_acting"
    assert deputy.post(f"{at}/end-acting", {}).status == 200
    assert not deputy.get("/api/v1/me").json["seats"][0]["acting"]


def test_an_account_is_switched_off(town: Town) -> None:
    at = f"{PATH}/{role_of(town.nurse).id}/disable"
    nurse = client_for(town.nurse)
    assert nurse.get("/api/v1/me").status == 200
    assert nurse.post(at, {}).status == 403
    done = browser_for(town.officer).post(at, {})
    assert (done.status, done.json["user"]["is_active"]) == (200, False)
    assert nurse.get("/api/v1/me").status == 401


def test_teams_are_known_to_everybody_and_founded_by_the_platform(town: Town) -> None:
    teams = "/api/v1/teams"
    nurse = client_for(town.nurse)
    assert nurse.get(f"{teams}/{town.team.id}").json["slug"] == town.team.slug
    assert nurse.get(teams, query={"municipality": "70734"}).status == 200
    said = {
        "slug": f"novi-{town.team.slug[-8:]}",
        "prefix": free_prefix(),
        "municipality": "71269",
        "label_en": "T",
        "label_sr_latn": "T",
        "label_sr_cyrl": "Т",
    }
    assert nurse.post(teams, said).status == 403
    platform = browser_for(national("platform_admin"))
    assert platform.post(teams, {**said, "prefix": "zz9"}).status == 422
    made = platform.post(teams, said)
    assert (made.status, made.json["municipality"]) == (201, "71269")
    assert platform.post(teams, said).code == "team_exists"


def test_the_number_of_queries(town: Town, counted: Counted) -> None:
    api, at = browser_for(town.coordinator), f"{PATH}/{role_of(town.nurse).id}"
    with counted("members_list"):
        assert api.get(PATH).status == 200
    with counted("members_retrieve"):
        assert api.get(at).status == 200
    said = body(town)
    with counted("members_create"):
        assert api.post(PATH, said).status == 201
    with counted("teams_list"):
        assert api.get("/api/v1/teams").status == 200
