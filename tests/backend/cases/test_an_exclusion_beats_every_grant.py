"""Whoever is shut out of a case meets it nowhere, whatever gives it to them; whoever coordinates lets them in again."""

import json
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError
from django.db.models import Q

from backend.cases.assignment import assign
from backend.cases.break_glass import case_to_open
from backend.cases.exclusions import ExclusionTerms, exclude, lift, with_people
from backend.cases.models import Case, Exclusion, Notification, ShutOut
from backend.cases.notify import seen
from backend.cases.reveal import REASON_OF, name_of, reveal
from backend.cases.seen_by import seen_by
from backend.cases.standing import standing
from backend.encryption.envelope import is_envelope
from backend.errors import Conflict, Gone, Invalid
from backend.referrals.inbox import read_inbox
from backend.referrals.models import Referral
from backend.teams.acting import start_acting
from backend.teams.models import Membership, SharingAgreement, User
from permissions.scope import Forbidden, NotFound, branches, may, visible_to
from tests.backend.cases.barred import VIEW, WHY, sees, shut_out
from tests.backend.cases.looks import look
from tests.backend.cases.papers import entries, overwrite
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, actor, ago, saved, seat


@pytest.fixture
def loop(database: Any) -> Loop:
    return opened(Town())


def bar(loop: Loop, who: Any, **values: Any) -> Exclusion:
    """Shut somebody out for the centre: its worker names colleagues and organisations, who coordinates anybody."""
    by = loop.town.social_worker if sees(loop.town.social_worker, loop.case) else loop.town.coordinator
    others = {loop.town.nurse, loop.town.outreach}
    return shut_out(
        loop.case, who, by=loop.town.coordinator if who in others else by, for_=loop.town.centre, **values
    )


def about(user: User) -> set[str]:
    return {
        str(pk) for pk in seen(actor(user), Notification.objects.all()).values_list("object_id", flat=True)
    }


def test_one_person_is_shut_out_and_a_colleague_is_not(loop: Loop) -> None:
    loop.accepted()
    colleague = loop.town.worker("member", loop.town.clinic)
    bar(loop, loop.town.nurse)
    assert (sees(loop.town.nurse, loop.case), sees(colleague, loop.case)) == (False, True)
    with pytest.raises(NotFound):
        standing(actor(loop.town.nurse), visible_case(loop, loop.town.nurse))


def visible_case(loop: Loop, user: User) -> Case:
    found = visible_to(actor(user), Case.objects.filter(pk=loop.case.pk), VIEW).first()
    if found is None:
        raise NotFound
    return found


def test_an_organisation_is_shut_out_with_all_who_work_there(loop: Loop) -> None:
    referral = loop.accepted()
    bar(loop, loop.town.clinic)
    newcomer = loop.town.worker("member", loop.town.clinic)
    for user in (loop.town.nurse, newcomer, loop.town.deputy):
        assert not sees(user, loop.case)
        assert not visible_to(actor(user), Referral.objects.filter(pk=referral.pk), VIEW).exists()
        assert branches(actor(user), Referral.objects.filter(pk=referral.pk), VIEW)[0].count() == 0


def test_it_holds_whatever_else_the_person_is_and_whatever_became_of_the_agreement(loop: Loop) -> None:
    """Who works there works there: a second seat elsewhere, or an agreement that ended, gives nothing back."""
    both = loop.town.worker("member", loop.town.centre)
    seat(both, "member", team=loop.town.team, organisation=loop.town.society)
    assert sees(both, loop.case)
    bar(loop, loop.town.society)
    assert not sees(both, loop.case)
    agreement = SharingAgreement.objects.get(organisation=loop.town.society)
    agreement.valid_until = ago(minutes=1)
    saved(agreement)
    assert not sees(both, loop.case)
    membership = Membership.objects.get(user=both, organisation=loop.town.society)
    membership.valid_until = ago(minutes=1)
    saved(membership)
    assert sees(both, loop.case)


def test_it_closes_a_look_and_refuses_another(loop: Loop) -> None:
    look(loop.town.nurse, loop.case)
    assert sees(loop.town.nurse, loop.case)
    bar(loop, loop.town.nurse)
    assert not sees(loop.town.nurse, loop.case)
    with pytest.raises(NotFound):
        case_to_open(actor(loop.town.nurse), Q(pk=loop.case.pk))


