"""The service may insert and nothing else; the owner of the table cannot change a row either."""

from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection

from audit.models import Entry
from audit.recorder import record
from tests.audit.conftest import Reader
from tests.audit.people import Person

CHANGES = [
    "UPDATE audit_entry SET verb = 'case.closed'",
    "UPDATE audit_entry SET at = now()",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "TRUNCATE audit_entry CASCADE",
]


@pytest.fixture
def one_entry(database: None, team: UUID) -> UUID:
    record(Person(), "case.viewed", team=team, kind="case", object_id="LO-7K3M-9QXF-C")
    return team


def test_the_service_adds(one_entry: UUID, read_log: Reader) -> None:
    (entry,) = read_log(one_entry)
    assert entry.object_id == "LO-7K3M-9QXF-C"
    assert entry.is_genuine(settings.SPONA_AUDIT_KEY)


def test_these_tests_run_as_the_service(database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == ("spona_app", "spona_app")


@pytest.mark.parametrize("change", [*CHANGES, "SELECT id FROM audit_entry", "COPY audit_entry TO STDOUT"])
def test_the_service_cannot_read_or_change(one_entry: UUID, change: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(change)


def test_the_service_cannot_insert_and_ask_back(one_entry: UUID) -> None:
    """RETURNING reads: whoever needs it would need the right to read."""
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry VALUES (gen_random_uuid(), gen_random_uuid(), now(), NULL, 'user', NULL,"
            " 'case.viewed', 'case', '', 'success', '', '', '{}', decode(repeat('00', 32), 'hex'), NULL)"
            " RETURNING id"
        )


def test_the_model_offers_no_way_around(one_entry: UUID) -> None:
    with pytest.raises(ProgrammingError):
        Entry.objects.filter(log=one_entry).delete()
    with pytest.raises(ProgrammingError):
        Entry.objects.filter(log=one_entry).update(verb="case.closed")
    with pytest.raises(ProgrammingError):
        Entry.objects.filter(log=one_entry).exists()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("rest", ["origin", "replica"])
def test_the_owner_cannot_change_either(
    one_entry: UUID, admin: Any, read_log: Reader, change: str, rest: str
) -> None:
    """Also where ordinary triggers rest, as during a restore, and with the second wall lowered."""
    before = [entry.mac for entry in read_log(one_entry)]
    try:
        admin.execute(f"SET session_replication_role = {rest}")
        admin.execute("SET ROLE spona_owner")
        admin.execute("ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
        with pytest.raises(Exception, match="append-only"):
            admin.execute(change)
    finally:
        admin.execute("ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY, ENABLE ROW LEVEL SECURITY")
        admin.execute("RESET ROLE")
        admin.execute("RESET session_replication_role")
    assert [entry.mac for entry in read_log(one_entry)] == before


def test_grants_are_exactly_these(database: None, admin: Any) -> None:
    rows = admin.execute(
        "SELECT grantee, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_name = 'audit_entry' AND grantee <> 'spona_owner'"
    ).fetchall()
    assert {tuple(row) for row in rows} == {
        ("spona_app", "INSERT"),
        ("spona_review", "SELECT"),
        ("spona_backup", "SELECT"),
        ("spona_sealer", "SELECT"),
    }


def test_four_columns_alone_have_a_grant_of_their_own(database: None, admin: Any) -> None:
    """In which transaction it was written, and whether by the service: by that a change is asked for its entry. And in
    which log it stands: there goes what was denied of it."""
    rows = admin.execute(
        "SELECT attname, attacl::text FROM pg_attribute"
        " WHERE attrelid = 'audit_entry'::regclass AND attacl IS NOT NULL ORDER BY 1"
    ).fetchall()
    only = "{spona_reach=r/spona_owner}"
    assert rows == [(name, only) for name in ("actor_kind", "id", "log", "written_in")]


@pytest.mark.parametrize("column", ["mac", "outcome"])
def test_the_table_refuses_what_cannot_be_an_entry(one_entry: UUID, admin: Any, column: str) -> None:
    value = {"mac": "'\\x00'::bytea", "outcome": "'perhaps'"}[column]
    names = [field.column for field in Entry._meta.concrete_fields]
    picked = ["gen_random_uuid()" if name == "id" else value if name == column else name for name in names]
    with pytest.raises(Exception, match="check constraint"):
        admin.execute(
            f"INSERT INTO audit_entry ({', '.join(names)})"
            f" SELECT {', '.join(picked)} FROM audit_entry WHERE log = %s",
            [one_entry],
        )


def test_nobody_says_in_which_transaction_an_entry_was_written(one_entry: UUID, admin: Any) -> None:
    """Or an entry of the past would excuse a change of today, or escape the sealer."""
    names = ", ".join(field.column for field in Entry._meta.concrete_fields if field.column != "id")
    admin.execute(
        f"INSERT INTO audit_entry (id, written_in, {names})"
        f" SELECT gen_random_uuid(), '5', {names} FROM audit_entry WHERE log = %s",
        [one_entry],
    )
    found = admin.execute("SELECT count(*) FROM audit_entry WHERE log = %s AND written_in = '5'", [one_entry])
    assert found.fetchone() == (0,)
