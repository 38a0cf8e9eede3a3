"""Each class of retention.csv on the day it is due, and a day before, when nothing happens."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.utils import timezone

from backend.cases.models import Case, Consent, Disclosure, Notification, SafeguardingBasis
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.erasure import retention
from backend.erasure.models import Erasure
from backend.erasure.periods import Period, classes, parse, period
from backend.referrals import answering
from backend.referrals.closing import close_case
from backend.referrals.models import Referral
from backend.rights import requests
from backend.rights.models import RightsRequest
from backend.work.schedule import JOBS
from tests.backend.cases.papers import entries, overwrite
from tests.backend.erasure.steps import erased
from tests.backend.referrals.loops import Loop
from tests.world import ahead

Admin = psycopg.Connection[Any]
ANSWERS = {"done", "by_the_clock", "elsewhere", "reported", "kept", "not_held"}


def due(code: str, loop: Loop, now: datetime | None = None) -> list[str]:
    """Return the ids of one class that are due in the team."""
    found = next(one for one in retention.survey(now) if one.kept.code == code)
    return [pk for team, pk in found.found if team == loop.town.team.pk]


def recorded(loop: Loop) -> RightsRequest:
    said = {"kind": "access", "channel": "letter", "received_on": loop.case.opened_on}
    by = loop.coordinator
    return requests.record_request(by, loop.case, organisation_id=None, **said)


def closed(loop: Loop, admin: Admin, *, before: Period, days: int = 0) -> Case:
    close_case(loop.coordinator, loop.case, closure_reason="needs_met")
    day = before.before(timezone.now()).date() + timedelta(days=days)
    overwrite(admin, "cases_case", loop.case.pk, closed_on=day)
    return loop.case


def test_every_class_of_the_file_has_an_answer() -> None:
    found = {one.kept.code: one.how for one in retention.survey()}
    assert found.keys() == classes().keys()
    assert set(found.values()) <= ANSWERS
    assert {code for code, how in found.items() if how == "done"} == {
        "case_content", "case_plain_columns", "appointment", "consent_and_disclosures", "delivery_logs",
        "rights_requests",
    }  # fmt: skip


def test_a_case_is_erased_a_year_after_its_end(loop: Loop, admin: Admin) -> None:
    case = closed(loop, admin, before=period("case_content"))
    assert due("case_content", loop) == due("case_plain_columns", loop) == [str(case.pk)]
    retention.apply()
    row = Erasure.objects.get(case=case)
    assert (row.reason, row.requested_by, row.confirmed_by) == ("retention_due", None, None)
    assert row.destroyed_at is not None
    assert ("case.erased", "success") in entries(admin, case.pk)
    assert due("case_content", loop) == []


def test_a_day_before_nothing_happens(loop: Loop, admin: Admin) -> None:
    case = closed(loop, admin, before=period("case_content"), days=2)
    assert due("case_content", loop) == []
    retention.apply()
    assert not Erasure.objects.filter(case=case).exists()


def test_the_database_refuses_whoever_asks_too_early(loop: Loop, admin: Admin) -> None:
    case = closed(loop, admin, before=period("case_content"), days=2)
    with pytest.raises(Exception, match="no erasure of this case"):
        retention.erase_by_policy(retention.RETENTION, case, reason="retention_due")
    assert period("case_content") == Period(12)


def test_an_open_case_is_never_due(loop: Loop) -> None:
    assert due("case_content", loop, ahead(days=4000)) == []


def test_an_appointment_goes_after_seven_days(loop: Loop) -> None:
    referral = loop.refer()
    answering.accept(loop.clinic, referral, appointment=ahead(days=1))
    referral.refresh_from_db()
    assert due("appointment", loop, ahead(days=7)) == []
    assert due("appointment", loop, ahead(days=9)) == [str(referral.pk)]


def test_what_proves_lawfulness_goes_three_years_after_the_erasure(loop: Loop, admin: Admin) -> None:
    loop.started()
    row = erased(loop)
    assert due("consent_and_disclosures", loop) == []
    end = period("consent_and_disclosures").before(timezone.now())
    overwrite(admin, "erasure_erasure", row.pk, destroyed_at=end + timedelta(days=1))
    retention.apply()
    assert Consent.objects.filter(case=loop.case).exists()
    overwrite(admin, "erasure_erasure", row.pk, destroyed_at=end - timedelta(minutes=1))
    assert due("consent_and_disclosures", loop) == [str(loop.case.pk)]
    retention.apply()
    assert not Consent.objects.filter(case=loop.case).exists()
    assert not Disclosure.objects.filter(case=loop.case).exists()
    assert Referral.objects.filter(case=loop.case).exists()


def test_a_legal_exception_goes_with_its_history(loop: Loop, admin: Admin) -> None:
    terms = BasisTerms(basis="incapacity", recipient_id=loop.town.clinic.id)
    basis = record_basis(loop.coordinator, loop.case, terms=terms, organisation_id=loop.town.centre.id)
    row = erased(loop)
    end = period("consent_and_disclosures").before(timezone.now())
    overwrite(admin, "erasure_erasure", row.pk, destroyed_at=end - timedelta(minutes=1))
    assert SafeguardingBasis.history.filter(id=basis.pk).exists()
    retention.apply()
    assert not SafeguardingBasis.objects.filter(pk=basis.pk).exists()
    assert not SafeguardingBasis.history.filter(id=basis.pk).exists()


def test_a_request_of_the_person_goes_three_years_after_its_answer(loop: Loop, admin: Admin) -> None:
    old, young, open_still = (recorded(loop) for _ in range(3))
    end = period("rights_requests").before(timezone.now())
    for request, at in ((old, end - timedelta(minutes=1)), (young, end + timedelta(days=1))):
        requests.answer_request(loop.coordinator, request, answer="granted")
        overwrite(admin, "rights_rightsrequest", request.pk, answered_at=at)
    assert due("rights_requests", loop) == [str(old.pk)]
    retention.apply()
    left = {young.pk, open_still.pk}
    assert set(RightsRequest.objects.filter(case=loop.case).values_list("pk", flat=True)) == left
    assert set(RightsRequest.history.filter(case=loop.case).values_list("id", flat=True)) == left


def test_what_was_told_goes_after_ninety_days(loop: Loop, admin: Admin) -> None:
    loop.refer()
    told = list(Notification.objects.filter(team=loop.town.team).order_by("pk"))
    for one, days in zip(told, (89, 91), strict=False):
        overwrite(admin, "cases_notification", one.pk, at=timezone.now() - timedelta(days=days))
    assert due("delivery_logs", loop) == [str(told[1].pk)] if len(told) > 1 else []
    retention.apply()
    left = set(Notification.objects.filter(team=loop.town.team).values_list("pk", flat=True))
    assert left == {one.pk for one in told} - {told[1].pk}


def test_audit_entries_are_named_and_never_taken_out(loop: Loop, admin: Admin) -> None:
    before = admin.execute("SELECT count(*) FROM audit_entry WHERE log = %s", [loop.town.team.pk]).fetchone()
    assert before is not None
    assert len(due("audit_log", loop, ahead(days=366 * 5))) == before[0]
    assert due("audit_log", loop, ahead(days=365 * 4)) == []
    assert dict(retention.RULES)["audit_log"].end is None


def test_a_dry_run_changes_nothing(loop: Loop, admin: Admin) -> None:
    case = closed(loop, admin, before=period("case_content"))
    said = StringIO()
    call_command("retention", "--dry-run", "--ids", stdout=said)
    assert "case_content: " in said.getvalue()
    assert f"  {loop.town.team.slug}: 1" in said.getvalue()
    assert str(case.pk) in said.getvalue()
    assert not Erasure.objects.filter(case=case).exists()


def test_the_worker_does_it_once_a_day() -> None:
    job = next(one for one in JOBS if one.name == "retention")
    assert (job.every, job.run) == (timedelta(days=1), retention.apply)


@pytest.mark.parametrize(
    ("text", "moment", "before"),
    [
        ("P12M", datetime(2026, 2, 28, tzinfo=UTC), datetime(2025, 2, 28, tzinfo=UTC)),
        ("P3Y", datetime(2028, 2, 29, tzinfo=UTC), datetime(2025, 2, 28, tzinfo=UTC)),
        ("P7D", datetime(2026, 1, 3, tzinfo=UTC), datetime(2025, 12, 27, tzinfo=UTC)),
        ("PT72H", datetime(2026, 1, 3, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC)),
    ],
    ids=["months", "leap", "days", "hours"],
)
def test_a_period_is_reckoned_by_the_calendar(text: str, moment: datetime, before: datetime) -> None:
    found = parse(text)
    assert found is not None
    assert found.before(moment) == before
    assert found.after(before) in {moment, moment.replace(day=28)}


@pytest.mark.parametrize("text", ["", "P", "PT", "7D", "P1W", "P-1D", "P1.5D", "soon"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) + "$"):
        parse(text)


def test_what_has_no_end_has_no_period() -> None:
    assert parse("permanent") is None
    assert parse("not_held") is None
    with pytest.raises(ValueError, match="erasure_ledger"):
        period("erasure_ledger")
