"""A status changes in the database along the table of steps, by a side that takes the step, and in no other way."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from backend import asker
from backend.reference.lists import codes
from backend.referrals.models import Referral
from backend.referrals.step_wall import FUNCTION, body, edges
from backend.teams.models import User
from tests.backend.referrals.loops import Loop, opened
from tests.backend.referrals.rows import a_row
from tests.databases import Clones
from tests.permissions.window import Window, window
from tests.world import Town, saved

STATUSES = sorted(codes("referral_statuses"))
EDGES = frozenset(edges())
MOVE = "UPDATE referrals_referral SET status = %s WHERE id = %s"
LONG = {"sent_at": "2026-01-01T10:00:00Z"}


@pytest.fixture
def loop() -> Loop:
    return opened(Town())


@pytest.fixture
def shown(database: Clones) -> Iterator[Window]:
    with window(database) as found:
        yield found


def moves(shown: Window, user: User, row: Referral, to: str, *, job: str = "") -> bool:
    """Say whether the database takes the change; it is rolled back."""
    with shown.asked_by(user.id, job=job):
        try:
            return shown.connection.execute(MOVE, [to, row.id]).rowcount == 1
        except psycopg.errors.InsufficientPrivilege:
            return False


def taken(shown: Window, user: User, row: Referral, *, job: str = "") -> set[str]:
    return {to for to in STATUSES if to != row.status and moves(shown, user, row, to, job=job)}


def steps(source: str, *sides: str) -> set[str]:
    return {to for side, before, to in EDGES if before == source and side in sides}


@pytest.mark.parametrize("status", STATUSES)
def test_the_requester_takes_its_own_steps(shown: Window, loop: Loop, status: str) -> None:
    row = a_row(loop, status, **LONG)
    for user in (loop.town.social_worker, loop.town.coordinator):
        assert taken(shown, user, row) == steps(status, "requester", "either")


@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"draft", "entered-in-error"}))
def test_the_recipient_takes_its_own_steps(shown: Window, loop: Loop, status: str) -> None:
    row = a_row(loop, status, sent_at=loop.consent.valid_from, ended_at=loop.consent.valid_from)
    assert taken(shown, loop.town.nurse, row) == steps(status, "target", "either")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("who", ["outreach", "lead", "officer", "partner_worker"])
def test_who_stands_on_no_side_takes_none(shown: Window, loop: Loop, status: str, who: str) -> None:
    row = a_row(loop, status, **LONG)
    assert taken(shown, getattr(loop.town, who), row) == set()


@pytest.mark.parametrize("status", ["requested", "accepted", "on-hold", "completed"])
def test_the_requester_answers_for_a_provider_without_accounts(
    shown: Window, loop: Loop, status: str
) -> None:
    clinic = loop.town.clinic
    clinic.has_accounts = False
    saved(clinic)
    row = a_row(loop, status, **LONG)
    assert taken(shown, loop.town.social_worker, row) == steps(
        status, "requester", "either", "requester_on_behalf"
    )


def test_the_requester_answers_when_the_agreement_has_ended(
    shown: Window, loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    row = a_row(loop, "requested", **LONG)
    assert not moves(shown, loop.town.social_worker, row, "accepted")
    admin.execute(
        "UPDATE teams_sharingagreement SET valid_until = now() - interval '1 second' WHERE organisation_id = %s",
        [loop.town.clinic.id],
    )
    assert moves(shown, loop.town.social_worker, row, "accepted")


@pytest.mark.parametrize("status", ["draft", "requested", "accepted", "in-progress", "completed"])
def test_the_system_s_jobs_take_the_system_s_steps(shown: Window, loop: Loop, status: str) -> None:
    row, nobody = a_row(loop, status, **LONG), loop.town.outreach
    assert taken(shown, nobody, row, job=asker.LAPSES) == steps(status, "system")
    assert taken(shown, nobody, row, job=asker.STEPS) == set()


def test_an_ended_referral_is_corrected_by_another_person_only(shown: Window, loop: Loop) -> None:
    row = a_row(loop, "completed", correction_asked_by=loop.town.coordinator.id, **LONG)
    assert moves(shown, loop.town.deputy, row, "entered-in-error", job=asker.CORRECTIONS)
    assert not moves(shown, loop.town.coordinator, row, "entered-in-error", job=asker.CORRECTIONS)
    assert not moves(shown, loop.town.social_worker, row, "entered-in-error")


def inserted(shown: Window, user: User, row: Referral, **values: Any) -> bool:
    """Say whether the database takes a copy of `row` with other values; it is rolled back."""
    columns = [field.column for field in Referral._meta.concrete_fields]
    given = {
        "id": "gen_random_uuid()",
        "number": "90",
        "code": "'X' || left(gen_random_uuid()::text, 12)",
        **values,
    }
    chosen = ", ".join(given.get(column, f"r.{column}") for column in columns)
    source = "jsonb_populate_record(NULL::referrals_referral, %s) r"
    copy = f"INSERT INTO referrals_referral ({', '.join(columns)}) SELECT {chosen} FROM {source}"
    with shown.asked_by(user.id):
        try:
            return shown.connection.execute(copy, [Jsonb(plain(row))]).rowcount == 1
        except psycopg.errors.InsufficientPrivilege:
            return False


def plain(row: Referral) -> dict[str, Any]:
    """Return the columns of a referral as JSON has them."""
    values = {field.column: getattr(row, field.attname) for field in Referral._meta.concrete_fields}
    kept = (int, list, type(None))
    return {name: value if isinstance(value, kept) else str(value) for name, value in values.items()}


def test_a_referral_begins_as_a_draft_or_a_request(shown: Window, loop: Loop) -> None:
    row = a_row(loop, "requested")
    for status in STATUSES:
        begins = inserted(shown, loop.town.social_worker, row, status=f"'{status}'")
        assert begins == (status in {"draft", "requested"}), status


@pytest.mark.parametrize("who", ["outreach", "partner_worker", "nurse"])
def test_nobody_refers_a_case_that_is_not_theirs(shown: Window, loop: Loop, who: str) -> None:
    """A referral would open the case to its requester."""
    other = opened(Town())
    user = getattr(loop.town, who)
    own = {"outreach": loop.town.society, "partner_worker": loop.town.partner, "nurse": loop.town.clinic}[who]
    for row in (a_row(loop, "draft"), a_row(other, "draft")):
        assert not inserted(shown, user, row, requester_organisation_id=f"'{own.id}'"), "leaked"


def test_a_sent_referral_goes_to_nobody_else(shown: Window, loop: Loop) -> None:
    """Else the requester would take the recipient's steps."""
    text = "UPDATE referrals_referral SET recipient_organisation_id = %s WHERE id = %s"
    for sent, taken_by in ((None, True), (loop.consent.valid_from, False)):
        row = a_row(loop, "draft" if sent is None else "requested", sent_at=sent)
        with shown.asked_by(loop.town.social_worker.id):
            if taken_by:
                assert shown.connection.execute(text, [loop.town.centre.id, row.id]).rowcount == 1
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="stays where it is"):
                    shown.connection.execute(text, [loop.town.centre.id, row.id])


@pytest.mark.parametrize(
    ("column", "value"),
    [("requester_organisation_id", "partner"), ("case_id", "other"), ("number", 77)],
    ids=["requester", "case", "number"],
)
def test_no_update_moves_a_referral(shown: Window, loop: Loop, column: str, value: Any) -> None:
    row = a_row(loop, "requested", **LONG)
    other = {"partner": loop.town.partner.id, "other": opened(loop.town).case.id}.get(value, value)
    text = f"UPDATE referrals_referral SET {column} = %s WHERE id = %s"
    with (
        shown.asked_by(loop.town.coordinator.id),
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="stays where it is"),
    ):
        shown.connection.execute(text, [other, row.id])


def test_the_database_has_the_table_of_steps_as_it_is_now(admin: psycopg.Connection[Any]) -> None:
    """Whoever changes the table adds a migration with `StepWall`."""
    found = admin.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [FUNCTION]).fetchone()
    assert found == (body(),)
    enabled = "SELECT tgenabled::text FROM pg_trigger WHERE tgname = %s"
    assert admin.execute(enabled, [FUNCTION]).fetchone() == ("O",)
