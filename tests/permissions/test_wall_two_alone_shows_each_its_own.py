"""The database alone, with no condition of ours in the query: each table shows what is somebody's, and no more."""

from uuid import UUID

import psycopg
import pytest

from backend.cases.models import Case
from backend.referrals import answering, ending
from backend.referrals.acknowledging import acknowledge
from backend.referrals.withdrawal import withdraw_consent
from backend.teams.models import User
from tests.backend.referrals.loops import Loop, opened
from tests.permissions.window import Window, readable
from tests.world import Town, actor, national, seat

OF_CASE = [table for table in readable() if table.startswith(("cases_", "referrals_"))]


@pytest.fixture
def loop() -> Loop:
    return opened(Town())


def cases(shown: Window, user: User) -> set[UUID]:
    found: set[UUID] = shown.seen_by(user.id, "cases_case")
    return found


def classes(shown: Window, user: User, case: Case) -> set[str]:
    with shown.asked_by(user.id):
        rows = shown.connection.execute(
            "SELECT data_class FROM cases_casefacts WHERE case_id = %s", [case.id]
        )
        return {row[0] for row in rows}


def tables_shown(shown: Window, user: User | None) -> set[str]:
    """Return the tables of cases of which `user` sees any row."""
    with shown.asked_by(user.id if user else None):
        return {table for table in OF_CASE if shown.rows(table)}


@pytest.mark.parametrize("table", readable())
def test_nobody_sees_nothing(shown_either_way: Window, full_town: Loop, table: str) -> None:
    assert full_town.case
    assert shown_either_way.seen_by(None, table) == set()


def test_the_coordinator_has_rows_in_every_table_but_two(shown: Window, full_town: Loop) -> None:
    """Else the next tests would find nothing to leak. What somebody wrote who looked is for who reviews, and tags of
    phrases are for no person."""
    hidden = {"cases_looktext", "cases_duplicatetag"}
    assert tables_shown(shown, full_town.town.coordinator) == set(OF_CASE) - hidden


@pytest.mark.parametrize("who", ["outreach", "partner_worker"])
def test_somebody_of_the_same_town_without_a_reason_sees_nothing(
    shown_either_way: Window, full_town: Loop, who: str
) -> None:
    assert tables_shown(shown_either_way, getattr(full_town.town, who)) == set(), "leaked"


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_who_reviews_sees_the_looks_at_a_case_and_nothing_else_of_it(
    shown: Window, full_town: Loop, who: str
) -> None:
    looks = {"cases_breakglass", "cases_historicalbreakglass", "cases_looktext", "cases_notification"}
    assert tables_shown(shown, getattr(full_town.town, who)) == looks


def test_the_coordinator_of_another_town_sees_nothing(shown: Window, full_town: Loop) -> None:
    assert full_town.case
    assert tables_shown(shown, Town().coordinator) == set(), "leaked"


@pytest.mark.parametrize(
    "role", ["national_analyst", "release_officer", "directory_admin", "key_custodian", "platform_admin"]
)
def test_a_national_role_sees_nothing_of_any_case(shown: Window, full_town: Loop, role: str) -> None:
    assert full_town.case
    assert tables_shown(shown, national(role)) == set(), "leaked"


def test_the_coordinator_sees_every_case_of_the_team(shown: Window, loop: Loop) -> None:
    assert cases(shown, loop.town.coordinator) == {loop.case.id}


@pytest.mark.parametrize("who", ["social_worker", "coordinator"])
def test_who_opened_it_sees_case_and_referral(shown: Window, loop: Loop, who: str) -> None:
    referral = loop.refer()
    user = getattr(loop.town, who)
    assert cases(shown, user) == {loop.case.id}
    assert shown.seen_by(user.id, "referrals_referral") == {referral.id}


def test_a_deputy_sees_the_team_only_while_acting(shown: Window, loop: Loop) -> None:
    assert cases(shown, loop.town.deputy) == set()


def test_a_recipient_sees_a_request_and_not_the_case(shown: Window, loop: Loop) -> None:
    referral = loop.refer()
    assert shown.seen_by(loop.town.nurse.id, "referrals_referral") == {referral.id}
    assert cases(shown, loop.town.nurse) == set()


def test_a_recipient_sees_no_draft(shown: Window, loop: Loop) -> None:
    loop.refer(send=False)
    assert shown.seen_by(loop.town.nurse.id, "referrals_referral") == set()


def test_with_its_yes_the_case_opens_as_far_as_the_consent_says(shown: Window, loop: Loop) -> None:
    loop.accepted()
    assert cases(shown, loop.town.nurse) == {loop.case.id}
    assert classes(shown, loop.town.nurse, loop.case) == {
        "basic_profile",
        "needs",
        "health",
        "substance_use",
        "social",
    }


