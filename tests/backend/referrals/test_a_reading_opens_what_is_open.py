"""Opening a referral: preview, content, stub; what is confidential; and the entry that each opening leaves."""

import json
from typing import Any

import psycopg
import pytest

from backend.errors import Invalid
from backend.referrals import access, acknowledging, answering, ending, listing, reading, revealing
from backend.referrals.appointments import wipe_appointments
from backend.referrals.models import Referral
from backend.referrals.system import WIPES
from backend.teams.models import ActingSpell
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound
from tests.backend.referrals.loops import ITEMS, NEED, Loop, moved
from tests.world import actor, ago, ahead, saved

OF_HEALTH = ("basic_profile", "needs", "substance_use", "health")
WITH_NOTES = ("basic_profile", "needs", "substance_use", "narrative")


def test_a_request_shows_the_need_the_age_band_and_what_is_offered(loop: Loop) -> None:
    seen = reading.read_again(loop.clinic, loop.refer())
    assert seen.access == "preview"
    assert seen.facts.need is not None
    assert (seen.facts.need.code, seen.facts.age_band) == (NEED, ITEMS["age_band"])
    assert (seen.facts.items, seen.facts.needs, seen.facts.flags) == ({}, (), ())
    assert seen.referral.data_classes == sorted(loop.consent.data_classes)


def test_a_need_whose_own_class_is_not_offered_does_not_show(loop: Loop) -> None:
    referral = loop.refer(need_id=loop.needs()["housing"][0], data_classes=("basic_profile", "needs"))
    assert reading.read_again(loop.clinic, referral).facts.need is None


def test_accepted_it_opens_what_the_consent_covers(loop: Loop) -> None:
    seen = reading.read_again(loop.clinic, loop.accepted())
    assert seen.access == "full"
    assert seen.facts.items == ITEMS
    assert {need.code for need in seen.facts.needs} == {NEED, "housing"}
    assert set(seen.facts.data_classes) == set(loop.consent.data_classes)


def test_the_requester_sees_its_referral_and_after_the_loop_no_more_facts(loop: Loop) -> None:
    referral = loop.completed()
    assert reading.read_again(loop.centre, referral).facts.need is not None
    acknowledging.acknowledge(loop.centre, referral)
    seen = reading.read_again(loop.centre, referral)
    assert (seen.access, seen.facts.need) == ("full", None)


def test_an_ended_one_is_a_stub_and_then_nothing(loop: Loop) -> None:
    referral = loop.rejected()
    seen = reading.read_again(loop.clinic, referral)
    assert (seen.access, seen.facts.need, seen.events, seen.reason_code) == ("stub", None, (), "no-capacity")
    with pytest.raises(NotFound):
        reading.read_again(loop.clinic, moved(referral, ended_at=ago(days=30)))


def test_the_coordinator_of_neither_side_sees_plain_columns_and_events(loop: Loop) -> None:
    outside = actor(loop.town.worker("coordinator", loop.town.society))
    seen = reading.read_again(outside, loop.started())
    assert (seen.access, seen.facts.need, seen.appointment) == ("coordination", None, None)
    assert len(seen.events) == 3


def test_an_acting_deputy_sees_what_the_coordinator_sees_and_acknowledges_nothing(loop: Loop) -> None:
    referral = loop.rejected()
    user = loop.town.worker("deputy_coordinator", loop.town.society)
    with pytest.raises(NotFound):
        reading.read_again(actor(user), referral)
    saved(ActingSpell(membership=user.memberships.get(), team=loop.town.team, reason="absent"))
    seen = reading.read_again(actor(user), referral)
    assert (seen.access, seen.allowed_actions) == ("coordination", ("correct",))
    with pytest.raises(Forbidden):
        acknowledging.acknowledge(actor(user), referral, answer="nothing_here")


def test_a_stranger_finds_nothing(loop: Loop) -> None:
    referral = loop.started()
    for stranger in (loop.town.outreach, loop.town.lead, loop.town.partner_worker):
        with pytest.raises(NotFound):
            reading.read_again(actor(stranger), referral)


def confidential(loop: Loop) -> Referral:
    loop.agree(loop.town.clinic, classes=OF_HEALTH)
    return loop.refer(service_code="TX-HIC", need_id=None)


def test_a_confidential_service_is_in_no_plain_column(loop: Loop, admin: psycopg.Connection) -> None:
    referral = confidential(loop)
    row = admin.execute(
        "SELECT to_jsonb(r)::text FROM referrals_referral r WHERE id = %s", [referral.id]
    ).fetchone()
    history = admin.execute(
        "SELECT string_agg(to_jsonb(r)::text, '') FROM referrals_historicalreferral r WHERE id = %s",
        [referral.id],
    ).fetchone()
    assert row is not None
    assert history is not None
    assert "TX-HIC" not in row[0] + history[0]


def test_both_sides_read_it_and_nobody_else(loop: Loop) -> None:
    referral = confidential(loop)
    assert reading.read_again(loop.centre, referral).service_code == "TX-HIC"
    assert reading.read_again(loop.clinic, referral).service_code == "TX-HIC"
    outside = actor(loop.town.worker("coordinator", loop.town.society))
    assert reading.read_again(outside, referral).service_code == access.CONFIDENTIAL
    answering.reject(loop.clinic, referral, reason_code="waitlist")
    assert reading.read_again(loop.clinic, referral).service_code == access.CONFIDENTIAL


def test_a_list_never_says_it(loop: Loop) -> None:
    referral = confidential(loop)
    for by in (loop.centre, loop.clinic):
        (row,) = listing.as_rows(by, listing.with_columns(Referral.objects.filter(pk=referral.pk)))
        assert row["service_code"] == "confidential"


