"""The main job: refer, accept, start, complete, acknowledge; and what each step leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.cases.models import Disclosure, Notification
from backend.errors import Conflict, Invalid
from backend.reference.working_days import due_at
from backend.referrals import acknowledging, answering, ending, progress
from backend.referrals.models import Referral
from tests.backend.referrals.loops import NEED, Loop, events_of, grant_of, reasons_of
from tests.world import ago, ahead, saved


def fresh(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def test_the_loop_closes(loop: Loop) -> None:
    referral = loop.refer()
    answering.accept(loop.clinic, referral)
    progress.start(loop.clinic, referral)
    ending.complete(loop.clinic, referral, outcome_code="service-started")
    acknowledging.acknowledge(loop.centre, referral)
    assert events_of(referral) == [
        ("send", "requester", "requested"),
        ("accept", "target", "accepted"),
        ("start", "target", "in-progress"),
        ("complete", "target", "completed"),
        ("acknowledge", "requester", "completed"),
    ]
    assert fresh(referral).acknowledged_at is not None
    assert reasons_of(loop.case) == {"opened", "holds"}


def test_the_code_is_that_of_the_case_with_a_number(loop: Loop) -> None:
    first, second = loop.refer(), loop.refer(loop.town.ward, need_id=loop.needs()["housing"][0])
    assert (first.code, second.code) == (f"{loop.case.code}-R01", f"{loop.case.code}-R02")


def test_the_time_of_the_first_contact_follows_the_urgency(loop: Loop) -> None:
    referral = loop.refer(urgency="urgent")
    assert referral.sent_at is not None
    assert referral.due_at == due_at(referral.sent_at, "urgent")


def test_accepting_keeps_the_time_or_names_another(loop: Loop) -> None:
    referral = loop.refer()
    due = referral.due_at
    assert answering.accept(loop.clinic, referral).due_at == due
    other = loop.refer(loop.town.clinic, need_id=loop.needs()["housing"][0])
    assert answering.accept(loop.clinic, other, first_contact_due=ahead(days=2)).due_at != due


def test_a_time_that_is_over_begins_anew_with_the_answer(loop: Loop) -> None:
    referral = loop.refer(urgency="urgent")
    referral.due_at = ago(hours=1)
    saved(referral)
    accepted = answering.accept(loop.clinic, referral)
    assert accepted.due_at is not None
    assert accepted.due_at > timezone.now() + timedelta(hours=23)


def test_a_promise_in_the_past_is_refused_and_nothing_changes(loop: Loop) -> None:
    referral = loop.refer()
    with pytest.raises(Invalid) as refused:
        answering.accept(loop.clinic, referral, first_contact_due=ago(hours=1))
    assert [fault.pointer for fault in refused.value.faults] == ["/first_contact_due"]
    assert fresh(referral).status == "requested"


def test_accepting_says_that_somebody_works_on_the_need(loop: Loop) -> None:
    referral = loop.refer()
    assert loop.needs()[NEED][1] == "open"
    answering.accept(loop.clinic, referral)
    assert loop.needs()[NEED][1] == "being_met"
    assert loop.needs()["housing"][1] == "open"


def test_calling_it_off_leaves_the_need_open_again(loop: Loop) -> None:
    referral = loop.accepted()
    ending.cancel(loop.centre, referral, reason_code="client-declined")
    assert loop.needs()[NEED][1] == "open"


def test_each_side_can_call_it_off_and_the_other_one_hears_of_it(loop: Loop) -> None:
    ending.cancel(loop.clinic, referral := loop.accepted(), reason_code="client-not-reached")
    told = Notification.objects.filter(object_id=referral.id, kind="referral.cancelled")
    assert list(told.values_list("organisation_id", flat=True)) == [loop.town.centre.id]


def test_every_step_of_one_side_is_told_to_the_other_by_ids_only(loop: Loop) -> None:
    referral = loop.completed()
    told = Notification.objects.filter(object_id=referral.id).order_by("at")
    assert list(told.values_list("kind", "organisation_id")) == [
        ("referral.sent", loop.town.clinic.id),
        ("referral.accepted", loop.town.centre.id),
        ("referral.started", loop.town.centre.id),
        ("referral.completed", loop.town.centre.id),
    ]


def test_what_was_disclosed_is_listed_at_the_preview_and_at_the_acceptance(loop: Loop) -> None:
    referral = loop.accepted()
    rows = Disclosure.objects.filter(referral_id=referral.id).order_by("at")
    preview, accepted = rows
    assert preview.data_classes == ["basic_profile", "needs"]
    assert accepted.data_classes == referral.data_classes
    assert {row.organisation_id for row in rows} == {loop.town.clinic.id}
    assert {row.consent_id for row in rows} == {loop.consent.id}


def test_the_recipients_grant_begins_with_its_yes_and_ends_with_the_consent(loop: Loop) -> None:
    referral = loop.refer()
    assert grant_of(referral, "referral_received") is None
    answering.accept(loop.clinic, referral)
    grant = grant_of(referral, "referral_received")
    assert grant is not None
    assert grant.until == loop.consent.valid_until


@pytest.mark.parametrize("end", ["reject", "fail", "cancel"])
def test_every_ending_takes_the_recipients_grant(loop: Loop, end: str) -> None:
    if end == "reject":
        referral = loop.rejected()
    else:
        referral = loop.started()
        step = ending.fail if end == "fail" else ending.cancel
        step(loop.clinic, referral, reason_code="client-declined")
    assert grant_of(referral, "referral_received") is None
    assert (grant_of(referral, "referral_sent") is None) == (end == "cancel")


def test_completed_stays_open_to_the_recipient_until_it_is_acknowledged(loop: Loop) -> None:
    referral = loop.completed()
    assert grant_of(referral, "referral_received") is not None
    acknowledging.acknowledge(loop.centre, referral)
    assert grant_of(referral, "referral_received") is None


def test_a_second_answer_is_refused_with_what_is_legal_now(loop: Loop) -> None:
    referral = loop.accepted()
    with pytest.raises(Conflict) as refused:
        answering.accept(loop.clinic, referral)
    assert refused.value.code == "illegal_transition"
    assert refused.value.legal == ("ask", "cancel", "complete", "fail", "hold", "progress", "start")


def test_help_without_a_first_contact_is_refused(loop: Loop) -> None:
    referral = loop.accepted()
    with pytest.raises(Invalid) as refused:
        ending.complete(loop.clinic, referral, outcome_code="service-completed")
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/first_contact_at", "required")
    ]
    done = ending.complete(
        loop.clinic, referral, outcome_code="service-completed", first_contact_at=timezone.now()
    )
    assert done.status == "completed"


def test_referring_on_names_a_service_and_passes_nothing_on(loop: Loop) -> None:
    referral = loop.accepted()
    with pytest.raises(Invalid):
        ending.complete(loop.clinic, referral, outcome_code="referred-on")
    with pytest.raises(Invalid):
        ending.complete(loop.clinic, referral, outcome_code="referred-on", suggested_service_code="HR-DCR")
    ending.complete(loop.clinic, referral, outcome_code="referred-on", suggested_service_code="TX-DET")
    assert Referral.objects.filter(case=loop.case).count() == 1


@pytest.mark.parametrize(
    "reason", ["", "no-such", "consent-withdrawn", "agreement-lapsed", "detained", "DROP"]
)
def test_a_reason_that_does_not_fit_is_refused(loop: Loop, reason: str) -> None:
    referral = loop.refer()
    with pytest.raises(Invalid) as refused:
        answering.reject(loop.clinic, referral, reason_code=reason)
    assert refused.value.faults[0].pointer == "/reason_code"
    assert fresh(referral).status == "requested"


def test_a_pause_needs_a_reason_and_ends_with_it(loop: Loop) -> None:
    referral = loop.started()
    progress.hold(loop.clinic, referral, reason_code="hospitalised")
    assert referral.status == "on-hold"
    progress.resume(loop.clinic, referral)
    assert (fresh(referral).status, fresh(referral).reason_code) == ("in-progress", "")


def test_the_first_contact_is_set_once(loop: Loop) -> None:
    referral = loop.started()
    first = referral.first_contact_at
    progress.hold(loop.clinic, referral, reason_code="transport")
    progress.resume(loop.clinic, referral, first_contact_at=timezone.now())
    assert fresh(referral).first_contact_at == first


@pytest.mark.parametrize(
    ("moment", "code"), [(ahead(hours=1), "in_the_future"), (ago(days=9), "before_it_was_sent")]
)
def test_a_first_contact_lies_between_sending_and_now(loop: Loop, moment: object, code: str) -> None:
    referral = loop.accepted()
    with pytest.raises(Invalid) as refused:
        progress.start(loop.clinic, referral, first_contact_at=moment)  # type: ignore[arg-type]
    assert refused.value.faults[0].code == code


def test_a_finer_state_must_fit_the_status(loop: Loop) -> None:
    referral = loop.accepted()
    with pytest.raises(Invalid):
        progress.report_progress(loop.clinic, referral, business_status="engaged")
    with pytest.raises(Invalid):
        progress.report_progress(loop.clinic, referral)
    progress.report_progress(loop.clinic, referral, business_status="no-show")
    assert fresh(referral).business_status == "no-show"


def test_the_tick_that_somebody_phoned_changes_nothing_else(loop: Loop) -> None:
    referral = loop.refer(urgency="stat")
    due = referral.due_at
    progress.phoned(loop.centre, referral)
    assert fresh(referral).phoned_at is not None
    assert (fresh(referral).status, fresh(referral).due_at) == ("requested", due)