def test_it_beats_coordination_and_says_who_must_find_a_deputy(loop: Loop) -> None:
    town = loop.town
    bar(loop, town.coordinator)
    assert not sees(town.coordinator, loop.case)
    assert str(loop.case.pk) not in about(town.coordinator)
    for who in (town.lead, town.officer):
        told = seen(actor(who), Notification.objects.all()).get(kind="team.deputy_needed")
        assert (told.object_kind, told.object_id) == ("team", town.team.id)
    deputy = Membership.objects.get(user=town.deputy)
    start_acting(actor(town.lead), deputy, reason="conflict_of_interest")
    assert sees(town.deputy, loop.case)


def test_while_somebody_else_coordinates_nobody_is_asked_for_a_deputy(loop: Loop) -> None:
    assert loop.town.worker("coordinator", loop.town.society)
    bar(loop, loop.town.coordinator)
    assert not Notification.objects.filter(team=loop.town.team, kind="team.deputy_needed").exists()


def test_nothing_awaits_who_is_shut_out(loop: Loop) -> None:
    referral = loop.refer()
    assert [row["id"] for row in read_inbox(loop.clinic)["to_answer"]] == [referral.id]
    assert str(referral.id) in about(loop.town.nurse)
    bar(loop, loop.town.nurse)
    assert read_inbox(loop.clinic)["to_answer"] == []
    assert str(referral.id) not in about(loop.town.nurse)


def test_who_coordinates_lifts_it_and_nobody_else(loop: Loop) -> None:
    loop.accepted()
    row = bar(loop, loop.town.nurse)
    for user, refusal in (
        (loop.town.social_worker, Forbidden),
        (loop.town.nurse, NotFound),
        (loop.town.outreach, NotFound),
    ):
        with pytest.raises(refusal):
            lift(actor(user), row)
    assert not sees(loop.town.nurse, loop.case)
    lift(loop.coordinator, row)
    assert sees(loop.town.nurse, loop.case)
    with pytest.raises(Conflict, match="already_lifted"):
        lift(loop.coordinator, row)


def test_a_coordinator_lifts_no_exclusion_of_their_own(loop: Loop) -> None:
    row = bar(loop, loop.town.coordinator)
    with pytest.raises(NotFound):
        lift(loop.coordinator, row)


def test_two_exclusions_hold_until_both_are_lifted(loop: Loop) -> None:
    loop.accepted()
    rows = [bar(loop, loop.town.nurse), bar(loop, loop.town.clinic)]
    lift(loop.coordinator, rows[0])
    assert not sees(loop.town.nurse, loop.case)
    lift(loop.coordinator, rows[1])
    assert sees(loop.town.nurse, loop.case)


def test_the_holder_is_not_shut_out_and_its_worker_gives_the_case_back(loop: Loop) -> None:
    with pytest.raises(Conflict, match="holder_excluded"):
        bar(loop, loop.town.centre)
    worker = loop.town.worker("member", loop.town.centre)
    assign(loop.coordinator, loop.case, user_id=worker.id)
    bar(loop, worker)
    assert Case.objects.get(pk=loop.case.pk).assigned_to is None
    with pytest.raises(Invalid) as refused:
        assign(loop.coordinator, loop.case, user_id=worker.id)
    assert [fault.code for fault in refused.value.faults] == ["not_a_worker_there"]


def test_nobody_hands_a_case_to_who_is_shut_out_of_it(loop: Loop) -> None:
    bar(loop, loop.town.clinic)
    with pytest.raises(Invalid) as refused:
        assign(loop.coordinator, loop.case, user_id=None, organisation_id=loop.town.clinic.id)
    assert [fault.code for fault in refused.value.faults] == ["shut_out"]


def test_no_chain_of_access_names_who_is_shut_out(loop: Loop) -> None:
    loop.accepted()
    bar(loop, loop.town.clinic)
    bar(loop, loop.town.coordinator)
    chains = seen_by(loop.case)
    assert {one.organisation_id for one in chains} == {loop.town.centre.id}
    assert loop.town.coordinator.id not in {one.user_id for chain in chains for one in chain.people}


