"""`spona doctor access`: silent and 0 while both walls agree, a table by ids and 1 as soon as they do not."""

import io
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backend.cases.models import Case
from backend.referrals import walls
from backend.referrals.walls import Difference, differences, first_wall
from permissions import grants
from permissions.scope import reach_of, visible_to
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import Loop
from tests.world import Town, actor, by_hand, saved


def doctor(*words: str) -> tuple[int, list[str]]:
    """Return the exit status and what was said."""
    out = io.StringIO()
    try:
        call_command("doctor", *words, stdout=out)
    except CommandError as refused:
        return 1, [*out.getvalue().splitlines(), str(refused)]
    return 0, out.getvalue().splitlines()


def people(town: Town) -> list[Any]:
    return [
        town.coordinator, town.deputy, town.social_worker, town.nurse, town.outreach, town.partner_worker,
        town.lead, town.officer, Town().coordinator,
    ]  # fmt: skip


def test_wall_one_is_what_the_requests_see(loop: Loop) -> None:
    loop.accepted()
    look(loop.town.outreach, loop.case)
    for user in people(loop.town):
        for model in walls.COMPARED:
            rows = visible_to(actor(user), model._base_manager.all(), reach_of(model).view)
            assert first_wall(user.id, model) == frozenset(row.pk for row in rows)


def test_an_account_that_is_off_sees_nothing_through_wall_one(loop: Loop) -> None:
    assert first_wall(loop.town.social_worker.id, Case) == {loop.case.pk}
    user = loop.town.social_worker
    user.is_active = False
    saved(user)
    assert user.id in walls.users()
    assert first_wall(user.id, Case) == frozenset()


def test_walls_that_agree_have_no_differences(loop: Loop) -> None:
    loop.refer()
    assert list(differences([user.id for user in people(loop.town)], second=first_wall)) == []


@pytest.mark.parametrize("wall", ["one", "two"])
def test_a_row_that_only_one_wall_shows_is_named(loop: Loop, wall: str) -> None:
    referral, nurse = loop.refer(), loop.town.nurse

    def other(user_id: UUID, model: Any) -> frozenset[UUID]:
        seen = first_wall(user_id, model)
        planted = {referral.pk} if wall == "one" else {loop.case.pk}
        if user_id != nurse.id:
            return seen
        return seen - planted if wall == "one" else seen | (planted if model is Case else set())

    users = [nurse.id, loop.town.social_worker.id]
    [found] = differences(users, second=other)
    kind, pk = ("referral", referral.pk) if wall == "one" else ("case", loop.case.pk)
    assert found == Difference(nurse.id, kind, pk, wall)


def test_what_ends_between_the_two_questions_is_no_difference(loop: Loop) -> None:
    asked: list[UUID] = []

    def other(user_id: UUID, model: Any) -> frozenset[UUID]:
        asked.append(user_id)
        return first_wall(user_id, model) - ({loop.case.pk} if len(asked) == 1 else set())

    assert list(differences([loop.town.social_worker.id], among=[Case], second=other)) == []
    assert len(asked) == 2


def test_the_table_names_user_kind_and_id(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Difference(loop.town.nurse.id, "case", loop.case.pk, "two")
    monkeypatch.setattr(walls, "differences", lambda *_args, **_kwargs: iter([found]))
    monkeypatch.setattr(walls, "is_walled", lambda _model: True)
    status, said = doctor("access")
    assert status == 1
    head, line = said[-3:-1]
    assert head.split() == ["user", "kind", "id", "seen", "through"]
    assert line.split() == [str(loop.town.nurse.id), "case", str(loop.case.pk), "wall", "two", "only"]
    assert said[-1].endswith("Rows that only one wall shows: 1.")


def test_it_proves_agreement_by_its_exit_status(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, admin: psycopg.Connection[Any]
) -> None:
    monkeypatch.setattr(walls, "users", lambda: [user.id for user in people(loop.town)])
    monkeypatch.setattr(walls, "is_walled", lambda _model: True)
    monkeypatch.setattr("backend.upkeep.management.commands.doctor.orphans", lambda: iter(()))
    only = list(walls.differences(walls.users(), second=first_wall))
    monkeypatch.setattr(walls, "differences", lambda *_args, **_kwargs: iter(only))
    status, said = doctor("access")
    assert (status, said) == (0, ["Every grant has a live reason.", "Both walls say the same of 9 accounts."])
    newest = "SELECT body FROM audit_entry WHERE verb = 'walls.compared' ORDER BY at DESC LIMIT 1"
    row = admin.execute(newest).fetchone()
    assert row is not None
    assert b'"differences":0' in bytes(row[0])


def test_a_planted_grant_without_a_reason_is_found(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "users", list)
    group, source = grants.group_for(organisation_id=loop.town.partner.id, team_id=loop.town.team.id), uuid4()
    with by_hand():
        grants.give(
            loop.case, group=group, codename=grants.SEES_CASE, reason="referral_received", source_id=source
        )
    status, said = doctor("access")
    with by_hand():
        grants.take(loop.case, source_id=source)
    assert status == 1
    assert any(line.endswith(f"referral_received of {source}") for line in said)
    assert "Grants without a live reason" in said[-1]


def test_the_context_is_that_of_one_account_and_ends_with_the_question(loop: Loop) -> None:
    def setting() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(nullif(current_setting('spona.user_id', true), ''), 'nobody')")
            return str((cursor.fetchone() or ("",))[0])

    with walls.as_the_database_sees(loop.town.nurse.id):
        assert setting() == str(loop.town.nurse.id)
    assert setting() == "nobody"


@pytest.mark.parametrize("model", walls.COMPARED, ids=lambda model: model.__name__)
def test_a_table_without_wall_two_is_named(
    admin: psycopg.Connection[Any], model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = model._meta.db_table
    row = admin.execute(
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", (table,)
    ).fetchone()
    assert walls.is_walled(model) == (row == (True,))
    monkeypatch.setattr(walls, "is_walled", lambda asked: asked is not model)
    monkeypatch.setattr(walls, "users", list)
    status, said = doctor("access")
    assert status == 1
    assert f"table {table}: no forced row level security, so wall two says nothing here" in said
    assert "Tables without wall two: 1." in said[-1]
