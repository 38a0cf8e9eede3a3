"""A mis-tapped answer within a day, by its own side; an entry made in error, by two people once it has ended."""

import pytest

from backend.cases import notify
from backend.cases.models import Notification
from backend.errors import Conflict, Invalid, Stale
from backend.referrals import acknowledging, answering, correcting, ending, finding, reading
from backend.referrals.models import Referral
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound
from tests.backend.referrals.loops import NEED, Loop, events_of, grant_of, moved, reasons_of
from tests.world import Town, actor, ago


def test_a_refusal_is_taken_back_to_the_request(loop: Loop) -> None:
    referral = correcting.undo(loop.clinic, loop.rejected())
    assert (referral.status, referral.reason_code, referral.ended_at) == ("requested", "", None)
    assert answering.accept(loop.clinic, referral).status == "accepted"


def test_an_outcome_is_taken_back_to_the_work_and_the_first_contact_stays(loop: Loop) -> None:
    done = loop.completed()
    contact = done.first_contact_at
    undone = correcting.undo(loop.clinic, done)
    assert (undone.status, undone.outcome_code, undone.first_contact_at) == ("in-progress", "", contact)


def test_a_failure_taken_back_gives_the_content_back(loop: Loop) -> None:
    referral = ending.fail(loop.clinic, loop.started(), reason_code="client-not-reached")
    assert grant_of(referral, "referral_received") is None
    correcting.undo(loop.clinic, referral)
    assert grant_of(referral, "referral_received") is not None


def test_after_a_day_it_stays(loop: Loop) -> None:
    referral = moved(loop.rejected(), ended_at=ago(hours=24, minutes=1))
    with pytest.raises(Conflict):
        correcting.undo(loop.clinic, referral)


def test_after_the_acknowledgement_it_stays(loop: Loop) -> None:
    referral = loop.rejected()
    acknowledging.acknowledge(loop.centre, referral, answer="nothing_here")
    with pytest.raises(Conflict):
        correcting.undo(loop.clinic, referral)


@pytest.mark.parametrize("send", [True, False])
def test_once_another_was_begun_in_its_place_it_stays(loop: Loop, send: bool) -> None:
    first = loop.rejected()
    loop.refer(loop.town.society, replaces_id=first.id, send=send)
    with pytest.raises(Conflict) as refused:
        correcting.undo(loop.clinic, first)
    assert refused.value.code == "not_next_in_order"


def test_in_the_order_of_a_consent_for_one_need_only_one_try_is_under_way(loop: Loop) -> None:
    narrow = loop.agree(loop.town.clinic, loop.town.society, need_id=loop.need_id)
    first = loop.rejected(consent_id=narrow.id)
    second = loop.refer(loop.town.society, consent_id=narrow.id)
    answering.accept(actor(loop.town.outreach), second)
    with pytest.raises(Conflict) as refused:
        correcting.undo(loop.clinic, first)
    assert refused.value.code == "not_next_in_order"
    assert Referral.objects.get(pk=first.pk).status == "rejected"


def test_a_referral_for_another_need_or_a_cancelled_draft_stands_in_nobodys_way(loop: Loop) -> None:
    first = loop.rejected()
    loop.refer(loop.town.society, need_id=loop.needs()["housing"][0])
    draft = loop.refer(loop.town.society, replaces_id=first.id, send=False)
    ending.cancel(loop.centre, draft, reason_code="duplicate")
    assert correcting.undo(loop.clinic, first).status == "requested"


@pytest.mark.parametrize("status", ["draft", "requested", "accepted", "in-progress"])
def test_an_open_entry_made_in_error_is_marked_by_the_requester_alone(loop: Loop, status: str) -> None:
    make = {
        "draft": lambda: loop.refer(send=False),
        "requested": loop.refer,
        "accepted": loop.accepted,
        "in-progress": loop.started,
    }
    referral = correcting.correct(loop.centre, make[status](), reason_code="duplicate")
    assert referral.status == "entered-in-error"
    assert reasons_of(loop.case) == {"opened", "holds"}
    assert loop.needs()[NEED][1] == "open"
    with pytest.raises(NotFound):
        reading.read_again(loop.clinic, referral)


