"""What the database has is what `permissions.rls` declares; whatever differs is found, a table without a line too."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps

from permissions import rls, rls_lint, rls_open
from permissions.rls_lint import findings
from permissions.rls_operations import Reach
from tests.databases import EVERYTHING, TESTS_POLICY, UNWALLED

KNOWN = {"policies": [TESTS_POLICY], "roles": [UNWALLED], "functions": ["entry_needed"]}


@pytest.fixture
def owner(admin: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """The owner's rights in a transaction that never happened."""
    with admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL ROLE spona_owner")
        yield admin


def found(connection: psycopg.Connection[Any]) -> list[str]:
    connection.execute("RESET ROLE")
    return findings(connection.cursor(), **KNOWN)


def test_nothing_differs(admin: psycopg.Connection[Any]) -> None:
    assert findings(admin.cursor(), **KNOWN) == []


def test_a_new_table_without_a_line_is_found(owner: psycopg.Connection[Any]) -> None:
    owner.execute("CREATE TABLE cases_scratch (id uuid, team_id uuid)")
    assert found(owner) == ["cases_scratch: neither walled nor named as open"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY", "cases_case: row level security is off"),
        (
            "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
            "cases_case: the wall does not hold its owner",
        ),
        ("DROP POLICY app_select ON cases_case", "cases_case: no policy app_select"),
        ("DROP POLICY backup_select ON cases_note", "cases_note: no policy backup_select"),
        (
            "CREATE POLICY open ON cases_case TO spona_app USING (true)",
            "cases_case: a policy nobody declared, open",
        ),
        ("DROP TRIGGER cases_case_alters ON cases_case", "cases_case: no trigger cases_case_alters"),
        (
            "ALTER TABLE referrals_referral DISABLE TRIGGER referrals_referral_step",
            "referrals_referral: no trigger referrals_referral_step",
        ),
        (
            "ALTER TABLE cases_case DISABLE TRIGGER entry_needed",
            "cases_case: no trigger entry_needed",
        ),
        (
            "DROP TRIGGER audit_leaf_no_change ON audit_leaf",
            "audit_leaf: no trigger audit_leaf_no_change",
        ),
        ("GRANT UPDATE ON audit_entry TO spona_app", "audit_entry: spona_app may update"),
        (
            "DROP TRIGGER table_kept ON teams_user",
            "teams_user: no trigger table_kept",
        ),
        ("ALTER POLICY app_select ON cases_case USING (true)", "cases_case: app_select is not as declared"),
        ("ALTER POLICY app_select ON cases_case TO PUBLIC", "cases_case: app_select is not as declared"),
        (
            "ALTER POLICY app_insert ON cases_case WITH CHECK (true)",
            "cases_case: app_insert is not as declared",
        ),
        ("CREATE VIEW shown AS SELECT * FROM cases_case", "shown: a view, which shows what its owner sees"),
        (
            "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one",
            "kept: a view, which shows what its owner sees",
        ),
        (
            (
                "CREATE FUNCTION mine() RETURNS int LANGUAGE sql SECURITY DEFINER "
                "SET search_path = pg_catalog, pg_temp RETURN 1; REVOKE ALL ON FUNCTION mine() FROM PUBLIC"
            ),
            "mine(): belongs to spona_owner",
        ),
    ],
    ids=lambda value: value.split(" ON ")[0][:40] if isinstance(value, str) else "",
)
def test_whatever_was_changed_by_hand_is_found(
    owner: psycopg.Connection[Any], change: str, said: str
) -> None:
    owner.execute(change)
    assert said in found(owner)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER FUNCTION spona.reach() RESET search_path", "reach(): has no fixed search_path"),
        ("ALTER FUNCTION spona.reach() OWNER TO spona_app", "reach(): belongs to spona_app"),
        ("ALTER FUNCTION spona.reach() SECURITY INVOKER", "reach(): should have the rights of spona_reach"),
        ("GRANT EXECUTE ON FUNCTION spona.reach() TO PUBLIC", "reach(): everybody may call it"),
        ("ALTER TABLE cases_note OWNER TO spona_app", "cases_note: belongs to spona_app"),
        ("ALTER ROLE spona_app BYPASSRLS", "spona_app: a role that walks past the wall"),
        ("ALTER ROLE spona_reach LOGIN", "reach(): belongs to spona_reach"),
        ("ALTER TABLE cases_note RENAME TO cases_other", "cases_note: declared, and not there"),
    ],
    ids=lambda value: value.split(" TO ")[0][:40] if isinstance(value, str) else "",
)
def test_rights_that_moved_are_found(admin: psycopg.Connection[Any], change: str, said: str) -> None:
    with admin.transaction(force_rollback=True):
        admin.execute(change)
        assert said in found(admin)


def test_a_function_that_was_written_anew_is_found(admin: psycopg.Connection[Any]) -> None:
    with admin.transaction(force_rollback=True):
        admin.execute(
            "DO $$ BEGIN EXECUTE replace(pg_get_functiondef('spona.audit_present'::regproc), 'RETURN EXISTS',"
            " 'RETURN true OR EXISTS'); END $$"
        )
        assert "audit_present(): not as declared" in found(admin)


def test_the_policies_of_the_tests_are_the_only_ones_besides(admin: psycopg.Connection[Any]) -> None:
    more = findings(admin.cursor())
    assert more == sorted(
        [f"{table}: a policy nobody declared, {TESTS_POLICY}" for table in rls.WALLS]
        + [f"{UNWALLED}: a role that walks past the wall", "entry_needed(): not as declared"]
    )


def test_every_model_has_its_line_or_its_reason() -> None:
    """Without a database: a new model is found before its migration is written."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    without = {table for table in tables if table not in rls.WALLS and not rls_open.reason(table)}
    assert without - {"encryption_wrappedkey", "encryption_rootgeneration", "encryption_erasedowner"} == set()


def test_no_table_is_both_walled_and_open() -> None:
    assert {table for table in rls.WALLS if rls_open.reason(table)} == set()


def test_no_job_of_the_service_has_the_name_of_the_tests() -> None:
    named = {
        job
        for wall in rls.WALLS.values()
        for rows in (wall.reads, wall.adds, wall.changes, wall.removes)
        for job in rows.jobs
    }
    assert EVERYTHING not in named
    assert named


def test_the_declared_functions_are_all_that_have_other_rights(admin: psycopg.Connection[Any]) -> None:
    text = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'spona'::regnamespace"
    assert {name for (name,) in admin.execute(text)} == rls_lint.DEFINERS


def test_who_reads_the_audit_may_call_what_its_policy_asks_and_no_more(
    admin: psycopg.Connection[Any],
) -> None:
    text = """
        SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'spona'::regnamespace
        AND has_function_privilege('spona_review', p.oid, 'EXECUTE')
    """
    assert {name for (name,) in admin.execute(text)} == {one.partition("(")[0] for one in Reach.REVIEWING}
