"""GET /me/account-events: roles, tokens, recoveries and sign-outs by others, with their role and without their name."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backend.teams import people, recovery, tokens
from backend.teams.models import Membership
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.world import Town, actor, make_user, seat

PATH = "/api/v1/me/account-events"


def events(api: Api) -> list[dict[str, Any]]:
    answer = api.get(PATH)
    assert answer.status == 200, answer.raw
    # Tests make their people by a job.
    return [row for row in answer.json["results"] if row["action"] != "test.prepare"]


def actions(api: Api) -> list[str]:
    return [row["action"] for row in events(api)]


def test_what_others_did_shows_with_their_role_and_without_their_name(town: Town) -> None:
    at = Membership.objects.get(user=town.nurse)
    assert browser_for(town.lead).post(f"/api/v1/members/{at.id}/sign-out", {}).status == 200
    town.nurse.refresh_from_db()
    api = browser_for(town.nurse)
    first, *_ = events(api)
    assert first["by_roles"] == ["municipal_lead"]
    assert (first["action"], first["role"]) == ("account.sessions_ended", None)
    said = api.get(PATH).raw.decode()
    for word in (town.lead.id, town.lead.username, town.lead.display_name):
        assert str(word) not in said


def test_a_role_given_and_ended_says_which(town: Town) -> None:
    user, chair = make_user(), actor(town.coordinator)
    given = people.add_membership(chair, user=user, role="member", team=town.team, organisation=town.centre)
    people.end_membership(chair, given)
    rows = events(browser_for(user))
    assert [(row["action"], row["role"]) for row in rows] == [
        ("membership.ended", "member"),
        ("membership.added", "member"),
    ]
    assert all(row["by_roles"] == ["coordinator"] for row in rows)


def test_a_token_in_ones_name_and_a_way_back_show(town: Town) -> None:
    chair, user = actor(town.coordinator), town.nurse
    tokens.issue(chair, name="t", acting_for=user, team=town.team, operations=["case.view_coded"])
    recovery.start(chair, membership=Membership.objects.get(user=user))
    assert {"token.issued", "recovery.started"} <= set(actions(browser_for(user)))


def test_a_way_back_that_was_used_shows_whoever_used_it(town: Town) -> None:
    user = town.nurse
    started = recovery.start(actor(town.coordinator), membership=Membership.objects.get(user=user))
    recovery.confirm(actor(town.lead), started)
    recovery.use(started)
    user.refresh_from_db()
    newest, before, *_ = events(browser_for(user))
    assert (newest["action"], newest["by_roles"]) == ("recovery.used", [])
    assert (before["action"], before["by_roles"]) == ("recovery.confirmed", ["municipal_lead"])


def test_what_one_did_oneself_does_not_show(town: Town) -> None:
    api = browser_for(town.nurse)
    before = actions(api)
    people.change_account(actor(town.nurse), town.nurse, changes={"language": "en"})
    assert actions(api) == before


def test_what_was_done_to_somebody_else_does_not_show(town: Town) -> None:
    api = browser_for(town.nurse)
    before = actions(api)
    tokens.issue(
        actor(town.coordinator),
        name="t",
        acting_for=town.outreach,
        team=town.team,
        operations=["case.view_coded"],
    )
    assert actions(api) == before


def test_what_is_older_than_ninety_days_is_left_out(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens.issue(
        actor(town.coordinator),
        name="t",
        acting_for=town.nurse,
        team=town.team,
        operations=["case.view_coded"],
    )
    assert actions(browser_for(town.nurse)) == ["token.issued"]
    later = timezone.now() + timedelta(days=91)
    monkeypatch.setattr("backend.teams.account_events.timezone.now", lambda: later)
    # The session is of another clock.
    monkeypatch.setattr("backend.teams.sessions.IDLE", timedelta(days=100))
    monkeypatch.setattr("backend.teams.sessions.ABSOLUTE", timedelta(days=100))
    assert events(browser_for(town.nurse)) == []


def test_a_machine_and_a_stranger_are_told_nothing(town: Town) -> None:
    answer = client_for(town.coordinator, team=town.team).get(PATH)
    assert (answer.status, answer.code) == (403, "not_for_machines")
    assert Api().get(PATH).status == 401


def test_reading_it_is_recorded(town: Town, audit: Audit) -> None:
    events(browser_for(town.nurse))
    (entry,) = audit.entries(verb="account.events_read")
    assert (entry["actor_id"], entry["object_id"]) == (town.nurse.id, str(town.nurse.id))


def test_it_costs_the_same_however_much_was_done(town: Town, counted: Counted) -> None:
    chair, user = actor(town.coordinator), make_user()
    for _ in range(3):
        given = people.add_membership(
            chair, user=user, role="member", team=town.team, organisation=town.centre
        )
        people.end_membership(chair, given)
    api = browser_for(user)
    with counted("me_account_events_list"):
        assert len(events(api)) == 6


def test_what_whoever_did_it_is_in_another_town_is_not_said(town: Town) -> None:
    elsewhere = Town()
    seat(town.coordinator, "member", team=elsewhere.team, organisation=elsewhere.centre)
    recovery.start(actor(town.coordinator), membership=Membership.objects.get(user=town.nurse))
    newest, *_ = events(browser_for(town.nurse))
    assert (newest["action"], newest["by_roles"]) == ("recovery.started", ["coordinator"])


def test_a_role_that_a_second_person_has_yet_to_confirm_is_said_to_wait(town: Town) -> None:
    assert town.coordinator.id
    user = town.social_worker
    made = people.add_membership(
        actor(town.lead), user=user, role="member", team=town.team, organisation=town.clinic
    )
    newest, *_ = events(browser_for(user))
    assert (newest["action"], newest["role"], newest["waits"]) == ("membership.added", "member", True)
    people.confirm_membership(actor(town.coordinator), made)
    newest, *_ = events(browser_for(user))
    assert (newest["action"], newest["waits"]) == ("membership.confirmed", False)
