"""`spona doctor grants` as an administrator runs it: silence is proof, a finding exits non-zero and names the row."""

import io
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command

from backend.cases import departures
from backend.cases.models import CaseGrant
from backend.referrals import grants_check
from backend.referrals.models import Referral
from backend.teams.models import Membership, TeamGrant
from permissions import grants
from tests.backend.referrals.loops import opened
from tests.world import Town, actor, ahead, by_hand


def doctor() -> list[str]:
    """Return what the doctor says; it exits non-zero on a finding."""
    out = io.StringIO()
    try:
        call_command("doctor", "grants", stdout=out)
    except CommandError as refused:
        return [*out.getvalue().splitlines(), str(refused)]
    return out.getvalue().splitlines()


def findings_of(town: Town) -> list[str]:
    mine = {str(pk) for pk in CaseGrant.objects.filter(team=town.team).values_list("pk", flat=True)}
    return [line for line in doctor() if line.split(":")[0].removeprefix("case grant ") in mine]


def test_a_new_case_has_only_grants_with_a_reason() -> None:
    town = Town()
    opened(town)
    assert CaseGrant.objects.filter(team=town.team).exists()
    assert findings_of(town) == []


@pytest.mark.parametrize(
    "reason", ["referral_sent", "referral_received", "opened", "holds", "because_i_say_so"]
)
def test_a_grant_that_nothing_explains_is_named(reason: str) -> None:
    town = Town()
    loop = opened(town)
    group, source = grants.group_for(organisation_id=town.partner.id, team_id=town.team.id), uuid4()
    with by_hand():
        grants.give(loop.case, group=group, codename=grants.SEES_CASE, reason=reason, source_id=source)
    (line,) = findings_of(town)
    assert line.endswith(f": {reason} of {source}")
    with by_hand():
        grants.take(loop.case, source_id=source)
    assert findings_of(town) == []


def test_a_grant_to_another_organisation_than_the_reason_names_is_found() -> None:
    town = Town()
    loop = opened(town)
    group = grants.group_for(organisation_id=town.partner.id, team_id=town.team.id)
    with by_hand():
        grants.give(loop.case, group=group, codename=grants.SEES_CASE, reason="holds", source_id=loop.case.id)
    assert len(findings_of(town)) == 1
    with by_hand():
        grants.take(loop.case, source_id=loop.case.id, group=group)


def test_the_command_proves_it_by_its_exit_status(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town()
    case = opened(town).case
    assert not Referral.objects.filter(case=case).exists()
    group = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)
    source = uuid4()
    with by_hand():
        grants.give(case, group=group, codename=grants.SEES_CASE, reason="opened", source_id=source)
    with pytest.raises(CommandError, match="Grants without a live reason"):
        call_command("doctor", "grants", stdout=io.StringIO())
    with by_hand():
        grants.take(case, source_id=source)
    assert not [one for one in grants_check.orphans() if one.source_id == source]


def team_findings(membership: Membership) -> list[grants_check.Orphan]:
    return [one for one in grants_check.orphans() if one.source_id == membership.id]


@pytest.mark.parametrize("role", ["coordinator", "deputy_coordinator"])
def test_a_role_that_was_ended_leaves_no_grant_behind(role: str) -> None:
    town = Town()
    user = town.worker(role, town.clinic)
    membership = Membership.objects.get(user=user)
    departures.end_membership(actor(town.lead), membership)
    assert not TeamGrant.objects.filter(source_id=membership.id).exists()
    assert team_findings(membership) == []


def test_a_role_that_ended_by_its_date_is_no_finding(admin: psycopg.Connection[Any]) -> None:
    town = Town()
    membership = Membership.objects.get(user=town.worker("deputy_coordinator", town.clinic))
    departures.end_membership(actor(town.lead), membership, at=ahead(days=1))
    assert team_findings(membership) == []
    for table, column, key in (("membership", "valid_until", "id"), ("teamgrant", "until", "source_id")):
        past = f"UPDATE teams_{table} SET {column} = now() - interval '1 second' WHERE {key} = %s"
        admin.execute(past, [membership.id])  # type: ignore[arg-type]
    assert team_findings(membership) == []


def test_a_grant_that_outlives_its_role_is_a_finding(admin: psycopg.Connection[Any]) -> None:
    town = Town()
    membership = Membership.objects.get(user=town.worker("deputy_coordinator", town.clinic))
    admin.execute(
        "UPDATE teams_membership SET valid_until = now() - interval '1 second' WHERE id = %s", [membership.id]
    )
    assert [one.kind for one in team_findings(membership)] == ["team"]
    with by_hand():
        grants.take(town.team, source_id=membership.id)
    assert team_findings(membership) == []
