"""Tokens: what they may do, how long, and everything with which they end."""

from datetime import timedelta
from typing import Any

import pytest

from audit.acts import act
from backend.errors import Conflict, Invalid
from backend.teams import people, tokens
from backend.teams.models import MachineToken, Membership, Memorandum, SharingAgreement
from permissions.scope import Forbidden, NotFound
from tests.world import BUILDER, Town, actor, ago, ahead, make_user

OPERATIONS = ["case.view_coded", "referral.ask"]


@pytest.fixture
def town() -> Town:
    return Town()


def issue(town: Town, holder: Any, *, by: Any = None, **values: Any) -> tuple[MachineToken, str]:
    values.setdefault("operations", OPERATIONS)
    values.setdefault("team", town.team)
    return tokens.issue(by or actor(town.coordinator), name="robot", acting_for=holder, **values)


def change(row: Any, **values: Any) -> None:
    with act(BUILDER, "test.change"):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def test_it_acts_for_a_named_person_within_its_operations(town: Town) -> None:
    _, secret = issue(town, town.nurse)
    by = tokens.authenticate(secret)
    assert by is not None
    assert (by.id, by.kind, by.acting_for) == (town.nurse.id, "token", town.nurse.id)
    assert by.seats_for("case.view_coded")
    assert not by.seats_for("referral.create")


def test_the_secret_is_recognisable_and_not_stored(town: Town, admin: Any) -> None:
    token, secret = issue(town, town.nurse)
    assert secret.startswith("spona_mt_")
    assert len(secret) == len("spona_mt_") + 43
    row = admin.execute("SELECT t::text FROM teams_machinetoken t WHERE id = %s", [token.id]).fetchone()
    assert secret[9:] not in row[0]


def test_authenticating_takes_two_queries(town: Town, django_assert_num_queries: Any) -> None:
    _, secret = issue(town, town.nurse)
    with django_assert_num_queries(2):
        assert tokens.authenticate(secret)


@pytest.mark.parametrize(
    "secret", ["", "spona_mt_", "spona_mt_nothing", "Bearer x", "\ud800", "spona_mt_\ud800"]
)
def test_what_is_no_token_opens_nothing(secret: str) -> None:
    assert tokens.authenticate(secret) is None


def test_it_ends_with_the_account(town: Town) -> None:
    _, secret = issue(town, town.nurse)
    change(town.nurse, is_active=False)
    assert tokens.authenticate(secret) is None


def test_it_ends_with_the_membership(town: Town) -> None:
    _, secret = issue(town, town.nurse)
    change(Membership.objects.get(user=town.nurse), valid_until=ago(seconds=1))
    assert tokens.authenticate(secret) is None


def test_a_partners_ends_with_the_memorandum(town: Town) -> None:
    _, secret = issue(town, town.partner_worker)
    assert tokens.authenticate(secret)
    change(Memorandum.objects.get(organisation=town.partner), valid_until=ago(seconds=1))
    assert tokens.authenticate(secret) is None


def test_it_ends_at_its_own_end_and_when_revoked(town: Town) -> None:
    over, first = issue(town, town.nurse)
    change(over, expires_at=ago(seconds=1))
    revoked, second = issue(town, town.nurse)
    tokens.revoke(actor(town.coordinator), revoked)
    assert tokens.authenticate(first) is None
    assert tokens.authenticate(second) is None
    with pytest.raises(Conflict, match="token_over"):
        tokens.revoke(actor(town.coordinator), revoked)
    with pytest.raises(Conflict, match="token_over"):
        tokens.rotate(actor(town.coordinator), over)


def test_it_holds_for_one_team(town: Town) -> None:
    other = Town()
    people.add_membership(BUILDER, user=town.nurse, role="member", team=other.team, organisation=other.clinic)
    _, secret = issue(town, town.nurse)
    by = tokens.authenticate(secret)
    assert by is not None
    assert {found.team_id for found in by.seats} == {town.team.id}


def test_it_lasts_ninety_days_at_most(town: Town) -> None:
    token, _ = issue(town, town.nurse)
    assert ahead(days=89) < token.expires_at <= ahead(days=90)
    with pytest.raises(Invalid):
        issue(town, town.nurse, expires_at=ahead(days=91))
    with pytest.raises(Invalid):
        issue(town, town.nurse, expires_at=ago(days=1))
    shorter, _ = issue(town, town.nurse, expires_at=ahead(days=3))
    assert shorter.expires_at < ahead(days=4)


@pytest.mark.parametrize("kind", [Memorandum, SharingAgreement, Membership])
def test_it_never_outlives_what_it_rests_on(town: Town, kind: Any) -> None:
    end = ahead(days=5)
    found = {"user": town.outreach} if kind is Membership else {"organisation": town.society}
    change(kind.objects.get(**found), valid_until=end)
    token, _ = issue(town, town.outreach)
    assert token.expires_at == end


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("case.fly", "unknown_code"),
        ("case.view_sealed", "not_for_machines"),
        ("token.issue", "not_for_machines"),
        ("breakglass.request", "not_for_machines"),
        ("case.close", "not_allowed_to_the_holder"),
        ("audit.view", "not_allowed_to_the_holder"),
    ],
)
def test_it_never_does_more_than_its_holder(town: Town, operation: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        issue(town, town.nurse, operations=["case.edit", operation])
    assert refused.value.faults[0].code == code


def test_it_never_does_more_than_its_issuer(town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        issue(town, town.lead, operations=["audit.view"])
    assert refused.value.faults[0].code == "not_allowed_to_the_issuer"


def test_its_issuer_does_not_act_through_it_as_another_organisation(town: Town) -> None:
    """The coordinator sees the referrals of all, and answers for the own organisation only."""
    with pytest.raises(Invalid) as refused:
        issue(town, town.nurse, operations=["case.view_coded", "referral.answer"])
    assert [(one.pointer, one.code) for one in refused.value.faults] == [
        ("/operations/1", "not_allowed_to_the_issuer")
    ]
    colleague = town.worker("member", town.centre)
    assert issue(town, colleague, operations=["referral.answer"])


def test_it_does_something_for_somebody(town: Town) -> None:
    with pytest.raises(Invalid):
        issue(town, town.nurse, operations=[])
    with pytest.raises(Conflict, match="no_live_role"):
        issue(town, make_user())


def test_only_the_coordinator_of_the_team_issues(town: Town) -> None:
    for who in (town.nurse, town.deputy, town.lead, Town().coordinator):
        with pytest.raises(Forbidden):
            issue(town, town.nurse, by=actor(who))
    token, _ = issue(town, town.nurse)
    for who in (town.nurse, Town().coordinator):
        with pytest.raises(NotFound):
            tokens.revoke(actor(who), token)


def test_a_successor_takes_over_within_seven_days(town: Town) -> None:
    old, first = issue(town, town.nurse)
    new, second = tokens.rotate(actor(town.coordinator), old)
    assert (new.rotated_from, new.operations, new.team) == (old, old.operations, town.team)
    assert tokens.authenticate(first)
    assert tokens.authenticate(second)
    assert timedelta(days=6) < old.expires_at - ahead() <= timedelta(days=7)
    assert new.expires_at > ahead(days=80)
