"""/invitations, /tokens and /me."""

from typing import Any

import pytest

from backend.teams.models import MachineToken, Membership, User
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.api.signing_in import PASSWORD, Browser
from tests.world import Town, make_user, national

INVITATIONS, TOKENS, ME = (f"/api/v1/{name}" for name in ("invitations", "tokens", "me"))


def invitation(town: Town, **values: Any) -> dict[str, Any]:
    place = {"team": str(town.team.id), "organisation": str(town.clinic.id)}
    return {"role": "member", **place, **values}


def accepting(token: str, **values: Any) -> dict[str, Any]:
    name = make_user().username + "-n"
    return {"token": token, "username": name, "display_name": "Nova", "password": PASSWORD, **values}


def token(town: Town, **values: Any) -> dict[str, Any]:
    return {
        "name": "robot",
        "team": str(town.team.id),
        "acting_for": str(town.nurse.id),
        "operations": ["case.view_coded"],
        **values,
    }


def test_an_invitation_becomes_an_account_that_can_sign_in(town: Town, stranger: Api, audit: Audit) -> None:
    api = browser_for(town.coordinator)
    made = api.post(INVITATIONS, invitation(town))
    assert made.status == 201
    assert made.json["link"].endswith("#" + made.json["token"])
    again = api.get(made.headers["Location"]).json
    assert (again["token"], again["link"]) == (None, None)
    said = accepting(made.json["token"])
    accepted = stranger.post(f"{INVITATIONS}/accept", said)
    assert accepted.status == 201
    assert accepted.json["username"] == said["username"]
    assert Membership.objects.get(user_id=accepted.json["id"]).organisation == town.clinic
    user = Membership.objects.get(user_id=accepted.json["id"]).user
    assert Browser().sign_in(user).status == 200
    (entry,) = audit.entries(verb="invitation.accepted")
    assert (entry["actor_id"], entry["log"]) == (user.id, town.team.id)
    assert said["token"] not in str(entry["said"])


def test_a_link_works_once_and_every_bad_one_is_alike(town: Town, stranger: Api) -> None:
    api = browser_for(town.coordinator)
    used, revoked = (api.post(INVITATIONS, invitation(town)).json for _number in range(2))
    assert stranger.post(f"{INVITATIONS}/accept", accepting(used["token"])).status == 201
    assert api.post(f"{INVITATIONS}/{revoked['id']}/revoke", {}).json["revoked_at"]
    assert api.post(f"{INVITATIONS}/{revoked['id']}/revoke", {}).code == "invitation_over"
    for bad in (used["token"], revoked["token"], "spona_in_x"):
        assert stranger.post(f"{INVITATIONS}/accept", accepting(bad)).code == "not_found"


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"password": "short"}, "/password"),
        ({"username": "a b"}, "/username"),
        ({"language": "tlh"}, "/language"),
        ({"is_active": True}, "/is_active"),
        ({"role": "platform_admin"}, "/role"),
    ],
)
def test_what_is_wrong_with_an_account_is_named(
    town: Town, stranger: Api, values: dict[str, Any], pointer: str
) -> None:
    made = browser_for(town.coordinator).post(INVITATIONS, invitation(town)).json
    answer = stranger.post(f"{INVITATIONS}/accept", accepting(made["token"], **values))
    assert answer.status == 422
    assert {one["pointer"] for one in answer.json["errors"]} == {pointer}


def test_who_may_not_invite(town: Town) -> None:
    for who in (town.nurse, town.deputy, town.officer, town.partner_worker, national("national_analyst")):
        assert browser_for(who).post(INVITATIONS, invitation(town)).code == "forbidden"
    other = browser_for(Town().coordinator)
    assert other.post(INVITATIONS, invitation(town)).code == "forbidden"
    made = browser_for(town.coordinator).post(INVITATIONS, invitation(town)).json
    assert other.get(f"{INVITATIONS}/{made['id']}").code == "not_found"
    assert other.post(f"{INVITATIONS}/{made['id']}/revoke", {}).code == "not_found"
    assert browser_for(town.nurse).post(f"{INVITATIONS}/{made['id']}/revoke", {}).code == "forbidden"
    listed = other.get(INVITATIONS, query={"team": str(town.team.id)})
    assert (listed.status, listed.json["results"]) == (200, [])


