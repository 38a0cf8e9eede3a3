"""Each way by which a wall like this has been walked around before, tried on ours."""

import subprocess
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.http import StreamingHttpResponse
from psycopg import sql

from backend import asker
from backend.cases.models import Case, Notification
from backend.database_roles import BACKUP, MIGRATE
from backend.embedded.binaries import program
from permissions.rls import WALLS
from tests.backend.referrals.loops import Loop, opened
from tests.databases import UNWALLED, Clones
from tests.permissions.window import Window, readable
from tests.world import Town


@pytest.fixture
def loop() -> Loop:
    return opened(Town())


@pytest.fixture
def service(database: Clones) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database.main.url("spona_app"), autocommit=True) as found:
        yield found


def count(found: psycopg.Connection[Any], table: str) -> int:
    row = found.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("table", readable())
def test_the_owner_of_the_tables_is_held_too(database: Clones, loop: Loop, table: str) -> None:
    loop.refer()
    with psycopg.connect(database.main.url(MIGRATE)) as owner:
        assert count(owner, table) == 0


def test_a_view_of_the_service_shows_no_more(service: psycopg.Connection[Any], loop: Loop) -> None:
    """It may not even make one; and one of the owner's is held as the owner is."""
    loop.refer()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute("CREATE VIEW public.mine AS SELECT * FROM cases_case")


@pytest.mark.parametrize("kind", ["VIEW", "MATERIALIZED VIEW"])
def test_a_view_of_the_owner_shows_nothing(admin: psycopg.Connection[Any], loop: Loop, kind: str) -> None:
    with admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL ROLE spona_owner")
        admin.execute(f"CREATE {kind} public.owners AS SELECT * FROM cases_case")
        admin.execute("SET LOCAL ROLE spona_app")
        assert count(admin, "owners") == 0
    assert Case.objects.filter(pk=loop.case.pk).exists()


def test_a_function_with_the_owner_s_rights_shows_nothing(admin: psycopg.Connection[Any], loop: Loop) -> None:
    loop.refer()
    with admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL ROLE spona_owner")
        admin.execute(
            "CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
            "BEGIN ATOMIC SELECT count(*) FROM cases_case; END"
        )
        admin.execute("SET LOCAL ROLE spona_app")
        assert admin.execute("SELECT counted()").fetchone() == (0,)


@pytest.mark.parametrize("function", ["sees_case", "works_on", "by_referral", "is_party", "is_offered"])
def test_our_own_functions_answer_about_nobody_with_no(
    service: psycopg.Connection[Any], loop: Loop, function: str
) -> None:
    loop.accepted()
    text = sql.SQL("SELECT coalesce(spona.{}(%s), false)").format(sql.Identifier(function))
    assert service.execute(text, [loop.case.id]).fetchone() == (False,)


def test_the_team_of_an_object_is_all_that_anybody_is_told(
    service: psycopg.Connection[Any], loop: Loop
) -> None:
    asked = "SELECT spona.team_of(%s, %s, %s)"
    known = service.execute(asked, ["cases_case", "code", loop.case.code]).fetchone()
    assert known == (loop.town.team.id,)
    for table, column in (("teams_user", "id"), ("cases_case", "spoken_name"), ("pg_class; --", "id")):
        assert service.execute(asked, [table, column, str(loop.case.id)]).fetchone() == (None,)


def test_locking_a_case_shows_it_to_a_side_only(shown: Window, loop: Loop) -> None:
    loop.refer()
    for user, rows in ((loop.town.nurse, 1), (loop.town.outreach, 0), (None, 0)):
        with shown.asked_by(user.id if user else None):
            found = shown.connection.execute(
                "SELECT id FROM spona.locked_case(%s)", [loop.case.id]
            ).fetchall()
        assert len(found) == rows


def test_a_setting_outside_a_transaction_is_gone_with_its_statement(
    service: psycopg.Connection[Any], loop: Loop
) -> None:
    service.execute("SELECT spona.enter(%s)", [loop.town.coordinator.id])
    assert count(service, "cases_case") == 0


