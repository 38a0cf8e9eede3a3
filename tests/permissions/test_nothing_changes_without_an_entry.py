"""What changes an audited row without an entry in its transaction is refused at COMMIT, or written down there."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from audit.canonical import canonical
from audit.history import Acted
from audit.models import Entry
from audit.models import written as as_written
from audit.recorder import record
from backend.cases.models import Case, CaseGrant
from permissions import audited, grants
from tests.api.sample import make_box
from tests.databases import Clones
from tests.world import BUILDER, Town, by_hand

REFUSED = "SP001"
TABLES = tuple(audited.tables())


@pytest.fixture(scope="module")
def town(database: Clones) -> Town:
    return Town()


@pytest.fixture
def case(town: Town) -> Case:
    return make_box(town.team, town.centre)


@pytest.fixture
def superuser(database: Clones) -> Iterator[psycopg.Connection[Any]]:
    """As psql would come: not the tests' own administrator, who is let through."""
    with psycopg.connect(database.main.superuser_url, autocommit=True) as found:
        yield found


def urgency(case: Case) -> str:
    return Case.objects.get(pk=case.pk).urgency


def by_queryset(case: Case) -> None:
    models.QuerySet(Case).filter(pk=case.pk).update(urgency="stat")


def by_sql(case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET urgency = 'stat' WHERE id = %s", [case.pk])


@pytest.mark.parametrize("change", [by_queryset, by_sql])
def test_the_service_itself_is_refused(case: Case, change: Callable[[Case], None]) -> None:
    with pytest.raises(DatabaseError) as refused:
        change(case)
    assert refused.value.__cause__.sqlstate == REFUSED  # type: ignore[union-attr]
    assert urgency(case) == "routine"


@pytest.mark.parametrize("change", [by_queryset, by_sql])
def test_with_an_entry_it_is_taken(case: Case, change: Callable[[Case], None]) -> None:
    with by_hand():
        change(case)
    assert urgency(case) == "stat"


def test_the_entry_may_come_before_the_change_or_after(case: Case) -> None:
    for order in ((by_sql, _entry), (_entry, by_sql)):
        with transaction.atomic():
            for step in order:
                step(case)
    assert urgency(case) == "stat"


@transaction.atomic
def _with_an_entry_rolled_back(case: Case) -> None:
    by_sql(case)
    point = transaction.savepoint()
    _entry(case)
    transaction.savepoint_rollback(point)


def test_an_entry_that_was_rolled_back_counts_for_nothing(case: Case) -> None:
    with pytest.raises(DatabaseError):
        _with_an_entry_rolled_back(case)
    assert urgency(case) == "routine"


def test_the_entry_of_another_transaction_counts_for_nothing(case: Case) -> None:
    _entry(case)
    with pytest.raises(DatabaseError):
        by_sql(case)


def _entry(case: Case) -> None:
    record(BUILDER, "case.changed", team=case.team_id, kind="case", object_id=str(case.pk))


def test_psql_as_the_owner_is_refused(town: Town, superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("BEGIN")
    superuser.execute("SET LOCAL ROLE spona_owner")
    changed = "UPDATE teams_organisation SET name = 'by hand' WHERE id = %s"
    assert superuser.execute(changed, (town.centre.pk,)).rowcount == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        superuser.execute("COMMIT")


COPIED = """
    INSERT INTO cases_casegrant (group_id, permission_id, case_id, team_id, reason, source_id)
    SELECT group_id, permission_id, case_id, team_id, 'holds', source_id FROM cases_casegrant WHERE source_id = %s
"""
DELETED = "DELETE FROM cases_casegrant WHERE source_id = %s"
CHANGED = "UPDATE cases_casegrant SET until = now() WHERE source_id = %s"


@pytest.mark.parametrize("statement", [DELETED, COPIED, CHANGED], ids=["delete", "insert", "update"])
def test_a_superuser_who_walks_past_is_written_down(
    town: Town, case: Case, superuser: psycopg.Connection[Any], statement: str
) -> None:
    source = uuid4()
    group = grants.group_for(organisation_id=town.centre.id, team_id=town.team.id)
    with by_hand():
        grants.give(case, group=group, codename=grants.SEES_CASE, reason="opened", source_id=source)
    (row,) = CaseGrant.objects.filter(source_id=source).values_list("pk", flat=True)
    superuser.execute(statement, (source,))
    written = superuser.execute(
        "SELECT * FROM audit_entry WHERE log = %s AND verb = 'database.changed' AND object_kind = 'cases_casegrant'",
        (town.team.pk,),
    )
    names = [column.name for column in written.description or ()]
    found = [dict(zip(names, one, strict=True)) for one in written.fetchall()]
    (entry,) = [
        Entry(**{name: one[name] for name in (*Entry.SHOWN, "body", "mac")})
        for one in found
        if statement == COPIED or one["object_id"] == str(row)
    ][-1:]
    said = json.loads(entry.body)
    assert said["facts"] == {"operation": statement.split(maxsplit=1)[0].lower(), "role": superuser.info.user}
    assert (said["actor_kind"], said["actor_id"]) == ("database", None)
    assert canonical(said) == bytes(entry.body)
    assert all(said[name] == as_written(getattr(entry, name)) for name in Entry.SHOWN)
    assert not entry.is_genuine(settings.SPONA_AUDIT_KEY)


def test_a_restore_is_not_asked(town: Town, superuser: psycopg.Connection[Any]) -> None:
    """Only a superuser may say so, who could take the triggers off as well."""
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("UPDATE teams_organisation SET name = 'restored' WHERE id = %s", (town.centre.pk,))
    count = "SELECT count(*) FROM audit_entry WHERE verb = 'database.changed' AND object_id = %s"
    assert superuser.execute(count, (str(town.centre.pk),)).fetchone() == (0,)


@pytest.mark.parametrize("table", TABLES)
def test_no_audited_table_is_emptied_at_once(superuser: psycopg.Connection[Any], table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        superuser.execute(f"TRUNCATE {table} CASCADE")


def test_every_table_is_audited_or_has_its_reason() -> None:
    """Without a database: a new model is found before its migration is written."""
    there = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert there - set(TABLES) - set(audited.WITHOUT) == set()
    assert set(TABLES) & set(audited.WITHOUT) == set()


def test_every_model_that_keeps_a_history_is_audited_with_it() -> None:
    acted: list[Any] = [model for model in apps.get_models() if issubclass(model, Acted)]
    assert {model._meta.db_table for model in acted} == set(audited.WITH_HISTORY)
    assert {model.history.model._meta.db_table for model in acted} <= set(TABLES)


def test_the_database_has_a_trigger_on_each(superuser: psycopg.Connection[Any]) -> None:
    rows = superuser.execute(
        "SELECT tgrelid::regclass::text, tgname, tgdeferrable AND tginitdeferred FROM pg_trigger"
        " WHERE tgenabled IN ('O', 'A')"
    ).fetchall()
    deferred = {table for table, name, later in rows if name == audited.NEEDED and later}
    assert deferred == {table for table, name, _ in rows if name == audited.KEPT} == set(TABLES)
