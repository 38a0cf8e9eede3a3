"""The second wall judges by the database's clock: what has ended in its row has ended for the next statement."""

from typing import Any

import psycopg
import pytest

from tests.backend.referrals.loops import Loop, opened
from tests.permissions.window import Window
from tests.world import Town

PAST = "valid_until = now() - interval '1 second'"
TABLES = ("cases_case", "referrals_referral", "cases_casefacts", "cases_notification")


@pytest.fixture
def shown(shown_either_way: Window) -> Window:
    return shown_either_way


@pytest.fixture
def loop() -> Loop:
    return opened(Town())


def seen(shown: Window, user: Any) -> dict[str, int]:
    return {table: len(shown.seen_by(user.id, table)) for table in TABLES}


NOTHING = dict.fromkeys(TABLES, 0)


@pytest.mark.parametrize(
    "end",
    [
        f"UPDATE teams_membership SET {PAST} WHERE user_id = %(user)s",
        "UPDATE teams_membership SET valid_from = now() + interval '1 day' WHERE user_id = %(user)s",
        "UPDATE teams_user SET is_active = false WHERE id = %(user)s",
        f"UPDATE teams_sharingagreement SET {PAST} WHERE organisation_id = %(organisation)s",
        "UPDATE teams_organisation SET is_active = false WHERE id = %(organisation)s",
    ],
    ids=["membership", "not_begun", "account", "agreement", "organisation"],
)
def test_a_worker_s_ground_ends(shown: Window, loop: Loop, admin: psycopg.Connection[Any], end: str) -> None:
    loop.accepted()
    user = loop.town.nurse
    assert all(seen(shown, user).values())
    admin.execute(end, {"user": user.id, "organisation": loop.town.clinic.id})
    assert seen(shown, user) == NOTHING


@pytest.mark.parametrize("who", ["outreach", "partner_worker"])
def test_with_the_memorandum_ends_a_civil_society_organisation_s_reach(
    shown: Window, loop: Loop, admin: psycopg.Connection[Any], who: str
) -> None:
    organisation = loop.town.society if who == "outreach" else loop.town.partner
    consent = loop.agree(organisation)
    loop.refer(organisation, consent_id=consent.id)
    user = getattr(loop.town, who)
    assert seen(shown, user)["referrals_referral"] == 1
    admin.execute(f"UPDATE teams_memorandum SET {PAST} WHERE organisation_id = %s", [organisation.id])
    assert seen(shown, user) == NOTHING


def test_a_coordinator_without_a_membership_coordinates_nothing(
    shown: Window, loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    """Whatever guardian's tables still say: the second wall does not read them."""
    user = loop.town.coordinator
    assert seen(shown, user)["cases_case"] == 1
    admin.execute(f"UPDATE teams_membership SET {PAST} WHERE user_id = %s", [user.id])
    assert seen(shown, user) == NOTHING


def test_a_grant_that_nothing_explains_opens_nothing(
    shown: Window, loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    admin.execute(
        "INSERT INTO cases_casegrant (group_id, permission_id, case_id, team_id, reason, source_id) "
        "SELECT g.id, c.permission_id, c.case_id, c.team_id, 'opened', c.source_id "
        "FROM cases_casegrant c, auth_group g WHERE c.case_id = %s AND g.name = %s LIMIT 1",
        [loop.case.id, f"organisation:{loop.town.society.id}:team:{loop.town.team.id}"],
    )
    assert seen(shown, loop.town.outreach)["cases_case"] == 0


@pytest.mark.parametrize(
    ("status", "column"),
    [("requested", "basis_until"), ("accepted", "basis_until")],
)
def test_with_the_basis_ends_what_a_referral_opened(
    shown: Window, loop: Loop, admin: psycopg.Connection[Any], status: str, column: str
) -> None:
    referral = loop.refer() if status == "requested" else loop.accepted()
    admin.execute(
        f"UPDATE referrals_referral SET {column} = now() - interval '1 second' WHERE id = %s",
        [referral.id],
    )
    told = seen(shown, loop.town.nurse)
    assert (told["cases_case"], told["cases_casefacts"]) == (0, 0)
    assert told["referrals_referral"] == (0 if status == "requested" else 1)


def test_a_stub_is_over_after_thirty_days(shown: Window, loop: Loop, admin: psycopg.Connection[Any]) -> None:
    referral = loop.rejected()
    assert seen(shown, loop.town.nurse)["referrals_referral"] == 1
    admin.execute(
        "UPDATE referrals_referral SET ended_at = now() - interval '30 days' WHERE id = %s", [referral.id]
    )
    assert seen(shown, loop.town.nurse)["referrals_referral"] == 0


def test_an_acting_deputy_sees_the_team_and_then_no_more(
    shown: Window, loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    user = loop.town.deputy
    admin.execute(
        "INSERT INTO teams_actingspell (id, membership_id, team_id, reason, version, valid_from) "
        "SELECT gen_random_uuid(), id, team_id, 'absent', 1, now() FROM teams_membership WHERE user_id = %s",
        [user.id],
    )
    assert seen(shown, user)["cases_case"] == 1
    admin.execute(f"UPDATE teams_actingspell SET {PAST} WHERE team_id = %s", [loop.town.team.id])
    assert seen(shown, user)["cases_case"] == 0