@pytest.mark.parametrize("reason", ["", "no-capacity", "nonsense"])
def test_it_needs_one_of_its_reasons(loop: Loop, reason: str) -> None:
    with pytest.raises(Invalid):
        correcting.correct(loop.centre, loop.refer(), reason_code=reason)
    with pytest.raises(Invalid):
        correcting.correct(loop.coordinator, loop.rejected(need_id=None), reason_code=reason)


def asked(loop: Loop) -> Referral:
    return correcting.correct(loop.coordinator, loop.rejected(), reason_code="duplicate")


def deputy(loop: Loop) -> Actor:
    return actor(loop.town.deputy)


def test_an_ended_one_is_asked_for_by_one_and_confirmed_by_another(loop: Loop) -> None:
    referral = asked(loop)
    assert referral.status == "rejected"
    confirmed = correcting.correct(deputy(loop), Referral.objects.get(pk=referral.pk))
    assert (confirmed.status, confirmed.reason_code) == ("entered-in-error", "duplicate")
    assert reasons_of(loop.case) == {"opened", "holds"}
    assert events_of(referral)[-2:] == [
        ("correct", "requester", "rejected"),
        ("correct", "requester", "entered-in-error"),
    ]


def test_the_one_who_asked_does_not_confirm(loop: Loop) -> None:
    referral = asked(loop)
    with pytest.raises(Conflict) as refused:
        correcting.correct(loop.coordinator, referral)
    assert refused.value.code == "second_person_missing"
    assert Referral.objects.get(pk=referral.pk).status == "rejected"


def test_a_member_neither_asks_nor_confirms(loop: Loop) -> None:
    referral = loop.rejected()
    with pytest.raises(Forbidden):
        correcting.correct(loop.centre, referral, reason_code="duplicate")
    correcting.correct(loop.coordinator, referral, reason_code="duplicate")
    with pytest.raises(Forbidden):
        correcting.correct(loop.centre, referral)


def test_the_second_person_finds_the_one_object_and_sees_plain_columns_only(loop: Loop) -> None:
    second = actor(loop.town.worker("deputy_coordinator", loop.town.society))
    quiet = loop.rejected()
    assert not finding.findable(second).filter(pk=quiet.pk).exists()
    correcting.correct(loop.coordinator, quiet, reason_code="duplicate")
    assert finding.findable(second).filter(pk=quiet.pk).exists()
    seen = reading.read_again(second, quiet)
    assert (seen.access, seen.allowed_actions) == ("plain", ("correct",))
    assert (seen.facts.need, seen.events, seen.questions) == (None, (), ())


def test_whoever_may_confirm_is_told_when_it_is_asked_for(loop: Loop) -> None:
    referral = asked(loop)
    rows = Notification.objects.filter(object_id=referral.pk, kind="referral.correction_asked")
    assert set(rows.values_list("audience", "object_kind")) == {
        ("coordinator", "referral"),
        ("deputy_coordinator", "referral"),
    }
    told = notify.seen(deputy(loop), rows).get()
    assert finding.findable(deputy(loop)).filter(pk=told.object_id).exists()
    for one in (loop.centre, loop.clinic, actor(loop.town.lead), actor(Town().deputy)):
        assert not notify.seen(one, rows).exists()
    correcting.correct(deputy(loop), Referral.objects.get(pk=referral.pk))
    assert rows.count() == 2, "who confirms asks nobody"


def test_a_deputy_of_another_team_is_not_asked(loop: Loop) -> None:
    referral = asked(loop)
    stranger = actor(Town().deputy)
    assert not finding.findable(stranger).filter(pk=referral.pk).exists()
    with pytest.raises(NotFound):
        correcting.correct(stranger, referral)


def test_a_version_that_is_not_the_newest_is_stale(loop: Loop) -> None:
    referral = asked(loop)
    with pytest.raises(Stale):
        correcting.correct(deputy(loop), referral, version=referral.version - 1)
