"""Where the table of roles names a second role, another person confirms: of two roles the one that does not act."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core import mail

from backend.errors import Conflict
from backend.teams import invitations, people, tokens
from backend.teams.models import Membership, TeamGrant
from permissions.scope import Forbidden
from tests.api.audit import Audit
from tests.backend.teams.proposals import (
    CONFIRM,
    DECLINE,
    KINDS,
    MAKE,
    TABLE,
    WITHDRAW,
    invite,
    issue,
    propose,
)
from tests.databases import Clones
from tests.world import BUILDER, Town, actor, make_user, national, saved, seat


@pytest.fixture
def town() -> Town:
    """A town in which everybody who could be asked is there."""
    town = Town()
    for who in ("coordinator", "deputy", "nurse", "social_worker", "lead", "officer"):
        assert getattr(town, who).id
    return town


@pytest.fixture
def audit(database: Clones, town: Town) -> Iterator[Audit]:
    with Audit.since_now(database.main.superuser_url) as entries:
        yield entries


# Who gives which role, and the one role of which somebody confirms.
LINES = [
    ("coordinator", "member", "lead"),
    ("lead", "member", "coordinator"),
    ("lead", "coordinator", "officer"),
    ("lead", "deputy_coordinator", "officer"),
]
EVERYBODY = ("coordinator", "deputy", "nurse", "social_worker", "lead", "officer")


def make_room(town: Town, role: str) -> dict[str, Any]:
    """A coordinator and a deputy come from different organisations."""
    return {"organisation": town.society if role == "deputy_coordinator" else town.clinic}


@pytest.mark.parametrize(("by", "role", "second"), LINES)
def test_only_the_second_role_confirms_it(town: Town, by: str, role: str, second: str) -> None:
    if role == "coordinator":
        people.end_membership(actor(town.lead), Membership.objects.get(user=town.deputy))
    made = propose(town, getattr(town, by), role, **make_room(town, role))
    assert (made.valid_from, made.proposed_by) == (None, getattr(town, by))
    for who in (*EVERYBODY, "user"):
        if who != second:
            with pytest.raises(Forbidden):
                people.confirm_membership(actor(made.user if who == "user" else getattr(town, who)), made)
    assert actor(made.user).seats == ()
    people.confirm_membership(actor(getattr(town, second)), made)
    assert [one.role for one in actor(made.user).seats] == [role]
    granted = TeamGrant.objects.filter(source_id=made.id, content_object=town.team)
    assert granted.exists() == (role != "member")


def test_whoever_is_asked_is_told_by_letter_and_nobody_else(town: Town, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    for user in (town.lead, town.officer, town.nurse, Town().lead):
        user.email = f"{user.username}@example.org"
        saved(user)
    made = propose(town, town.coordinator)
    (letter,) = mail.outbox
    assert letter.to == [town.lead.email]
    assert made.user.username not in letter.body


@pytest.mark.parametrize("role", ["municipal_lead", "data_protection_officer"])
def test_an_office_of_the_town_is_confirmed_by_its_officer(town: Town, role: str) -> None:
    admin = national("platform_admin")
    made = propose(town, admin, role)
    for who in (admin, town.lead, town.coordinator, Town().officer):
        with pytest.raises(Forbidden):
            people.confirm_membership(actor(who), made)
    people.confirm_membership(actor(town.officer), made)
    assert [one.role for one in actor(made.user).seats] == [role]


def test_a_national_office_is_confirmed_by_any_officer_of_a_town(town: Town) -> None:
    admin = national("platform_admin")
    made = propose(town, admin, "directory_admin", team=None)
    assert made.asked_roles == ["data_protection_officer"]
    assert actor(made.user).seats == ()
    with pytest.raises(Forbidden):
        people.confirm_membership(actor(admin), made)
    people.confirm_membership(actor(Town().officer), made)
    assert [one.role for one in actor(made.user).seats] == ["directory_admin"]


def test_the_person_concerned_does_not_confirm(town: Town) -> None:
    other = town.worker("municipal_lead")
    made = issue(town, town.coordinator, holder=town.nurse)[0]
    seat(town.nurse, "municipal_lead", team=town.team)
    with pytest.raises(Forbidden):
        tokens.confirm(actor(town.nurse), made)
    tokens.confirm(actor(other), made)


def test_an_invitation_to_coordinate_waits_for_the_officer(town: Town) -> None:
    made, secret = invite(town, town.lead, "coordinator", organisation=town.society)
    for who in (town.lead, town.coordinator, Town().officer):
        with pytest.raises(Forbidden):
            invitations.confirm(actor(who), made)
    invitations.confirm(actor(town.officer), made)
    user = invitations.accept(
        secret=secret,
        username=make_user().username + "-x",
        display_name="N",
        password="tri-reke-i-jedan-most",
    )
    held = Membership.objects.get(user=user)
    assert (held.proposed_by, held.confirmed_by) == (town.lead, town.officer)
    assert [one.role for one in actor(user).seats] == ["coordinator"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_declined_or_withdrawn_is_over(town: Town, kind: str) -> None:
    for end, by in ((DECLINE, town.lead), (DECLINE, town.coordinator), (WITHDRAW, town.coordinator)):
        made = MAKE[kind](town)
        with pytest.raises(Forbidden):
            DECLINE[kind](actor(town.officer), made)
        end[kind](actor(by), made)
        for again in (CONFIRM, DECLINE):
            with pytest.raises(Conflict, match="nothing_waits"):
                again[kind](actor(town.lead), made)


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_confirmed_for_fourteen_days_has_lapsed(
    town: Town, admin: psycopg.Connection[Any], kind: str
) -> None:
    made = MAKE[kind](town)
    admin.execute(
        f"UPDATE {TABLE[kind]} SET waits_until = waits_until - interval '14 days' WHERE id = %s", [made.id]
    )
    for answer in (CONFIRM, DECLINE):
        with pytest.raises(Conflict, match="nothing_waits"):
            answer[kind](actor(town.lead), made)


def test_a_role_that_lapsed_may_be_proposed_anew(town: Town, admin: psycopg.Connection[Any]) -> None:
    first = propose(town, town.coordinator)
    with pytest.raises(Conflict, match="already_held"):
        propose(town, town.coordinator, user=first.user)
    admin.execute("UPDATE teams_membership SET waits_until = now() WHERE id = %s", [first.id])
    again = propose(town, town.coordinator, user=first.user)
    people.confirm_membership(actor(town.lead), again)
    assert len(actor(first.user).seats) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_confirmed_that_the_proposer_may_not_give_any_more(town: Town, kind: str) -> None:
    made = MAKE[kind](town)
    people.end_membership(actor(town.lead), Membership.objects.get(user=town.coordinator))
    with pytest.raises(Conflict, match="proposer_may_not"):
        CONFIRM[kind](actor(town.lead), made)


def test_the_rules_are_asked_again_when_it_is_confirmed(town: Town, admin: psycopg.Connection[Any]) -> None:
    made = propose(town, town.coordinator)
    seat(made.user, "key_custodian")
    with pytest.raises(Conflict, match="incompatible_roles"):
        people.confirm_membership(actor(town.lead), made)
    other = propose(town, town.coordinator)
    admin.execute(
        "UPDATE teams_sharingagreement SET valid_until = now() WHERE organisation_id = %s", [town.clinic.id]
    )
    with pytest.raises(Conflict, match="no_sharing_agreement"):
        people.confirm_membership(actor(town.lead), other)


@pytest.mark.parametrize("kind", KINDS)
def test_where_nobody_could_confirm_it_holds_at_once_and_the_audit_says_so(
    database: Clones, kind: str
) -> None:
    town = Town()
    assert town.coordinator.id
    with Audit.since_now(database.main.superuser_url) as audit:
        made = MAKE[kind](town)
        assert (made.waits_until, made.asked_roles) == (None, [])
        (entry,) = audit.entries(actor_id=town.coordinator.id, outcome="success")
    assert entry["said"]["facts"]["second_person"] == "none"


@pytest.mark.parametrize(
    ("gone", "waits"),
    [
        ("UPDATE teams_user SET is_active = false WHERE id = %s", True),
        ("UPDATE teams_membership SET valid_until = now() - interval '29 days' WHERE user_id = %s", True),
        ("UPDATE teams_membership SET valid_until = now() - interval '31 days' WHERE user_id = %s", False),
    ],
    ids=["switched off", "left lately", "left long ago"],
)
def test_whoever_got_rid_of_the_second_person_does_not_give_alone(
    town: Town, admin: psycopg.Connection[Any], gone: str, *, waits: bool
) -> None:
    admin.execute(
        "UPDATE teams_membership SET valid_from = now() - interval '90 days' WHERE user_id = %s",
        [town.lead.id],
    )
    admin.execute(gone, [town.lead.id])
    if waits:
        with pytest.raises(Conflict, match="nobody_confirms"):
            propose(town, town.coordinator)
    else:
        assert propose(town, town.coordinator).waits_until is None


def test_a_lead_who_is_concerned_is_nobody_who_could_confirm() -> None:
    town = Town()
    made = issue(town, town.coordinator, holder=town.nurse)[0]
    assert made.waits_until is None
    seat(town.nurse, "municipal_lead", team=town.team)
    assert issue(town, town.coordinator, holder=town.nurse)[0].waits_until is None


@pytest.mark.parametrize("kind", KINDS)
def test_each_step_is_one_entry_that_names_both(town: Town, audit: Audit, kind: str) -> None:
    made = MAKE[kind](town)
    (asked,) = audit.entries(actor_id=town.coordinator.id, outcome="success")
    assert asked["said"]["facts"]["second_person"] == "asked"
    CONFIRM[kind](actor(town.lead), made)
    (entry,) = audit.entries(actor_id=town.lead.id, outcome="success")
    assert (entry["verb"], entry["log"]) == (f"{kind}.confirmed", town.team.id)
    assert entry["said"]["facts"]["proposed_by"] == str(town.coordinator.id)


def test_a_steward_and_a_job_need_nobody(town: Town) -> None:
    steward = town.worker("member", town.clinic, organisation_steward=True)
    assert propose(town, steward).valid_from is not None
    assert invite(town, steward)[0].waits_until is None
    job = people.add_membership(
        BUILDER, user=make_user(), role="member", team=town.team, organisation=town.clinic
    )
    assert (job.valid_from is not None, job.waits_until, job.proposed_by) == (True, None, None)


def test_what_takes_power_away_bites_at_once(town: Town) -> None:
    held = Membership.objects.get(user=town.nurse)
    people.end_membership(actor(town.coordinator), held)
    assert actor(town.nurse).seats == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_database_takes_nobody_twice(town: Town, admin: psycopg.Connection[Any], kind: str) -> None:
    made = MAKE[kind](town)
    with pytest.raises(psycopg.errors.CheckViolation, match="another_confirms"):
        admin.execute(
            f"UPDATE {TABLE[kind]} SET waits_until = NULL, confirmed_by_id = %s WHERE id = %s",
            [town.coordinator.id, made.id],
        )
    if kind == "membership":
        with pytest.raises(psycopg.errors.CheckViolation, match="what_waits_has_not_begun"):
            admin.execute("UPDATE teams_membership SET valid_from = now() WHERE id = %s", [made.id])
