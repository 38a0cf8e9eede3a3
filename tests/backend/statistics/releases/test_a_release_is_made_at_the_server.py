"""`spona statistics`: prepare, gate, publish and reproduce, each in somebody's name; and the job that does the work."""

import io
import json
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command

from backend import asker
from backend.statistics.releases import preparing
from backend.statistics.releases.models import Release
from backend.statistics.releases.system import RELEASES
from backend.statistics.tdi.tables import TABLES
from backend.work.schedule import JOBS
from tests.backend.statistics.releases.facts_by_hand import fact, free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import built, released
from tests.world import Town, actor, national

pytestmark = pytest.mark.database


def said(*words: object) -> str:
    """Return what a command wrote."""
    out = io.StringIO()
    call_command("statistics", *map(str, words), stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def year(admin: psycopg.Connection) -> int:
    """A year that three towns have locked, of which one had something to do."""
    year, town = free_year(), Town()
    write(admin, yearly(town.team, year, people=20))
    for one in (town, Town(), Town()):
        lock(one.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    return year


def test_two_people_take_a_release_from_asking_to_publishing(year: int) -> None:
    analyst, officer = national("national_analyst"), national("release_officer")
    pk, status = said("prepare", f"{year}-Q1", "--tier", "B", "--as", analyst.username).split()
    assert status == "prepared"
    assert json.loads(said("gate", pk, "--as", officer.username))["passed"] is True
    with pytest.raises(CommandError, match="may not"):
        said("publish", pk, "--as", analyst.username)
    row = Release.objects.get(pk=pk)
    assert f"sha256 {row.sha256}" in said("publish", pk, "--as", officer.username)
    number = Release.objects.get(pk=pk).number
    assert "byte for byte" in said("reproduce", number)


def test_what_the_gate_refuses_ends_with_status_one(admin: psycopg.Connection, year: int) -> None:
    town, analyst = Town(), national("national_analyst")
    quarter = f"{free_year()}-Q1"
    write(admin, [fact("case_quarter", quarter, "helped", team=town.team) for _ in range(20)])
    lock(town.team, quarter)
    with pytest.raises(CommandError, match="refused"):
        said("prepare", quarter, "--tier", "B", "--as", analyst.username)


def test_a_release_that_cannot_be_made_again_ends_with_status_one(
    admin: psycopg.Connection, year: int
) -> None:
    row = released(f"{year}-Q1")
    admin.execute("SET session_replication_role = replica")
    changed = {**row.document, "notes": [{"table": "people", "note": "forged"}]}
    admin.execute("UPDATE statistics_release SET document = %s WHERE id = %s", [json.dumps(changed), row.pk])
    with pytest.raises(CommandError, match="sha256, document"):
        said("reproduce", row.number)


def test_what_cannot_be_done_is_said_in_a_line(year: int) -> None:
    analyst = national("national_analyst").username
    for words, match in (
        (("prepare", "soon", "--tier", "B", "--as", analyst), "unknown_period"),
        (("prepare", f"{year}-Q1", "--tier", "C", "--as", analyst), "not_yearly"),
        (("prepare", "2199-Q1", "--tier", "B", "--as", analyst), "period_not_over"),
        (("prepare", f"{year}-Q1", "--tier", "B", "--as", "nobody-of-that-name"), "no such account"),
        (("prepare", f"{year}-Q1", "--tier", "B", "--as", Town().coordinator.username), "may not"),
        (("publish", uuid4(), "--as", national("release_officer").username), "no such release"),
        (("gate", uuid4(), "--as", analyst), "no such release"),
        (("reproduce", 999_999), "no release"),
        (("gate", "x", "--as", analyst), "invalid UUID"),
        (("prepare", f"{year}-Q1", "--tier", "A", "--as", analyst), "invalid choice"),
    ):
        with pytest.raises(CommandError, match=match):
            said(*words)


def test_the_worker_builds_what_waits_as_an_account_of_its_own(year: int) -> None:
    (job,) = (one for one in JOBS if one.name == asker.RELEASES)
    assert job.actor == RELEASES
    assert asker.ACCOUNTS[job.account] == asker.RELEASES
    row = preparing.prepare(actor(national("national_analyst")), period=f"{year}-Q2", tier="B")
    assert job.run(job.actor) >= 1
    assert Release.objects.get(pk=row.pk).status == "prepared"


def test_a_year_holds_the_lowest_tdi_cells_masked(admin: psycopg.Connection, year: int) -> None:
    table = next(iter(TABLES))
    many, few = (
        {"table_code": table, "row_code": "1", "column_code": "1"},
        {"table_code": table, "row_code": "2", "column_code": "1"},
    )
    tdi = [fact("tdi", f"{year}-Q2", "new", **many) for _ in range(40)]
    tdi += [fact("tdi", f"{year}-Q3", "new", **few) for _ in range(2)]
    write(admin, tdi)
    quarter, whole = built(f"{year}-Q2").document, released(str(year)).document
    assert "tdi" not in quarter
    (cell,) = whole["tdi"]["cells"]
    assert (cell["table"], cell["row"], cell["column"]) == (table, "1", "1")
    assert 37 <= cell["n"] <= 43
    assert whole["tdi"]["mask"] == "0-4"
