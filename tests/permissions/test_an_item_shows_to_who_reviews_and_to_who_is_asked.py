"""The database alone, around what is reviewed: reviewers of the team but for their own acts, and whoever is asked."""

import psycopg
import pytest

from backend.review.models import OFFICER
from tests.backend.review.items import item
from tests.permissions.window import Window
from tests.world import Town, ago, national

TABLE, HISTORY = "review_reviewitem", "review_historicalreviewitem"


def test_lead_and_officer_see_it_and_nobody_else_does(shown: Window) -> None:
    town, other = Town(), Town()
    row = item(town, town.nurse)
    for user in (town.lead, town.officer):
        assert shown.seen_by(user.id, TABLE) == shown.seen_by(user.id, HISTORY) == {row.id}
    for user in (town.nurse, town.coordinator, town.outreach, other.lead, national("platform_admin")):
        assert shown.seen_by(user.id, TABLE) == shown.seen_by(user.id, HISTORY) == set()


def test_the_person_sees_it_once_asked_and_a_reviewer_s_own_act_not_before(shown: Window) -> None:
    town = Town()
    asked = item(town, town.nurse, asked_at=ago(hours=1), verdict="ask")
    of_lead = item(town, town.lead, for_role=OFFICER)
    assert shown.seen_by(town.nurse.id, TABLE) == {asked.id}
    assert shown.seen_by(town.lead.id, TABLE) == {asked.id}
    assert shown.seen_by(town.officer.id, TABLE) == {asked.id, of_lead.id}
    with shown.asked_by(town.lead.id):
        changed = shown.connection.execute(
            f"UPDATE {TABLE} SET verdict = 'expected' WHERE id = %s", [of_lead.id]
        )
        assert changed.rowcount == 0


def test_only_the_job_adds_items_and_nobody_takes_one_away(shown: Window) -> None:
    town = Town()
    row = item(town, town.nurse)
    copy = f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE id = %s"
    with shown.asked_by(town.lead.id), pytest.raises(psycopg.errors.InsufficientPrivilege):
        shown.connection.execute(copy, [row.id])
    for statement in (
        f"DELETE FROM {TABLE} WHERE id = %s",
        f"UPDATE {TABLE} SET person_id = id WHERE id = %s",
    ):
        with shown.asked_by(town.lead.id), pytest.raises(psycopg.errors.InsufficientPrivilege):
            shown.connection.execute(statement, [row.id])


def test_who_judged_their_own_act_is_refused_by_the_table_itself(shown: Window) -> None:
    town = Town()
    row = item(town, town.nurse, asked_at=ago(hours=1), verdict="ask")
    with shown.asked_by(town.nurse.id), pytest.raises(psycopg.errors.CheckViolation):
        shown.connection.execute(f"UPDATE {TABLE} SET judged_by = person_id WHERE id = %s", [row.id])
