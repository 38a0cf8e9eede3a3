"""A membership ends by the clock, and nobody calls: the worker's next round gives the case to a colleague."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from backend.cases.assignment import assign
from backend.cases.departures import release_departed
from backend.cases.models import Case, Notification
from backend.cases.opening import FactsInput, open_case
from backend.teams.models import Membership
from backend.work import rounds
from backend.work.management.commands import work as command
from backend.work.schedule import JOBS, Job
from permissions.actor import Actor
from tests.backend.cases.papers import full
from tests.world import Town, actor, ago, saved

pytestmark = pytest.mark.database
NAME = "departures"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def departures(monkeypatch: pytest.MonkeyPatch) -> Job:
    """The schedule's own job, alone: the other jobs are not ours to run here."""
    (job,) = (one for one in JOBS if one.name == NAME)
    for module in (rounds, command):
        monkeypatch.setattr(module, "JOBS", (job,))
    return job


def held(town: Town) -> Case:
    """Return a case that the society's worker holds."""
    consent = full(town.society, town.centre)
    case = open_case(
        actor(town.outreach), team=town.team, organisation=town.society, consent=consent, facts=FactsInput()
    )
    assign(actor(town.coordinator), case, user_id=town.outreach.id)
    return case


def holder(case: Case) -> object:
    return Case.objects.get(pk=case.pk).assigned_to


def work_once() -> str:
    out = io.StringIO()
    call_command("work", "--once", stdout=out)
    return out.getvalue()


def test_the_schedule_holds_the_job_every_five_minutes_as_an_account_of_its_own(departures: Job) -> None:
    assert departures.run is release_departed
    assert departures.every == timedelta(minutes=5)
    assert departures.actor == Actor(id=departures.account, kind="system")
    assert [one.name for one in JOBS if one.account == departures.account] == [NAME]


@pytest.mark.usefixtures("departures")
def test_a_holder_whose_membership_lapsed_is_replaced_by_the_next_round(town: Town) -> None:
    case, colleague = held(town), town.worker("member", town.society)
    row = Membership.objects.get(user=town.outreach)
    row.valid_until = ago(seconds=1)
    saved(row)
    assert holder(case) == town.outreach.id
    assert work_once().startswith(f"{NAME}: ")
    assert holder(case) == colleague.id
    told = Notification.objects.filter(object_id=case.id, kind="case.holder_replaced")
    assert told.count() == 1
    work_once()
    assert told.count() == 1


@pytest.mark.usefixtures("departures")
def test_a_holder_whose_account_is_switched_off_is_replaced_too(town: Town) -> None:
    case = held(town)
    town.outreach.is_active = False
    saved(town.outreach)
    work_once()
    assert holder(case) is None


@pytest.mark.usefixtures("departures")
def test_who_still_works_there_keeps_the_case(town: Town) -> None:
    case = held(town)
    work_once()
    assert holder(case) == town.outreach.id
