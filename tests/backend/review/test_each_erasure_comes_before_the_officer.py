"""Each erasure is an item of the officer's queue at once, once, with 72 hours; the lead gets none of them."""

from datetime import timedelta

import pytest

from backend.erasure import team_keys
from backend.review.models import OFFICER, ReviewItem
from backend.review.topping_up import add_looks, top_up
from backend.work.schedule import JOBS
from tests.backend.erasure.steps import confirmed, erased
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, actor, national

pytestmark = pytest.mark.database
JOB = next(one for one in JOBS if one.name == "reviews")


@pytest.fixture
def loop() -> Loop:
    return opened(Town())


def items(loop: Loop) -> list[ReviewItem]:
    add_looks(JOB.actor)
    return list(ReviewItem.objects.filter(team=loop.town.team, rule="erasures"))


def test_an_erasure_is_an_item_at_once(loop: Loop) -> None:
    row = erased(loop)
    (item,) = items(loop)
    assert (item.for_role, item.verb, item.case_id) == (OFFICER, "case.erased", loop.case.pk)
    assert item.person_id == row.executed_by
    assert item.due_at - item.at == timedelta(hours=72)


def test_it_is_asked_about_once(loop: Loop) -> None:
    erased(loop)
    top_up(JOB.actor)
    assert len(items(loop)) == len(items(loop)) == 1


def test_what_waits_is_no_item(loop: Loop) -> None:
    confirmed(loop)
    assert items(loop) == []


def test_a_kill_switch_is_one_too(loop: Loop) -> None:
    row = team_keys.ask(loop.coordinator, loop.town.team)
    assert items(loop) == []
    team_keys.execute(actor(national("key_custodian")), row)
    assert [one.verb for one in items(loop)] == ["key.team_destroyed"]
