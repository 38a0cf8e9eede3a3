"""`spona_review` reads the entries; it can neither add nor change one, nor read anything else."""

from uuid import UUID

import psycopg
import pytest

from audit.recorder import record
from backend.teams.models import User
from tests.audit.people import Person
from tests.databases import Clones
from tests.world import Town

REVIEW = "spona_review"


def connect(database: Clones, name: str = "main") -> psycopg.Connection:
    return psycopg.connect(getattr(database, name).url(REVIEW), autocommit=True)


READ = "SELECT verb, object_id FROM audit_entry WHERE log = %s"


def seen_by(database: Clones, user: User | None, team: UUID) -> list[tuple[str, str]]:
    with connect(database) as connection, connection.transaction():
        connection.execute("SELECT set_config('spona.user_id', %s, true)", [str(user.id) if user else ""])
        return connection.execute(READ, [team]).fetchall()


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_the_reviewer_reads_an_entry_of_the_own_team(database: Clones, who: str) -> None:
    town = Town()
    record(Person(), "case.viewed", team=town.team.id, kind="case", object_id="LO-7K3M-9QXF-C")
    rows = seen_by(database, getattr(town, who), town.team.id)
    assert ("case.viewed", "LO-7K3M-9QXF-C") in rows


def test_a_worker_of_the_team_reads_none(database: Clones) -> None:
    town = Town()
    record(Person(), "case.viewed", team=town.team.id, kind="case", object_id="LO-7K3M-9QXF-C")
    assert seen_by(database, town.social_worker, town.team.id) == []


def test_who_coordinates_reads_what_was_done_with_cases_and_nothing_else(database: Clones) -> None:
    town, other = Town(), Town()
    for team in (town.team.id, other.team.id):
        record(Person(), "case.viewed", team=team, kind="case", object_id="LO-7K3M-9QXF-C")
        record(Person(), "audit.read", team=team, kind="auditentry", object_id="LO-7K3M-9QXF-C")
    assert seen_by(database, town.coordinator, town.team.id) == [("case.viewed", "LO-7K3M-9QXF-C")]
    assert seen_by(database, town.coordinator, other.team.id) == []


def test_nobody_and_the_lead_of_another_team_read_none(database: Clones) -> None:
    team = Town().team.id
    record(Person(), "case.viewed", team=team, kind="case", object_id="LO-7K3M-9QXF-C")
    assert seen_by(database, None, team) == []
    assert seen_by(database, Town().lead, team) == []


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
