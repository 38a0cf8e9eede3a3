"""Nobody changes or removes what was sealed; the sealer adds to the logs and does nothing else."""

from uuid import uuid4

import psycopg
import pytest

from audit.checkpoints import sign_due
from audit.models import Checkpoint, Cosignature
from audit.sealer import seal
from backend.database_roles import APP, SEALER
from tests.audit.sealing.conftest import Admin
from tests.databases import Clone
from tests.sealed import add

pytestmark = [pytest.mark.xdist_group("sealer"), pytest.mark.usefixtures("apart")]
ADDED_ONLY = ("audit_leaf", "audit_node", "audit_checkpoint", "audit_cosignature")


@pytest.fixture
def sealed(apart: Clone) -> None:
    """A log with a row in each table."""
    log = uuid4()
    add(log, 256)
    seal()
    sign_due(now=True)
    point = Checkpoint.objects.using("sealer").get(log_id=log)
    Cosignature(checkpoint=point, witness="w", line="x", at=point.at).save(using="sealer", force_insert=True)


@pytest.mark.usefixtures("sealed")
def test_not_even_a_superuser_changes_a_row_in_passing(admin: Admin) -> None:
    for table in ADDED_ONLY:
        column = "witness" if table == "audit_cosignature" else "log_id"
        for statement in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                admin.execute(statement)


@pytest.mark.parametrize("role", [SEALER, APP])
def test_what_each_role_may_do_is_exactly_this(admin: Admin, role: str) -> None:
    rows = admin.execute(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee = %s AND table_name LIKE 'audit\\_%%'",
        [role],
    ).fetchall()
    reads = {(table, "SELECT") for table in (*ADDED_ONLY, "audit_log")}
    writes = {
        APP: {("audit_entry", "INSERT")},
        SEALER: {
            ("audit_entry", "SELECT"),
            *((table, "INSERT") for table in ADDED_ONLY),
            *((table, what) for table in ("audit_log", "audit_sealing") for what in ("INSERT", "UPDATE")),
            ("audit_sealing", "SELECT"),
        },
    }
    assert set(rows) == reads | writes[role]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_entry SELECT * FROM audit_entry",
        "SELECT id FROM cases_case",
        "SELECT id FROM teams_user",
        "DELETE FROM audit_log",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_sealer_does_nothing_else(apart: Clone, statement: str) -> None:
    with (
        psycopg.connect(apart.url(SEALER)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_a_place_and_an_entry_are_there_once(admin: Admin, sealed: None) -> None:
    for again in ("entry_id, log_id, index + 1000000", "gen_random_uuid(), log_id, index"):
        with pytest.raises(psycopg.errors.UniqueViolation):
            admin.execute(
                "INSERT INTO audit_leaf (entry_id, log_id, index, leaf_hash, sealed_at)"
                f" SELECT {again}, leaf_hash, sealed_at FROM audit_leaf LIMIT 1"
            )
