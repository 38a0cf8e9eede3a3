"""/members, /invitations and /tokens: what waits is shown to who is asked, confirmed or declined, refused in order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from backend.teams import factor_marks
from tests.api.audit import Audit
from tests.api.client import Answer, Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.teams.proposals import KINDS, MAKE, issue, propose
from tests.world import Town, make_user, national, saved

PATHS = {
    "membership": "/api/v1/members",
    "invitation": "/api/v1/invitations",
    "token": "/api/v1/tokens",
}
VERBS = ("confirm", "decline")
each_kind = pytest.mark.parametrize("kind", KINDS)
each_verb = pytest.mark.parametrize("verb", VERBS)


@pytest.fixture
def made(town: Town) -> Callable[[str], str]:
    """Return what the coordinator proposes, by its address; everybody is there who could be asked."""
    for who in ("coordinator", "nurse", "lead", "officer"):
        assert getattr(town, who).id
    return lambda kind: f"{PATHS[kind]}/{MAKE[kind](town).id}"


def same(one: Answer, other: Answer) -> bool:
    told = [answer.raw.replace(answer.headers["X-Request-Id"].encode(), b"-") for answer in (one, other)]
    return (one.status, told[0]) == (other.status, told[1])


@each_kind
def test_the_lead_finds_what_waits_and_confirms_it(town: Town, made: Any, kind: str) -> None:
    at, lead = made(kind), browser_for(town.lead)
    (row,) = lead.get(PATHS[kind], query={"waiting": "true"}).json["results"]
    assert (row["asked_roles"], row["confirmed_by"]) == (["municipal_lead"], None)
    assert row["waits_until"] is not None
    assert lead.get(at).json["id"] == row["id"]
    done = lead.post(f"{at}/confirm", {}, If_Match='"1"')
    assert (done.status, done.headers["ETag"]) == (200, '"2"')
    assert (done.json["confirmed_by"], done.json["waits_until"]) == (str(town.lead.id), None)
    assert lead.get(PATHS[kind], query={"waiting": "true"}).json["results"] == []


def test_the_filters_tell_what_waits_from_what_is_held(town: Town, made: Any) -> None:
    waits, lead = made("membership").rpartition("/")[2], browser_for(town.lead)
    held = str(town.nurse.memberships.get().id)

    def found(**query: str) -> set[str]:
        return {row["id"] for row in lead.get(PATHS["membership"], query=query).json["results"]}

    assert (waits in found(live="true"), waits in found(live="false")) == (False, True)
    assert (waits in found(waiting="true"), waits in found(waiting="false")) == (True, False)
    assert held in found(live="true") & found(waiting="false")
    assert lead.get(PATHS["membership"], query={"waiting": "yes"}).status == 400


@each_kind
@each_verb
def test_a_second_answer_is_a_conflict(town: Town, made: Any, kind: str, verb: str) -> None:
    at, lead = made(kind), browser_for(town.lead)
    assert lead.post(f"{at}/confirm", {}).status == 200
    again = lead.post(f"{at}/{verb}", {})
    assert (again.status, again.code) == (409, "nothing_waits")


@each_kind
def test_what_is_declined_is_never_confirmed(town: Town, made: Any, kind: str) -> None:
    at, lead = made(kind), browser_for(town.lead)
    assert lead.post(f"{at}/decline", {}).status == 200
    answer = lead.post(f"{at}/confirm", {})
    assert answer.status in {404, 409}
    assert not lead.get(PATHS[kind], query={"waiting": "true"}).json["results"]


@each_kind
def test_the_coordinator_takes_it_back_and_does_not_confirm_it(town: Town, made: Any, kind: str) -> None:
    at, coordinator = made(kind), browser_for(town.coordinator)
    refused = coordinator.post(f"{at}/confirm", {})
    assert (refused.status, refused.code) == (403, "forbidden")
    assert coordinator.post(f"{at}/decline", {}).status == 200


@each_kind
@each_verb
def test_who_is_not_asked_is_refused(town: Town, made: Any, kind: str, verb: str, audit: Audit) -> None:
    at = f"{made(kind)}/{verb}"
    officer = browser_for(town.officer).post(at, {})
    assert officer.status == (403 if kind == "membership" else 404)
    assert browser_for(town.nurse).post(at, {}).status in {403, 404}
    for who in (town.partner_worker, make_user(), national("release_officer")):
        assert browser_for(who).post(at, {}).status in {403, 404}
    assert not audit.entries(verb=f"{kind}.confirmed") + audit.entries(verb=f"{kind}.declined")


@each_kind
@each_verb
def test_a_foreign_one_is_answered_as_an_absent_one(town: Town, made: Any, kind: str, verb: str) -> None:
    other = Town()
    at, lead = made(kind), browser_for(other.lead)
    absent = lead.post(f"{PATHS[kind]}/{uuid4()}/{verb}", {})
    assert absent.status == 404
    for key in (at.rpartition("/")[2], "no-id-at-all", "0" * 36):
        assert same(lead.post(f"{PATHS[kind]}/{key}/{verb}", {}), absent)
        assert same(lead.post(f"{PATHS[kind]}/{key}/{verb}", {"x": 1}, If_Match='"9"'), absent)
    found = lead.get(PATHS[kind], query={"team": str(town.team.id), "waiting": "true"})
    assert (found.status, found.json["results"]) == (200, [])


@each_kind
@each_verb
def test_refusals_come_in_their_order(town: Town, made: Any, stranger: Api, kind: str, verb: str) -> None:
    at, wrong = f"{made(kind)}/{verb}", {"nonsense": True}
    lead = browser_for(town.lead)
    assert stranger.post(at, wrong).status == 401
    assert lead.post(f"{PATHS[kind]}/{uuid4()}/{verb}", wrong, If_Match='"9"').status == 404
    if verb == "confirm":
        assert browser_for(town.coordinator).post(at, wrong, If_Match='"9"').status == 403
    assert lead.post(at, wrong, If_Match='"9"').code == "stale_version"
    assert lead.post(at, wrong).status == 422
    assert lead.post(at, {}).status == 200


@each_kind
@each_verb
def test_a_machine_answers_nothing(town: Town, made: Any, kind: str, verb: str) -> None:
    answer = client_for(town.lead).post(f"{made(kind)}/{verb}", {})
    assert answer.status in {403, 404}


@each_kind
@each_verb
def test_the_factor_is_asked_again(
    town: Town, made: Any, monkeypatch: pytest.MonkeyPatch, kind: str, verb: str
) -> None:
    at, real = made(kind), factor_marks.mark_passed

    def marked(session: Any, user_id: Any, *, kind: str) -> None:
        real(session, user_id, kind=kind)
        before = (timezone.now() - timedelta(minutes=11)).timestamp()
        session[factor_marks.SHOWN] = dict.fromkeys(session[factor_marks.SHOWN], before)

    monkeypatch.setattr(factor_marks, "mark_passed", marked)
    assert browser_for(town.lead).post(f"{at}/{verb}", {}).code == "step_up_required"


def test_a_role_opens_when_it_is_confirmed_and_not_before(town: Town, made: Any) -> None:
    row = propose(town, town.coordinator, services=["HR-OUT"])
    worker = browser_for(row.user)
    at = f"{PATHS['membership']}/{row.id}"
    assert worker.get("/api/v1/me").json["seats"] == []
    assert worker.get("/api/v1/cases").status == 403
    said = browser_for(town.coordinator).get(at).json
    assert (said["valid_from"], said["proposed_by"]) == (None, str(town.coordinator.id))
    done = browser_for(town.lead).post(f"{at}/confirm", {})
    assert done.json["valid_from"] is not None
    assert [one["role"] for one in worker.get("/api/v1/me").json["seats"]] == ["member"]
    assert worker.get("/api/v1/cases").status == 200


def test_a_change_that_waits_is_shown_beside_what_holds(town: Town, made: Any) -> None:
    coordinator, lead = browser_for(town.coordinator), browser_for(town.lead)
    at = f"{PATHS['membership']}/{town.nurse.memberships.get().id}"
    changed = coordinator.patch(at, {"organisation_steward": True}, If_Match='"1"')
    assert (changed.status, changed.json["organisation_steward"]) == (200, False)
    assert changed.json["wanted"] == {"organisation_steward": True}
    assert lead.post(f"{at}/confirm", {}, If_Match='"1"').code == "stale_version"
    assert lead.post(f"{at}/confirm", {}).json["organisation_steward"] is True
    again = coordinator.patch(at, {"services": ["HR-OUT"], "organisation_steward": False}, If_Match='"3"')
    end = (timezone.now() + timedelta(days=9)).isoformat()
    assert (again.json["services"], again.json["wanted"]) == (["HR-OUT"], None)
    assert coordinator.patch(at, {"valid_until": end}, If_Match='"4"').json["valid_until"] is not None


def test_the_officer_finds_an_invitation_to_coordinate(town: Town, made: Any, stranger: Api) -> None:
    said = {"role": "coordinator", "team": str(town.team.id), "organisation": str(town.society.id)}
    invited = browser_for(town.lead).post(PATHS["invitation"], said)
    assert (invited.status, invited.json["asked_roles"]) == (201, ["data_protection_officer"])
    accepting = {
        "token": invited.json["token"],
        "username": f"{make_user().username}-n",
        "display_name": "Nova",
        "password": "tri-reke-i-jedan-most",
    }
    door = f"{PATHS['invitation']}/accept"
    absent = stranger.post(door, {**accepting, "token": "spona_in_x"})
    assert same(stranger.post(door, accepting), absent)
    officer = browser_for(town.officer)
    (row,) = officer.get(PATHS["invitation"]).json["results"]
    assert officer.post(f"{PATHS['invitation']}/{row['id']}/confirm", {}).status == 200
    assert stranger.post(door, accepting).status == 201


def test_a_token_that_waits_is_answered_like_an_unknown_one(town: Town, made: Any) -> None:
    row, secret = issue(town, town.coordinator)
    waits, unknown = Api(Authorization=f"Bearer {secret}"), Api(Authorization="Bearer spona_mt_" + "x" * 43)
    assert same(waits.get("/api/v1/me"), unknown.get("/api/v1/me"))
    assert browser_for(town.lead).post(f"{PATHS['token']}/{row.id}/confirm", {}).json["secret"] is None
    assert waits.get("/api/v1/me").status == 200


def test_a_national_office_is_shown_to_every_officer_while_it_waits(town: Town, made: Any) -> None:
    row = propose(town, national("platform_admin"), "release_officer", team=None)
    at, officer = f"{PATHS['membership']}/{row.id}", browser_for(Town().officer)
    assert browser_for(town.lead).get(at).status == 404
    assert officer.get(at).json["role"] == "release_officer"
    assert officer.post(f"{at}/confirm", {}).status == 200
    assert browser_for(town.officer).get(at).status == 404


def test_somebody_asked_who_is_switched_off_confirms_nothing(town: Town, made: Any) -> None:
    at, lead = made("membership"), browser_for(town.lead)
    town.lead.is_active = False
    saved(town.lead)
    assert lead.post(f"{at}/confirm", {}).status == 401


def test_the_number_of_queries(town: Town, made: Any, counted: Counted) -> None:
    lead = browser_for(town.lead)
    for kind, name in (("membership", "members"), ("invitation", "invitations"), ("token", "tokens")):
        first, second = made(kind), made(kind)
        with counted(f"{name}_confirm"):
            assert lead.post(f"{first}/confirm", {}).status == 200
        with counted(f"{name}_decline"):
            assert lead.post(f"{second}/decline", {}).status == 200
