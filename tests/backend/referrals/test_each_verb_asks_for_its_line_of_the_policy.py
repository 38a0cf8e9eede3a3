"""Which line of the policy a verb needs on which side: all of them, and each one exists."""

from typing import cast
from uuid import UUID, uuid4

import pytest

from backend.referrals import lifecycle
from backend.referrals.lifecycle import ON_BEHALF, REQUESTER, SYSTEM, TARGET, Standing
from backend.referrals.models import Referral
from backend.referrals.sides import action_for, coordinates, organisation_of, person, sides_of, verbs_for
from permissions.actor import Actor
from permissions.roles import POLICY
from permissions.scope import Forbidden
from permissions.seats import Seat
from tests.backend.referrals.test_every_step_of_the_table_is_allowed_and_no_other import NOW

pytestmark = pytest.mark.pure

TEAM, ELSEWHERE = uuid4(), uuid4()
ASKS, ANSWERS, OTHER = uuid4(), uuid4(), uuid4()
VERBS = [verb for verb in lifecycle.steps() if verb not in {"withdraw", "lapse"}]


def referral() -> Referral:
    """Return a referral that was never saved: sides and verbs ask only for its columns."""
    return Referral(
        team_id=TEAM,
        requester_organisation_id=ASKS,
        recipient_organisation_id=ANSWERS,
        status="requested",
        sent_at=NOW,
    )


def by(role: str, organisation: UUID | None, *, team: UUID | None = TEAM, acting: bool = False) -> Actor:
    return Actor(id=uuid4(), seats=(Seat(role, team_id=team, organisation_id=organisation, acting=acting),))


def sides(actor: Actor) -> frozenset[str]:
    row = referral()
    # A recipient with accounts and an agreement: told, so that nothing is asked of the database.
    row._state.fields_cache["recipient_organisation"] = cast("object", _WithAccounts())
    return sides_of(actor, row, cut_off=False)


class _WithAccounts:
    has_accounts = True
    pk = ANSWERS


@pytest.mark.parametrize("status", ["draft", "requested", "rejected", "completed", "failed"])
@pytest.mark.parametrize("side", [TARGET, ON_BEHALF, REQUESTER])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_of_a_side_has_a_line_that_exists(verb: str, side: str, status: str) -> None:
    if lifecycle.belongs_to(verb, side):
        assert action_for(verb, side, status=status) in POLICY


@pytest.mark.parametrize(
    ("verb", "side", "status", "action"),
    [
        ("accept", TARGET, "requested", "referral.answer"),
        ("reject", TARGET, "requested", "referral.answer"),
        ("undo", TARGET, "rejected", "referral.answer"),
        ("undo", TARGET, "completed", "referral.report_progress"),
        ("start", TARGET, "accepted", "referral.report_progress"),
        ("complete", TARGET, "in-progress", "referral.report_progress"),
        ("accept", ON_BEHALF, "requested", "referral.report_on_behalf"),
        ("complete", ON_BEHALF, "in-progress", "referral.report_on_behalf"),
        ("cancel", TARGET, "accepted", "referral.cancel"),
        ("cancel", REQUESTER, "accepted", "referral.cancel"),
        ("ask", TARGET, "accepted", "referral.ask"),
        ("reply", REQUESTER, "accepted", "referral.reply"),
        ("follow-up", TARGET, "completed", "referral.follow_up"),
        ("acknowledge", REQUESTER, "rejected", "referral.acknowledge"),
        ("send", REQUESTER, "draft", "referral.create"),
        ("phoned", REQUESTER, "requested", "referral.create"),
        ("correct", REQUESTER, "requested", "referral.create"),
        ("correct", REQUESTER, "rejected", "referral.correct"),
        ("correct", REQUESTER, "completed", "referral.correct"),
    ],
)
def test_the_line_is_the_one_that_the_matrix_names(verb: str, side: str, status: str, action: str) -> None:
    assert action_for(verb, side, status=status) == action


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (by("member", ASKS), {REQUESTER}),
        (by("member", ANSWERS), {TARGET}),
        (by("partner_worker", ANSWERS, team=None), {TARGET}),
        (by("coordinator", OTHER), {REQUESTER}),
        (by("coordinator", ANSWERS), {REQUESTER, TARGET}),
        (by("deputy_coordinator", OTHER), set()),
        (by("deputy_coordinator", OTHER, acting=True), {REQUESTER}),
        (by("deputy_coordinator", ANSWERS), {TARGET}),
        (by("member", OTHER), set()),
        (by("member", ASKS, team=ELSEWHERE), set()),
        (by("coordinator", ASKS, team=ELSEWHERE), set()),
        (by("municipal_lead", None), set()),
        (by("platform_admin", None, team=None), set()),
        (Actor(id=None, kind="anonymous"), set()),
        (Actor(id=uuid4(), kind="system"), {SYSTEM}),
    ],
)
def test_the_side_follows_from_organisation_and_role(actor: Actor, expected: set[str]) -> None:
    assert sides(actor) == expected


def test_only_the_coordinator_of_the_team_coordinates() -> None:
    assert coordinates(by("coordinator", OTHER), TEAM)
    assert not coordinates(by("coordinator", OTHER, team=ELSEWHERE), TEAM)
    assert not coordinates(by("member", OTHER), TEAM)


def offered(actor: Actor, *, status: str, who: set[str]) -> set[str]:
    row = referral()
    row.status = status
    at = Standing(status=status, now=NOW, ended_at=NOW)
    return set(verbs_for(actor, row, standing=at, who=who))


def test_what_is_offered_is_what_side_state_and_policy_allow() -> None:
    assert offered(by("member", ANSWERS), status="requested", who={TARGET}) == {
        "accept",
        "ask",
        "cancel",
        "reject",
    }
    assert offered(by("member", ASKS), status="requested", who={REQUESTER}) == {
        "ask",
        "cancel",
        "correct",
        "phoned",
    }


def test_an_ended_referral_is_corrected_by_the_coordinator_only() -> None:
    assert "correct" not in offered(by("member", ASKS), status="rejected", who={REQUESTER})
    assert "correct" in offered(by("coordinator", ASKS), status="rejected", who={REQUESTER})
    assert "correct" not in offered(by("deputy_coordinator", ASKS), status="rejected", who={REQUESTER})


def test_a_token_is_offered_its_operations_only() -> None:
    nurse = by("member", ANSWERS)
    token = Actor(id=uuid4(), kind="token", seats=nurse.seats, operations=frozenset({"referral.ask"}))
    assert offered(token, status="requested", who={TARGET}) == {"ask"}


def test_a_partner_answers_and_acknowledges_nothing() -> None:
    partner = by("partner_worker", ASKS, team=None)
    assert "acknowledge" not in offered(partner, status="rejected", who={REQUESTER})


def test_a_step_is_taken_for_the_organisation_of_its_side() -> None:
    row = referral()
    assert organisation_of(by("member", ANSWERS), row, side=TARGET) == ANSWERS
    assert organisation_of(by("member", ASKS), row, side=REQUESTER) == ASKS
    assert organisation_of(by("coordinator", OTHER), row, side=REQUESTER) == OTHER
    assert organisation_of(Actor(id=uuid4(), kind="system"), row, side=SYSTEM) is None


def test_a_machine_acts_for_a_person_and_nobody_acts_for_nobody() -> None:
    who = uuid4()
    assert person(Actor(id=uuid4(), kind="token", acting_for=who)) == who
    assert person(Actor(id=who)) == who
    with pytest.raises(Forbidden):
        person(Actor(id=None, kind="anonymous"))