def test_a_token_is_issued_used_rotated_and_revoked(town: Town) -> None:
    api = browser_for(town.coordinator)
    made = api.post(TOKENS, token(town))
    assert made.status == 201
    secret = made.json["secret"]
    assert secret.startswith("spona_mt_")
    at = made.headers["Location"]
    assert api.get(at).json["secret"] is None
    machine = Api(Authorization=f"Bearer {secret}")
    me = machine.get(ME).json
    assert (me["kind"], me["id"], me["may"]) == ("token", str(town.nurse.id), ["case.view_coded"])
    next_one = api.post(f"{at}/rotate", {}).json
    assert next_one["rotated_from"] == made.json["id"]
    assert Api(Authorization=f"Bearer {next_one['secret']}").get(ME).status == 200
    assert machine.get(ME).status == 200
    assert api.post(f"{at}/revoke", {}).status == 200
    assert machine.get(ME).code == "invalid_credentials"
    assert api.post(f"{at}/rotate", {}).code == "token_over"


def test_an_idempotent_repeat_shows_no_secret(town: Town) -> None:
    api, said = browser_for(town.coordinator), token(town)
    first = api.post(TOKENS, said, Idempotency_Key="token-key-1")
    again = api.post(TOKENS, said, Idempotency_Key="token-key-1")
    assert (first.json["id"], again.json["secret"]) == (again.json["id"], None)
    assert MachineToken.objects.filter(team=town.team).count() == 1


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"operations": []}, "/operations"),
        ({"operations": ["case.view_sealed"]}, "/operations/0"),
        ({"operations": ["case.close"]}, "/operations/0"),
        ({"expires_at": "2099-01-01T00:00:00Z"}, "/expires_at"),
        ({"token_hash": "x"}, "/token_hash"),
    ],
)
def test_a_token_that_may_too_much_is_refused(town: Town, values: dict[str, Any], pointer: str) -> None:
    answer = browser_for(town.coordinator).post(TOKENS, token(town, **values))
    assert answer.status == 422
    assert {one["pointer"] for one in answer.json["errors"]} == {pointer}


def test_a_token_acts_for_somebody_of_the_own_team(town: Town) -> None:
    api = browser_for(town.coordinator)
    for stranger_id in (str(Town().nurse.id), str(town.team.id)):
        answer = api.post(TOKENS, token(town, acting_for=stranger_id))
        assert [one["code"] for one in answer.json["errors"]] == ["unknown_id"]
    for who in (town.nurse, town.deputy):
        assert browser_for(who).get(TOKENS).code == "forbidden"
    made = api.post(TOKENS, token(town)).json
    assert browser_for(Town().coordinator).post(f"{TOKENS}/{made['id']}/revoke", {}).code == "not_found"


def test_me_is_what_i_may_now(town: Town) -> None:
    me = browser_for(town.nurse).get(ME)
    assert me.headers["ETag"] == f'"{me.json["version"]}"'
    assert [found["role"] for found in me.json["seats"]] == ["member"]
    assert [found["id"] for found in me.json["teams"]] == [str(town.team.id)]
    assert [found["id"] for found in me.json["organisations"]] == [str(town.clinic.id)]
    assert "case.view_coded" in me.json["may"]
    assert "membership.manage" not in me.json["may"]
    assert me.json["second_factors"] == []
    nobody = browser_for(make_user()).get(ME).json
    assert (nobody["seats"], nobody["teams"], nobody["may"]) == ([], [], [])


def test_my_language_is_mine_to_change(town: Town) -> None:
    api = browser_for(town.nurse)
    assert api.patch(ME, {"language": "en"}).code == "precondition_required"
    changed = api.patch(ME, {"language": "en"}, If_Match='"1"')
    assert (changed.status, changed.json["language"], changed.headers["ETag"]) == (200, "en", '"2"')
    assert api.patch(ME, {"language": "sr-Cyrl"}, If_Match='"1"').code == "stale_version"
    for wrong in ({"language": "xx"}, {"username": "boss"}, {"display_name": ""}, []):
        assert api.patch(ME, wrong, If_Match='"2"').status in {400, 422}


def test_a_token_changes_nothing_of_the_person_it_acts_for(town: Town) -> None:
    token = client_for(town.nurse)
    for held in ({}, {"If_Match": '"1"'}):
        refused = token.patch(ME, {"display_name": "Somebody else"}, **held)
        assert (refused.status, refused.code) == (403, "not_for_machines")
    assert token.post(f"{ME}/sign-out-everywhere", {}).code == "not_for_machines"
    assert User.objects.get(pk=town.nurse.pk).version == 1


def test_the_number_of_queries(town: Town, counted: Counted) -> None:
    nurse, api = client_for(town.nurse), browser_for(town.coordinator)
    with counted("me_retrieve"):
        assert nurse.get(ME).status == 200
    with counted("me_retrieve_with_session"):
        assert api.get(ME).status == 200
    said = token(town)
    with counted("tokens_create"):
        assert api.post(TOKENS, said).status == 201
    with counted("tokens_list"):
        assert api.get(TOKENS).status == 200
    with counted("invitations_create"):
        assert api.post(INVITATIONS, invitation(town)).status == 201
    with counted("invitations_list"):
        assert api.get(INVITATIONS).status == 200
