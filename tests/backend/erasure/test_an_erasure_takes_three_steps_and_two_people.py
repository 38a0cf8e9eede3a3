"""Asked for, confirmed by another, executed by somebody who did not confirm: and every way in which that fails."""

from typing import Any

import psycopg
import pytest

from backend.cases.steps import reopen
from backend.erasure import asking, executing
from backend.erasure.models import NO_LONGER_NEEDED, RIGHTS_REQUEST, Erasure
from backend.errors import Conflict, Gone, Invalid
from backend.referrals.closing import close_case
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.papers import entries, overwrite
from tests.backend.erasure.steps import confirmed, erased, requested
from tests.backend.referrals.loops import Loop
from tests.world import Town, actor, ago, national

Admin = psycopg.Connection[Any]


def refused(call: Any) -> str:
    with pytest.raises(Conflict) as found:
        call()
    return str(found.value.code)


def test_asked_confirmed_executed(loop: Loop, admin: Admin) -> None:
    row = erased(loop)
    town = loop.town
    assert (row.requested_by, row.confirmed_by, row.executed_by) == (
        town.social_worker.id, town.lead.id, town.coordinator.id,
    )  # fmt: skip
    assert row.executed_at is not None
    assert row.destroyed_at is not None
    assert [verb for verb, _ in entries(admin, row.pk)] == [
        "erasure.requested", "erasure.confirmed", "case.key_destroyed",
    ]  # fmt: skip
    assert ("case.erased", "success") in entries(admin, loop.case.pk)


def test_who_asked_may_execute_and_never_confirm(loop: Loop) -> None:
    row = asking.request(loop.coordinator, loop.case, reason=RIGHTS_REQUEST)
    with pytest.raises(Forbidden):
        asking.confirm(loop.coordinator, row)
    asking.confirm(actor(loop.town.officer), row)
    executing.execute(loop.coordinator, row)
    row.refresh_from_db()
    assert row.executed_by == row.requested_by


def test_an_officer_confirms_nothing_that_they_asked_for(loop: Loop) -> None:
    row = asking.request(actor(loop.town.officer), loop.case, reason=RIGHTS_REQUEST)
    with pytest.raises(Forbidden):
        asking.confirm(actor(loop.town.officer), row)
    asking.confirm(actor(loop.town.lead), row)


def test_who_confirmed_never_executes(loop: Loop, admin: Admin) -> None:
    row = confirmed(loop)
    overwrite(admin, "erasure_erasure", row.pk, confirmed_by=loop.town.coordinator.id)
    with pytest.raises(Forbidden):
        executing.execute(loop.coordinator, row)


def test_nothing_is_executed_before_it_is_confirmed(loop: Loop) -> None:
    row = requested(loop)
    assert refused(lambda: executing.execute(loop.coordinator, row)) == "not_confirmed"


@pytest.mark.parametrize("who", ["nurse", "social_worker", "lead", "officer"])
def test_only_who_coordinates_or_keeps_the_keys_executes(loop: Loop, who: str) -> None:
    row = confirmed(loop)
    with pytest.raises((Forbidden, NotFound)):
        executing.execute(actor(getattr(loop.town, who)), row)


@pytest.mark.parametrize("who", ["nurse", "social_worker", "coordinator"])
def test_only_lead_and_officer_confirm(loop: Loop, who: str) -> None:
    row = requested(loop)
    with pytest.raises((Forbidden, NotFound)):
        asking.confirm(actor(getattr(loop.town, who)), row)


def test_the_key_custodian_executes_and_sees_no_case(loop: Loop) -> None:
    custodian = actor(national("key_custodian"))
    row = confirmed(loop)
    assert row in asking.seen(custodian)
    executing.execute(custodian, row)
    row.refresh_from_db()
    assert row.executed_by == custodian.id


def test_a_worker_without_a_live_reason_finds_no_case_to_erase(loop: Loop) -> None:
    by_code = {"code": loop.case.code}
    for user in (loop.town.nurse, Town().coordinator, Town().officer, loop.town.lead):
        with pytest.raises(NotFound):
            asking.case_to_erase(actor(user), asking.Q(**by_code))
    for user in (loop.town.social_worker, loop.town.coordinator, loop.town.officer):
        assert asking.case_to_erase(actor(user), asking.Q(**by_code)).pk == loop.case.pk


def test_only_a_closed_case_is_erased_without_a_rights_request(loop: Loop) -> None:
    assert refused(lambda: requested(loop, reason=NO_LONGER_NEEDED)) == "rights_request_missing"
    close_case(loop.coordinator, loop.case, closure_reason="needs_met")
    row = confirmed(loop, reason=NO_LONGER_NEEDED)
    loop.agree(loop.town.clinic)
    reopen(loop.coordinator, loop.case)
    assert refused(lambda: executing.execute(loop.coordinator, row)) == "rights_request_missing"


def test_reasons_of_the_system_are_nobodys_to_give(loop: Loop) -> None:
    for reason in ("retention_due", "ledger_replay", "because"):
        with pytest.raises(Invalid):
            requested(loop, reason=reason)


def test_one_erasure_waits_at_a_time(loop: Loop) -> None:
    row = requested(loop)
    assert refused(lambda: requested(loop)) == "erasure_waiting"
    asking.decline(actor(loop.town.officer), row)
    requested(loop)


def test_what_was_declined_opens_nothing(loop: Loop) -> None:
    row = confirmed(loop)
    asking.decline(actor(loop.town.officer), row)
    assert refused(lambda: executing.execute(loop.coordinator, row)) == "declined"
    assert refused(lambda: asking.decline(actor(loop.town.lead), row)) == "declined"


def test_who_asked_takes_it_back_and_nobody_else_of_the_team(loop: Loop) -> None:
    row = requested(loop)
    with pytest.raises(Forbidden):
        asking.decline(loop.coordinator, row)
    asking.decline(loop.centre, row)
    assert refused(lambda: asking.confirm(actor(loop.town.lead), row)) == "declined"


def test_what_waits_lapses_after_fourteen_days(loop: Loop, admin: Admin) -> None:
    row = requested(loop)
    overwrite(admin, "erasure_erasure", row.pk, requested_at=ago(days=13, hours=23))
    asking.confirm(actor(loop.town.lead), row)
    overwrite(admin, "erasure_erasure", row.pk, confirmed_at=ago(days=14, minutes=1))
    assert refused(lambda: executing.execute(loop.coordinator, row)) == "lapsed"
    other = requested(loop)
    overwrite(admin, "erasure_erasure", other.pk, requested_at=ago(days=14, minutes=1))
    assert refused(lambda: asking.confirm(actor(loop.town.lead), other)) == "lapsed"


def test_a_second_execution_changes_nothing(loop: Loop) -> None:
    row = erased(loop)
    executing.execute(loop.coordinator, row)
    assert Erasure.objects.get(pk=row.pk).executed_at == row.executed_at


def test_an_erased_case_is_not_asked_for_again(loop: Loop) -> None:
    erased(loop)
    with pytest.raises(Gone):
        asking.request(loop.coordinator, loop.case, reason=RIGHTS_REQUEST)


def test_nothing_that_is_set_changes_by_hand(loop: Loop, admin: Admin) -> None:
    row = confirmed(loop)
    for change in ("confirmed_by = gen_random_uuid()", "reason = 'retention_due'", "confirmed_at = NULL"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            admin.execute(f"UPDATE erasure_erasure SET {change} WHERE id = %s", [row.pk])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute("DELETE FROM erasure_erasure WHERE id = %s", [row.pk])