def test_whoever_was_told_may_add_one_and_reads_the_own_alone(loop: Loop) -> None:
    """A recipient hears it from the person. What the holder recorded is not for the recipient to know."""
    loop.accepted()
    first = bar(loop, loop.town.society, reason=WHY)
    own = shut_out(loop.case, loop.town.partner, by=loop.town.nurse, for_=loop.town.clinic)
    listed = visible_to(loop.clinic, Exclusion.objects.filter(case=loop.case), "case.exclude_person")
    assert [row.pk for row in listed] == [own.pk]
    both = visible_to(loop.coordinator, Exclusion.objects.filter(case=loop.case), "case.exclude_person")
    assert {row.pk for row in both} == {first.pk, own.pk}
    with pytest.raises(NotFound):
        shut_out(loop.case, loop.town.partner, by=loop.town.outreach, for_=loop.town.society)


def test_why_is_sealed_and_opens_to_who_may_know(loop: Loop) -> None:
    row = bar(loop, loop.town.society, reason=WHY)
    kept = Exclusion.objects.get(pk=row.pk)
    assert is_envelope(kept.reason)
    field = name_of(REASON_OF, row.pk)
    opened_ = reveal(loop.coordinator, loop.case, fields=[field], purpose="direct_work")
    assert [one.text for one in opened_] == [WHY]
    loop.accepted()
    with pytest.raises(Invalid):
        reveal(loop.clinic, loop.case, fields=[field], purpose="direct_work")


def test_the_service_reads_from_no_row_whom_it_shuts_out(loop: Loop) -> None:
    row = bar(loop, loop.town.nurse)
    [shown] = with_people([Exclusion.objects.get(pk=row.pk)])
    assert shown.person_id is None, "a statement of nobody is told nobody"
    with pytest.raises(ProgrammingError, match="permission denied"):
        ShutOut.objects.count()


@pytest.mark.parametrize(
    ("terms", "pointer", "code"),
    [
        ({}, "/user", "required"),
        ({"user_id": "nurse", "organisation_id": "clinic"}, "/user", "invalid"),
        ({"user_id": "case"}, "/user", "unknown_id"),
        ({"user_id": "nurse"}, "/user", "unknown_id"),
        ({"organisation_id": "case"}, "/organisation", "unknown_id"),
        ({"organisation_id": "clinic", "reason": "x" * 281}, "/reason", "max_length"),
        ({"organisation_id": "clinic", "reason": "Zove 0641234567"}, "/reason", "identifier_found"),
    ],
    ids=["nobody", "both", "no_user", "not_a_colleague", "no_organisation", "too_long", "a_number"],
)
def test_what_is_wrong_is_said_at_its_place(
    loop: Loop, terms: dict[str, str], pointer: str, code: str
) -> None:
    ids = {"nurse": loop.town.nurse.id, "clinic": loop.town.clinic.id, "case": loop.case.id}
    given: dict[str, Any] = {name: ids.get(value, value) for name, value in terms.items()}
    with pytest.raises(Invalid) as refused:
        exclude(loop.centre, loop.case, terms=ExclusionTerms(**given), organisation_id=loop.town.centre.id)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, code)]


def test_an_erased_case_takes_none(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    overwrite(admin, "cases_case", loop.case.pk, status="erased")
    with pytest.raises(Gone):
        bar(loop, loop.town.nurse)


def test_each_is_one_entry_that_does_not_say_whom(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    row = bar(loop, loop.town.nurse)
    lift(loop.coordinator, row)
    assert entries(admin, row.pk) == [("exclusion.recorded", "success"), ("exclusion.lifted", "success")]
    said = admin.execute("SELECT body FROM audit_entry WHERE object_id = %s", [str(row.pk)]).fetchall()
    assert all(json.loads(body)["facts"] == {"case": str(loop.case.id)} for (body,) in said)


def test_nobody_adds_a_row_to_a_case_they_are_shut_out_of(loop: Loop) -> None:
    by = actor(loop.town.social_worker)
    unsaved = Exclusion(case=loop.case, team=loop.town.team, recorded_for=loop.town.centre)
    assert may(by, "case.exclude_person", unsaved)
    bar(loop, loop.town.social_worker)
    assert not may(actor(loop.town.social_worker), "case.exclude_person", unsaved)