def test_a_list_names_no_case_beside_a_stub(loop: Loop) -> None:
    referral = loop.rejected()
    rows = listing.with_columns(Referral.objects.filter(pk=referral.pk))
    shown = [row for by in (loop.centre, loop.clinic) for row in listing.as_rows(by, rows)]
    assert [row["spoken_name"] for row in shown] == [loop.case.spoken_name, ""]
    assert [row["side"] for row in shown] == ["sent", "received"]


def test_a_reason_that_reveals_detention_shows_to_the_requester_and_not_to_the_recipient(loop: Loop) -> None:
    referral = ending.cancel(loop.centre, loop.started(), reason_code="detained")
    assert reading.read_again(loop.centre, referral).reason_code == "detained"
    assert reading.read_again(loop.clinic, referral).reason_code == "other-coded"


def test_an_appointment_is_sealed_and_shows_to_both_sides_only(loop: Loop) -> None:
    at = ahead(days=3).replace(microsecond=0)
    referral = answering.accept(loop.clinic, loop.refer(), appointment=at)
    assert reading.read_again(loop.centre, referral).appointment == at
    assert reading.read_again(loop.clinic, referral).appointment == at
    assert reading.read_again(loop.coordinator, referral).access == "full"
    outside = actor(loop.town.worker("coordinator", loop.town.society))
    assert reading.read_again(outside, referral).appointment is None


def test_an_appointment_is_wiped_seven_days_after_its_day(loop: Loop) -> None:
    referral = answering.accept(loop.clinic, loop.refer(), appointment=ahead(days=1))
    wipe_appointments(WIPES)
    assert Referral.objects.get(pk=referral.pk).appointment is not None
    moved(referral, appointment_wipe_on=ago(days=1).date())
    assert wipe_appointments(WIPES) >= 1
    assert Referral.objects.get(pk=referral.pk).appointment is None


def test_an_appointment_in_the_past_is_refused(loop: Loop) -> None:
    with pytest.raises(Invalid):
        answering.accept(loop.clinic, loop.refer(), appointment=ago(hours=1))


def entries(admin: psycopg.Connection, referral: Referral, verb: str) -> list[dict[str, Any]]:
    rows = admin.execute(
        "SELECT body FROM audit_entry WHERE object_id = %s AND verb = %s ORDER BY at",
        [str(referral.id), verb],
    )
    return [json.loads(bytes(row[0])) for row in rows.fetchall()]


def test_each_opening_is_audited_with_what_was_opened_and_why(loop: Loop, admin: psycopg.Connection) -> None:
    referral = loop.accepted()
    reading.read_again(loop.clinic, referral)
    (entry,) = entries(admin, referral, "referral.read")
    assert entry["facts"]["access"] == "full"
    assert entry["facts"]["purpose"] == "referral_received"
    assert set(entry["facts"]["classes"]) == set(loop.consent.data_classes)


def noted(loop: Loop) -> Referral:
    loop.agree(loop.town.clinic, classes=WITH_NOTES)
    return loop.refer(narrative="Dolazi uz pratnju, tiha osoba.")


def test_a_note_opens_by_a_reveal_with_a_purpose(loop: Loop, admin: psycopg.Connection) -> None:
    referral = answering.accept(loop.clinic, noted(loop))
    shown = revealing.reveal(loop.clinic, referral, fields=["narrative"], purpose="direct_work")
    assert shown == {"narrative": "Dolazi uz pratnju, tiha osoba."}
    (entry,) = entries(admin, referral, "referral.revealed")
    assert entry["facts"] == {"fields": ["narrative"], "purpose": "direct_work"}


def test_before_the_yes_the_recipient_reads_no_note(loop: Loop) -> None:
    referral = noted(loop)
    assert revealing.reveal(loop.centre, referral, fields=["narrative"], purpose="handover")
    with pytest.raises(Forbidden):
        revealing.reveal(loop.clinic, referral, fields=["narrative"], purpose="direct_work")


def test_after_the_end_it_reads_none_either(loop: Loop) -> None:
    referral = answering.reject(loop.clinic, noted(loop), reason_code="waitlist")
    with pytest.raises(Forbidden):
        revealing.reveal(loop.clinic, referral, fields=["narrative"], purpose="direct_work")


@pytest.mark.parametrize(
    ("fields", "purpose", "pointer"),
    [
        ([], "direct_work", "/fields"),
        (["narrative", "narrative"], "direct_work", "/fields"),
        (["needs"], "direct_work", "/fields/0"),
        (["narrative"], "", "/purpose"),
        (["narrative"], "curiosity", "/purpose"),
        (["narrative"], "break_glass", "/purpose"),
        (["narrative"], "referral_received", "/purpose"),
    ],
)
def test_a_reveal_names_known_fields_and_a_purpose(
    loop: Loop, fields: list[str], purpose: str, pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        revealing.reveal(loop.centre, noted(loop), fields=fields, purpose=purpose)
    assert refused.value.faults[0].pointer == pointer


def test_a_machine_reads_no_note(loop: Loop) -> None:
    person = loop.centre
    machine = Actor(id=person.id, kind="token", seats=person.seats, acting_for=person.id)
    with pytest.raises(Forbidden):
        revealing.reveal(machine, noted(loop), fields=["narrative"], purpose="direct_work")


def test_a_stranger_reveals_nothing(loop: Loop) -> None:
    with pytest.raises(NotFound):
        revealing.reveal(actor(loop.town.outreach), noted(loop), fields=["narrative"], purpose="direct_work")