@pytest.mark.parametrize(
    "change", ["status = 'closed'", "holder_organisation_id = %(own)s", "team_id = team_id"]
)
def test_a_recipient_locks_the_case_and_changes_nothing_of_it(shown: Window, loop: Loop, change: str) -> None:
    loop.accepted()
    values = {"own": loop.town.clinic.id, "case": loop.case.id}
    locked, changed = (
        "SELECT id FROM cases_case WHERE id = %(case)s FOR UPDATE",
        f"UPDATE cases_case SET {change} WHERE id = %(case)s",
    )
    with shown.asked_by(loop.town.nurse.id):
        assert shown.connection.execute(locked, values).rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            shown.connection.execute(changed, values)
    with shown.asked_by(loop.town.social_worker.id):
        assert shown.connection.execute(changed, values).rowcount == 1


def test_a_recipient_takes_no_grant_of_others_away(shown: Window, loop: Loop) -> None:
    referral = loop.accepted()
    with shown.asked_by(loop.town.nurse.id):
        gone = shown.connection.execute(
            "DELETE FROM cases_casegrant WHERE case_id = %s RETURNING source_id", [loop.case.id]
        )
        assert {row[0] for row in gone} <= {referral.id}


def test_who_works_on_it_has_every_coded_class(shown: Window, loop: Loop) -> None:
    here = classes(shown, loop.town.social_worker, loop.case)
    assert here == classes(shown, loop.town.coordinator, loop.case)
    assert here > {"basic_profile", "needs"}


def test_an_acknowledged_referral_leaves_a_stub_and_no_case(shown: Window, loop: Loop) -> None:
    referral = acknowledge(loop.centre, loop.completed())
    assert cases(shown, loop.town.nurse) == set()
    assert classes(shown, loop.town.nurse, loop.case) == set()
    assert shown.seen_by(loop.town.nurse.id, "referrals_referral") == {referral.id}


@pytest.mark.parametrize("end", ["reject", "cancel"])
def test_whatever_ended_opens_nothing(shown: Window, loop: Loop, end: str) -> None:
    if end == "reject":
        loop.rejected()
    else:
        ending.cancel(loop.centre, loop.accepted(), reason_code="client-declined")
    assert classes(shown, loop.town.nurse, loop.case) == set()
    assert cases(shown, loop.town.nurse) == set()


def test_a_withdrawn_consent_closes_every_class_at_once(shown: Window, loop: Loop) -> None:
    loop.accepted()
    withdraw_consent(loop.centre, loop.consent)
    assert classes(shown, loop.town.nurse, loop.case) == set()
    assert cases(shown, loop.town.nurse) == set()


def test_one_of_two_organisations_of_a_person_opens_nothing_in_the_other_town(
    shown: Window, loop: Loop
) -> None:
    """The pair counts: an organisation in one team, another in the other."""
    other = Town()
    user = loop.town.worker("member", loop.town.society)
    seat(user, "member", team=other.team, organisation=loop.town.clinic)
    loop.accepted()
    assert shown.seen_by(user.id, "cases_case") == set()
    assert shown.seen_by(user.id, "referrals_referral") == set()


def test_a_membership_limited_to_services_sees_only_their_referrals(shown: Window, loop: Loop) -> None:
    limited = loop.town.worker("member", loop.town.clinic, services=["TX-DAY"])
    loop.accepted()
    assert shown.seen_by(limited.id, "referrals_referral") == set()
    assert cases(shown, limited) == set()
    fitting = loop.town.worker("member", loop.town.clinic, services=["TX-OPC"])
    assert cases(shown, fitting) == {loop.case.id}


def test_a_token_of_one_team_sees_that_team_alone(shown_either_way: Window, loop: Loop) -> None:
    other = opened(Town())
    user = loop.town.coordinator
    seat(user, "coordinator", team=other.town.team, organisation=other.town.centre)
    assert cases(shown_either_way, user) == {loop.case.id, other.case.id}
    assert shown_either_way.seen_by(user.id, "cases_case", team_id=loop.town.team.id) == {loop.case.id}


def test_a_partner_sees_what_any_team_refers_to_it(shown: Window, loop: Loop) -> None:
    consent = loop.agree(loop.town.partner)
    referral = loop.refer(loop.town.partner, consent_id=consent.id)
    user = loop.town.partner_worker
    assert shown.seen_by(user.id, "referrals_referral") == {referral.id}
    answering.accept(actor(user), referral)
    assert cases(shown, user) == {loop.case.id}


def test_a_notification_is_for_those_who_are_told(shown: Window, loop: Loop) -> None:
    loop.refer()
    told = shown.seen_by(loop.town.nurse.id, "cases_notification")
    assert len(told) == 1
    assert told.isdisjoint(shown.seen_by(loop.town.social_worker.id, "cases_notification"))
    assert shown.seen_by(loop.town.outreach.id, "cases_notification") == set()
