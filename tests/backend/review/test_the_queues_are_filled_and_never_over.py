"""What the jobs put into the queues of lead and officer: each look, and of the rest as much as fits."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from backend.cases.break_glass import confirm
from backend.cases.break_glass_review import review
from backend.review.models import LEAD, OFFICER, ReviewItem
from backend.review.rules import BREAK_GLASS, SAMPLE, rule, rules
from backend.review.topping_up import LOOKS_BACK, add_looks, pick, top_up
from backend.work.schedule import JOBS
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import opened
from tests.backend.review.items import HERE, noted, weekday
from tests.world import Town, actor

pytestmark = pytest.mark.database
(LOOKS,) = (job for job in JOBS if job.run is add_looks)
(SAMPLES,) = (job for job in JOBS if job.run is top_up)


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town that the jobs take for the only one."""
    made = Town()
    monkeypatch.setattr("backend.review.topping_up._teams", lambda: [made.team.id])
    return made


def items(town: Town) -> list[ReviewItem]:
    return list(ReviewItem.objects.filter(team=town.team).order_by("created_at"))


def end_of_month(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let it be the last day of this month: all of its room is open."""
    today = timezone.now().astimezone(HERE)
    last = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    monkeypatch.setattr("backend.review.topping_up.timezone.now", lambda: last)
    return last


def test_five_hundred_risky_reads_fill_the_queue_and_no_more(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [town.worker("member", town.clinic) for _ in range(25)]
    for user in people:
        for _ in range(20):
            noted(town, user, at=weekday(23, weeks=2))
    end_of_month(monkeypatch)
    assert SAMPLES.run(SAMPLES.actor) == len(items(town))
    made = items(town)
    assert len(made) <= 20
    assert sum(one.minutes for one in made) <= 40
    assert Counter(one.rule for one in made)[SAMPLE] == 5
    assert Counter(one.for_role for one in made) == {LEAD: len(made)}
    assert SAMPLES.run(SAMPLES.actor) == 0


def test_on_the_first_day_a_week_s_share_is_given_out(town: Town) -> None:
    for hour in range(8, 18):
        noted(town, town.worker("member", town.clinic), "audit.exported", at=weekday(hour))
    first = timezone.now().astimezone(HERE).replace(day=1)
    chosen = [one for one in rules() if one.name == "exports"]
    assert len(pick(town.team.id, chosen, now=first, back=LOOKS_BACK)) <= 4


def test_a_look_is_the_officer_s_within_72_hours_and_comes_with_the_next_round(town: Town) -> None:
    case = opened(town).case
    row = look(town.outreach, case)
    assert LOOKS.run(LOOKS.actor) == 1
    [made] = items(town)
    assert (made.for_role, made.rule, made.bundle) == (OFFICER, BREAK_GLASS, str(row.pk))
    assert (made.person_id, made.case_id, made.verdict) == (town.outreach.id, case.id, None)
    assert abs(made.due_at - row.requested_at - timedelta(hours=72)) < timedelta(seconds=5)
    assert LOOKS.every <= timedelta(minutes=5)
    assert LOOKS.run(LOOKS.actor) == 0


def test_a_look_that_has_its_verdict_brings_it_along(town: Town) -> None:
    row = look(town.outreach, opened(town).case)
    review(actor(town.lead), row, verdict="expected")
    LOOKS.run(LOOKS.actor)
    [made] = items(town)
    assert (made.verdict, made.judged_by, made.judged_at) == ("expected", town.lead.id, row.reviewed_at)


def test_a_look_confirmed_by_a_lead_is_about_the_person_who_looked(town: Town) -> None:
    for _ in range(3):
        look(town.outreach, opened(town).case)
    confirm(actor(town.lead), look(town.outreach, opened(town).case))
    assert LOOKS.run(LOOKS.actor) == 4
    assert {one.person_id for one in items(town)} == {town.outreach.id}
    assert {one.verb for one in items(town)} == {"breakglass.requested", "breakglass.confirmed"}


def test_what_a_lead_did_is_never_in_the_lead_s_own_queue(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in (23, 12):
        noted(town, town.lead, "audit.listed", at=weekday(hour))
        noted(town, town.lead, "case.read", at=weekday(hour))
        noted(town, town.officer, "case.read", at=weekday(hour))
    end_of_month(monkeypatch)
    SAMPLES.run(SAMPLES.actor)
    queues = {(one.for_role, one.person_id) for one in items(town)}
    assert queues == {(OFFICER, town.lead.id), (LEAD, town.officer.id)}


def test_the_items_are_an_audited_act_with_history(town: Town, admin: psycopg.Connection[Any]) -> None:
    look(town.outreach, opened(town).case)
    LOOKS.run(LOOKS.actor)
    [made] = items(town)
    said = admin.execute(
        "SELECT actor_id FROM audit_entry WHERE verb = 'review.items_added' AND log = %s", [town.team.id]
    ).fetchall()
    assert said == [(LOOKS.account,)]
    assert made.history.count() == 1


def test_a_quiet_month_has_its_lot_and_an_empty_town_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SAMPLES.run(SAMPLES.actor) == 0
    for _ in range(9):
        noted(town, town.nurse, at=weekday(12))
    end_of_month(monkeypatch)
    SAMPLES.run(SAMPLES.actor)
    assert [one.rule for one in items(town)] == [SAMPLE] * 5


def test_a_look_that_the_worker_missed_comes_with_the_day_s_run(town: Town) -> None:
    look(town.outreach, opened(town).case)
    assert SAMPLES.run(SAMPLES.actor) >= 1
    assert BREAK_GLASS in {one.rule for one in items(town)}
    assert LOOKS.run(LOOKS.actor) == 0


def test_what_was_drawn_by_lot_hides_nothing_that_a_rule_finds_later(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = weekday(23)
    noted(town, town.nurse, at=night)
    end_of_month(monkeypatch)
    monkeypatch.setattr("backend.review.topping_up.rules", lambda: [rule(SAMPLE)])
    assert SAMPLES.run(SAMPLES.actor) == 1
    monkeypatch.setattr("backend.review.topping_up.rules", rules)
    assert SAMPLES.run(SAMPLES.actor) == 1
    first, second = items(town)
    assert {first.rule, second.rule} == {SAMPLE, "foreign_hours"}
    assert first.entry_id == second.entry_id


def test_a_look_that_a_lead_confirmed_is_an_item_beside_the_lead_s_day(town: Town) -> None:
    for _ in range(3):
        look(town.outreach, opened(town).case)
    confirm(actor(town.lead), look(town.outreach, opened(town).case))
    SAMPLES.run(SAMPLES.actor)
    rules_found = Counter(one.rule for one in items(town))
    assert (rules_found[BREAK_GLASS], rules_found["lead_acts"]) == (4, 1)
