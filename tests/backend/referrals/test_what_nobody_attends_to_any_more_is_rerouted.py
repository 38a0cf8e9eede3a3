"""Whatever ends at the recipient, written into the past by SQL: the sender is told, in list and detail alike."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from backend.referrals import ending, listing, reading
from backend.referrals.lapse import record_lapses
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from backend.teams.models import Membership, Organisation, User
from permissions.actor import Actor
from permissions.scope import visible_to
from tests.backend.referrals.loops import Loop
from tests.world import actor, seat

PAST = "now() - interval '1 second'"
End = Callable[[psycopg.Connection[Any], Organisation], None]


def memorandum(admin: psycopg.Connection[Any], at: Organisation) -> None:
    admin.execute(f"UPDATE teams_memorandum SET valid_until = {PAST} WHERE organisation_id = %s", [at.pk])


def agreement(admin: psycopg.Connection[Any], at: Organisation) -> None:
    admin.execute(
        f"UPDATE teams_sharingagreement SET valid_until = {PAST} WHERE organisation_id = %s", [at.pk]
    )


def membership(admin: psycopg.Connection[Any], at: Organisation) -> None:
    admin.execute(f"UPDATE teams_membership SET valid_until = {PAST} WHERE organisation_id = %s", [at.pk])


def account(admin: psycopg.Connection[Any], at: Organisation) -> None:
    people = "SELECT user_id FROM teams_membership WHERE organisation_id = %s"
    admin.execute(f"UPDATE teams_user SET is_active = false WHERE id IN ({people})", [at.pk])


def organisation(admin: psycopg.Connection[Any], at: Organisation) -> None:
    admin.execute("UPDATE teams_organisation SET is_active = false WHERE id = %s", [at.pk])


ANYWHERE = [membership, account, organisation]
every_end = pytest.mark.parametrize("end", ANYWHERE, ids=lambda end: end.__name__)
STATES = ("refer", "accepted", "started")


def said(by: Actor, referral: Referral) -> tuple[bool, bool]:
    """Return the flag in the list and in the detail."""
    (row,) = listing.as_rows(by, listing.with_columns(Referral.objects.filter(pk=referral.pk)))
    return bool(row["needs_rerouting"]), reading.read_again(by, referral).needs_rerouting


def sees(user: User, referral: Referral) -> bool:
    return visible_to(actor(user), Referral.objects.filter(pk=referral.pk), REACH.view).exists()


@pytest.mark.parametrize("state", STATES)
@every_end
def test_a_clinic_of_the_team(loop: Loop, admin: psycopg.Connection[Any], end: End, state: str) -> None:
    nurse, referral = loop.town.nurse, getattr(loop, state)()
    assert said(loop.centre, referral) == said(loop.coordinator, referral) == (False, False)
    assert sees(nurse, referral)
    end(admin, loop.town.clinic)
    assert not sees(nurse, referral)
    assert said(loop.centre, referral) == said(loop.coordinator, referral) == (True, True)


@pytest.mark.parametrize("end", [memorandum, agreement], ids=lambda end: end.__name__)
def test_a_society_in_the_team_needs_both(loop: Loop, admin: psycopg.Connection[Any], end: End) -> None:
    outreach, referral = loop.town.outreach, loop.refer(loop.town.society)
    assert said(loop.centre, referral) == (False, False)
    end(admin, loop.town.society)
    assert not sees(outreach, referral)
    assert said(loop.centre, referral) == (True, True)


@pytest.mark.parametrize("end", [memorandum, *ANYWHERE], ids=lambda end: end.__name__)
def test_a_partner_outside_the_team(loop: Loop, admin: psycopg.Connection[Any], end: End) -> None:
    loop.agree(loop.town.partner)
    worker, referral = loop.town.partner_worker, loop.refer(loop.town.partner)
    assert said(loop.centre, referral) == (False, False)
    end(admin, loop.town.partner)
    assert not sees(worker, referral)
    assert said(loop.centre, referral) == (True, True)


def test_while_one_colleague_is_left_it_is_attended_to(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    referral, colleague = loop.started(), loop.town.worker("member", loop.town.clinic)
    admin.execute(
        f"UPDATE teams_membership SET valid_until = {PAST} WHERE user_id = %s", [loop.town.nurse.pk]
    )
    assert sees(colleague, referral)
    assert said(loop.centre, referral) == (False, False)


def test_a_worker_of_the_clinic_in_another_team_does_not_count(
    loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    referral = loop.started()
    seat(loop.town.outreach, "member", organisation=loop.town.clinic, team=type(loop.town)().team)
    admin.execute(
        f"UPDATE teams_membership SET valid_until = {PAST} WHERE user_id = %s", [loop.town.nurse.pk]
    )
    assert said(loop.centre, referral) == (True, True)


def test_the_recipient_s_side_is_told_nothing_of_it(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    referral, nurse = loop.started(), loop.clinic
    membership(admin, loop.town.clinic)
    (row,) = listing.as_rows(nurse, listing.with_columns(Referral.objects.filter(pk=referral.pk)))
    assert row["needs_rerouting"] is False


def test_what_has_ended_needs_no_other_way(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    referral = ending.cancel(loop.centre, loop.started(), reason_code="duplicate")
    membership(admin, loop.town.clinic)
    assert said(loop.centre, referral) == (False, False)


def test_a_provider_without_accounts_is_never_unattended(loop: Loop) -> None:
    loop.agree(loop.town.ward)
    referral = loop.refer(loop.town.ward)
    assert not Membership.objects.filter(organisation=loop.town.ward).exists()
    assert said(loop.centre, referral) == (False, False)


def test_turnover_alone_moves_no_state(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    referral = loop.started()
    membership(admin, loop.town.clinic)
    record_lapses()
    referral.refresh_from_db()
    assert referral.status == "in-progress"


def test_somebody_new_there_attends_to_it_again(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    referral = loop.started()
    membership(admin, loop.town.clinic)
    assert said(loop.centre, referral) == (True, True)
    loop.town.worker("member", loop.town.clinic)
    assert said(loop.centre, referral) == (False, False)
