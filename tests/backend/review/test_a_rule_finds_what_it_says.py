"""Each rule in plain SQL, asked about a log: what it finds, and what it passes by."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from audit.recorder import record_denied
from backend import asker
from backend.review.candidates import find, seed
from backend.review.choosing import Candidate
from backend.review.rules import rule
from permissions.actor import Actor
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import opened
from tests.backend.review.items import clock, noted, weekday
from tests.databases import Clones
from tests.world import Town, ago

pytestmark = pytest.mark.database
NIGHT, NOON = weekday(23), weekday(12)
MONTH = timezone.now().date().replace(day=1)


@pytest.fixture
def town() -> Town:
    return Town()


def found(town: Town, name: str, **more: Any) -> list[Candidate]:
    given: dict[str, Any] = {"since": ago(days=31), "month": MONTH, "leads": [town.lead.id]} | more
    with transaction.atomic(), asker.working_as(asker.REVIEWS):
        return find([rule(name)], team_id=town.team.id, **given)


def test_reading_at_night_is_one_item_for_the_night(town: Town) -> None:
    for _ in range(3):
        noted(town, town.nurse, at=NIGHT)
    noted(town, town.nurse, at=NIGHT + timedelta(hours=3))
    noted(town, town.nurse, at=NOON)
    noted(town, town.outreach, "case.listed", at=NIGHT)
    [one] = found(town, "foreign_hours")
    assert (one.person, one.weight, one.risk, one.verb) == (town.nurse.id, 4, 60, "case.read")


def test_a_weekend_is_foreign_at_noon_too_and_a_reveal_stands_for_the_day(town: Town) -> None:
    saturday = NOON + timedelta(days=3)
    noted(town, town.nurse, at=saturday)
    noted(town, town.nurse, "case.revealed", at=saturday + timedelta(minutes=1))
    [one] = found(town, "foreign_hours")
    assert one.verb == "case.revealed"


@pytest.mark.parametrize(("cases", "items"), [(19, 0), (20, 1)])
def test_twenty_cases_in_an_hour_are_many(town: Town, cases: int, items: int) -> None:
    for _ in range(cases):
        noted(town, town.nurse, at=NOON)
    for _ in range(30):
        noted(town, town.outreach, at=NOON, object_id=town.team.id)
    assert [one.weight for one in found(town, "bulk_reads")] == [20] * items


def test_five_refusals_in_a_row_are_found_and_four_around_a_success_are_not(town: Town) -> None:
    for user, refused in ((town.nurse, 5), (town.outreach, 4)):
        for _ in range(refused):
            record_denied(
                Actor(id=user.id),
                "case.edit",
                team=town.team.id,
                kind="case",
                object_id=str(uuid4()),
                code="x",
            )
        noted(town, user, at=timezone.now())
        record_denied(Actor(id=user.id), "case.edit", team=town.team.id, kind="case", object_id="", code="x")
    [one] = found(town, "denied_in_a_row")
    assert (one.person, one.weight, one.case) == (town.nurse.id, 5, None)


def test_who_coordinates_is_asked_about_a_case_on_which_the_own_house_has_no_side() -> None:
    loop = opened(Town())
    town, foreign = loop.town, opened(Town())
    assert town.clinic.id != loop.case.holder_organisation_id
    chair = town.worker("coordinator", town.clinic)
    for user in (town.coordinator, chair):
        noted(town, user, at=NOON, object_id=loop.case.id, purpose="coordination")
    noted(town, chair, at=NOON, object_id=loop.case.id, purpose="holding_case")
    noted(town, chair, at=NOON, object_id=foreign.case.id, purpose="coordination")
    by_case = {one.case: one.person for one in found(town, "no_own_side")}
    assert by_case == {loop.case.id: chair.id, None: chair.id}
    loop.accepted()
    assert [one.case for one in found(town, "no_own_side")] == [None]


def test_a_look_is_found_with_its_case_and_a_request_that_waits_is_not() -> None:
    loop = opened(Town())
    row = look(loop.town.outreach, loop.case)
    [one] = found(loop.town, "break_glass")
    assert (one.bundle, one.case, one.person) == (str(row.pk), loop.case.id, loop.town.outreach.id)


def test_a_lead_s_day_is_one_item_and_an_export_is_one_each(town: Town) -> None:
    for _ in range(3):
        noted(town, town.lead, "audit.listed", at=NOON)
    for _ in range(2):
        noted(town, town.officer, "audit.exported", at=NOON)
    assert [(one.person, one.weight) for one in found(town, "lead_acts")] == [(town.lead.id, 3)]
    assert len(found(town, "exports")) == 2
    assert found(town, "lead_acts", leads=[]) == []


def test_another_town_s_log_and_what_is_too_old_are_passed_by(town: Town) -> None:
    other = Town()
    noted(other, other.nurse, at=NIGHT)
    noted(town, town.nurse, at=weekday(23, weeks=6))
    assert found(town, "foreign_hours") == found(town, "sample") == []


def test_the_lot_is_the_same_for_a_key_a_team_and_a_month(town: Town) -> None:
    with clock(NOON):
        for _ in range(12):
            noted(town, town.nurse, at=NOON)
    first, again = (sorted(found(town, "sample"), key=lambda one: one.pressing) for _ in range(2))
    assert [one.entry_id for one in first] == [one.entry_id for one in again]
    later = sorted(found(town, "sample", month=MONTH.replace(year=2020)), key=lambda one: one.pressing)
    assert {one.entry_id for one in later} == {one.entry_id for one in first}
    assert [one.entry_id for one in later] != [one.entry_id for one in first]


def test_the_seed_hangs_on_the_key(town: Town, settings: Any) -> None:
    before = seed(team_id=town.team.id, month=MONTH)
    settings.SPONA_AUDIT_KEY = b"b" * 32
    assert seed(team_id=town.team.id, month=MONTH) != before
    assert len(before) == 32


def test_without_the_job_nobody_is_asked_about(town: Town) -> None:
    noted(town, town.nurse, at=NIGHT)
    with transaction.atomic(), asker.asked_by(town.nurse.id):
        assert (
            find([rule("foreign_hours")], team_id=town.team.id, since=ago(days=31), month=MONTH, leads=[])
            == []
        )


def test_an_entry_made_by_hand_stops_no_rule(town: Town, admin: psycopg.Connection[Any]) -> None:
    noted(town, town.nurse, at=NIGHT)
    for verb, body in (
        ("breakglass.requested", b"\xff{"),
        ("case.read", b" "),
        ("breakglass.confirmed", b"[]"),
    ):
        admin.execute(
            "INSERT INTO audit_entry (id, log, at, actor_id, actor_kind, verb, object_kind, object_id, outcome, code,"
            " request_id, body, mac)"
            " VALUES (%s, %s, %s, %s, 'user', %s, 'breakglass', %s, 'success', '', '', %s, sha256(''))",
            [uuid4(), town.team.id, NIGHT, town.nurse.id, verb, "x" * 300, body],
        )
    assert found(town, "break_glass") == found(town, "no_own_side") == []
    assert [one.weight for one in found(town, "foreign_hours")] == [2]


def test_what_a_database_administrator_changed_is_one_item_a_day(database: Clones) -> None:
    loop = opened(Town())
    with psycopg.connect(database.main.superuser_url, autocommit=True) as superuser:
        for urgency in ("urgent", "stat"):
            superuser.execute("UPDATE cases_case SET urgency = %s WHERE id = %s", (urgency, loop.case.pk))
        superuser.execute(
            "INSERT INTO audit_entry (id, log, at, actor_kind, verb, object_kind, object_id, outcome, code, request_id,"
            " body, mac) VALUES (gen_random_uuid(), %s, now(), 'x', 'database.changed', '', '', 'success', '', '',"
            " 'no json', decode(repeat('00', 32), 'hex'))",
            (loop.town.team.pk,),
        )
    [one] = found(loop.town, "database_changed")
    assert (one.person, one.weight, one.verb, one.case) == (None, 3, "database.changed", loop.case.pk)
