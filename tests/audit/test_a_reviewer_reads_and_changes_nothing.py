"""`spona_review` reads the entries; it can neither add nor change one, nor read anything else."""

from uuid import UUID, uuid4

import psycopg
import pytest

from audit.recorder import record
from tests.audit.people import Person
from tests.databases import Clones

REVIEW = "spona_review"


def connect(database: Clones, name: str = "main") -> psycopg.Connection:
    return psycopg.connect(getattr(database, name).url(REVIEW), autocommit=True)


def test_the_reviewer_reads_an_entry(database: Clones) -> None:
    team: UUID = uuid4()
    record(Person(), "case.viewed", team=team, kind="case", object_id="LO-7K3M-9QXF-C")
    with connect(database) as connection:
        rows = connection.execute("SELECT verb, object_id FROM audit_entry WHERE log = %s", [team]).fetchall()
    assert rows == [("case.viewed", "LO-7K3M-9QXF-C")]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_entry SELECT * FROM audit_entry",
        "UPDATE audit_entry SET verb = 'case.closed'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "SELECT id FROM cases_case",
        "SELECT id FROM teams_user",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_reviewer_does_nothing_else(database: Clones, statement: str) -> None:
    with connect(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_the_reviewer_sees_no_key(database: Clones) -> None:
    with connect(database, "keys") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT id FROM encryption_wrappedkey")