def test_nothing_said_in_a_transaction_outlives_it(service: psycopg.Connection[Any], loop: Loop) -> None:
    for end in ("COMMIT", "ROLLBACK"):
        service.execute("BEGIN")
        service.execute("SELECT spona.enter(%s)", [loop.town.coordinator.id])
        assert count(service, "cases_case") == 1
        service.execute(sql.SQL(end))
        assert count(service, "cases_case") == 0


def test_after_an_aborted_transaction_nobody_asks(service: psycopg.Connection[Any], loop: Loop) -> None:
    service.execute("BEGIN")
    service.execute("SELECT spona.enter(%s)", [loop.town.coordinator.id])
    with pytest.raises(psycopg.errors.DivisionByZero):
        service.execute("SELECT 1/0")
    service.execute("ROLLBACK")
    assert count(service, "cases_case") == 0


def test_who_asks_next_is_not_shown_what_was_known_of_the_one_before(shown: Window, loop: Loop) -> None:
    with shown.asked_by(loop.town.coordinator.id):
        assert shown.rows("cases_case")
        shown.connection.execute("SELECT set_config('spona.user_id', %s, true)", [str(loop.town.outreach.id)])
        assert shown.rows("cases_case") == set()


def codes() -> Iterator[str]:
    yield from Case.objects.values_list("code", flat=True)


def test_what_is_streamed_after_the_transaction_is_empty(loop: Loop) -> None:
    """An answer that is read when the transaction is over is read by nobody."""
    with asker.as_nobody():
        with transaction.atomic():
            connection.say(asker.Said(loop.town.coordinator.id))  # type: ignore[attr-defined]
            answer = StreamingHttpResponse(codes())
            assert list(codes()) == [loop.case.code]
        assert list(answer) == []


@pytest.mark.parametrize("table", sorted(set(WALLS) - {"audit_entry"}))
def test_without_anybody_no_row_is_added(
    service: psycopg.Connection[Any], admin: psycopg.Connection[Any], table: str
) -> None:
    """A copy of a row that is there, or an empty one: refused, whatever else would be wrong with it."""
    found = admin.execute(
        sql.SQL("SELECT to_jsonb(t)::text FROM {} t LIMIT 1").format(sql.Identifier(table))
    ).fetchone()
    name = sql.Identifier(table)
    copy = sql.SQL("INSERT INTO {} SELECT * FROM jsonb_populate_record(NULL::{}, %s::jsonb)").format(
        name, name
    )
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.NotNullViolation)):
        service.execute(copy, [found[0] if found else "{}"])


def test_nobody_and_no_job_may_write_a_notification(loop: Loop) -> None:
    row = Notification(team=loop.town.team, organisation=loop.town.centre, kind="x", object_kind="case")
    row.object_id = loop.case.id
    with asker.as_nobody(), pytest.raises(Exception, match="row-level security"):
        row.save(force_insert=True)


def test_a_job_without_a_line_sees_nothing(shown: Window, loop: Loop) -> None:
    loop.accepted()
    for table in readable():
        assert shown.seen_by(None, table, job="unknown") == set()


def test_a_job_sees_what_its_line_says(shown: Window, loop: Loop) -> None:
    assert loop.case.id in shown.seen_by(None, "cases_case", job="lapses")
    assert shown.seen_by(None, "cases_note", job="lapses") == set()
    assert shown.seen_by(None, "cases_casefacts", job="departures") == set()


def dumped(database: Clones, role: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(program("pg_dump")), "--data-only", "--table=cases_case", *words, database.main.url(role)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_dump_by_the_service_is_refused_or_empty(database: Clones, loop: Loop) -> None:
    assert dumped(database, "spona_app").returncode != 0
    empty = dumped(database, "spona_app", "--enable-row-security")
    assert empty.returncode == 0
    assert loop.case.code not in empty.stdout


def test_a_backup_holds_every_row(database: Clones, loop: Loop) -> None:
    whole = dumped(database, BACKUP, "--enable-row-security")
    assert whole.returncode == 0, whole.stderr
    assert loop.case.code in whole.stdout


def test_the_role_without_a_wall_is_the_tests_own(database: Clones, loop: Loop) -> None:
    with psycopg.connect(database.main.url(UNWALLED)) as found:
        assert count(found, "cases_case") > 0
        row = found.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (False,)
