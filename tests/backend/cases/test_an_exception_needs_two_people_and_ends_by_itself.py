"""Safeguarding: who may decide on which basis, who confirms, what carries a referral, and when it is over."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from audit.acts import act
from backend.cases import notify
from backend.cases.models import Case, Notification, SafeguardingBasis
from backend.cases.reading import read_facts
from backend.cases.safeguarding import (
    IN_SYSTEM,
    STANDS_FOR,
    BasisTerms,
    carrying,
    confirm_basis,
    has_live_basis,
    record_basis,
    to_confirm,
)
from backend.cases.steps import put_closed
from backend.errors import Conflict, Invalid
from backend.reference.lists import codes, entry
from backend.teams.models import ActingSpell, Membership
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.papers import Open, codes_of, entries, received
from tests.world import BUILDER, Town, actor, saved


def record(
    town: Town, case: Case, basis: str = "child_protection", *, by: Any = None, **more: Any
) -> SafeguardingBasis:
    user = by or town.outreach
    organisation = town.society if user == town.outreach else town.centre
    return record_basis(
        actor(user), case, terms=BasisTerms(basis=basis, **more), organisation_id=organisation.id
    )


def carries(case: Case, organisation: Any, *classes: str) -> SafeguardingBasis | None:
    return carrying(case, organisation_id=organisation.id, classes=classes or ("basic_profile",))


def test_the_bases_in_the_system_are_those_of_the_fine_print() -> None:
    assert {"incapacity", "child_protection", "minor_without_guardian"} == IN_SYSTEM
    assert set(codes("safeguarding_bases")) >= IN_SYSTEM


def test_a_basis_takes_all_its_classes_unless_fewer_are_named(town: Town, opened: Open) -> None:
    case = opened()
    assert record(town, case).data_classes == ["basic_profile", "needs", "family_children"]
    fewer = record(town, case, data_classes=["needs"])
    assert fewer.data_classes == ["needs"]
    assert fewer.valid_until - fewer.decided_at < timedelta(hours=73)


@pytest.mark.parametrize(
    ("basis", "more", "fault"),
    [
        ("gut_feeling", {}, ("/basis", "unknown_code")),
        ("threat_to_others", {}, ("/basis", "switched_off")),
        ("child_protection", {"data_classes": ["health"]}, ("/data_classes", "beyond_basis")),
        ("vital_interest", {"recipient": True}, ("/recipient", "outside_system")),
    ],
)
def test_each_rule_has_its_denial(
    town: Town, opened: Open, basis: str, more: dict[str, Any], fault: tuple[str, str]
) -> None:
    if more.pop("recipient", False):
        more = {**more, "recipient_id": town.clinic.id}
    with pytest.raises(Invalid) as refused:
        record(town, opened(), basis, by=town.coordinator, **more)
    assert codes_of(refused.value) == {fault}


@pytest.mark.parametrize("basis", codes("safeguarding_bases"))
def test_only_the_roles_of_the_list_decide(town: Town, opened: Open, basis: str) -> None:
    row = entry("safeguarding_bases", basis)
    if not row.is_yes("active_by_default"):
        return
    case = opened()
    assert record(town, case, basis, by=town.coordinator)
    if "member" in row.values("decided_by"):
        assert record(town, case, basis)
    else:
        with pytest.raises(Forbidden):
            record(town, case, basis)


def test_before_the_second_person_some_bases_carry_and_others_do_not(town: Town, opened: Open) -> None:
    case = opened()
    record(town, case, "child_protection", recipient_id=town.centre.id)
    urgent = record(town, case, "incapacity", recipient_id=town.clinic.id)
    assert carries(case, town.centre) is None
    assert carries(case, town.clinic, "health") == urgent
    assert carries(case, town.partner) is None


def test_confirmed_it_carries_its_classes_to_its_recipient(town: Town, opened: Open) -> None:
    case = opened()
    basis = record(town, case, recipient_id=town.centre.id)
    confirm_basis(actor(town.coordinator), basis)
    assert basis.confirmed_by == town.coordinator.id
    assert basis.valid_until - timezone.now() > STANDS_FOR - timedelta(minutes=1)
    assert carries(case, town.centre, "needs", "family_children") == basis
    assert carries(case, town.centre, "health") is None


def test_who_decided_does_not_confirm(town: Town, opened: Open) -> None:
    basis = record(town, opened(), by=town.coordinator)
    assert not to_confirm(actor(town.coordinator)).filter(pk=basis.pk).exists()
    with pytest.raises(NotFound):
        confirm_basis(actor(town.coordinator), basis)
    confirm_basis(actor(town.deputy), basis)
    assert basis.confirmed_by == town.deputy.id


def test_only_coordinator_or_deputy_of_the_team_is_asked(town: Town, opened: Open) -> None:
    basis = record(town, opened())
    for user in (town.nurse, town.social_worker, town.lead, town.partner_worker, Town().coordinator):
        with pytest.raises((NotFound, Forbidden)):
            confirm_basis(actor(user), basis)
    assert SafeguardingBasis.objects.get(pk=basis.pk).confirmed_by is None


def test_it_is_confirmed_once_and_not_after_its_time(town: Town, opened: Open) -> None:
    case = opened()
    basis, late = record(town, case), record(town, case)
    confirm_basis(actor(town.coordinator), basis)
    with pytest.raises(Conflict, match="already_confirmed"):
        confirm_basis(actor(town.deputy), basis)
    late.valid_until = timezone.now()
    saved(late)
    with pytest.raises(Conflict, match="lapsed"):
        confirm_basis(actor(town.coordinator), late)


def test_after_its_time_it_carries_and_opens_nothing(town: Town, opened: Open) -> None:
    case = opened(items={"with_children": "1"})
    basis = record(town, case, recipient_id=town.clinic.id)
    received(case, town.clinic)
    assert read_facts(actor(town.nurse), case).items == {}
    confirm_basis(actor(town.coordinator), basis)
    assert read_facts(actor(town.nurse), case).items == {"with_children": "1"}
    assert has_live_basis(case)
    basis.valid_until = timezone.now()
    saved(basis)
    assert carries(case, town.clinic) is None
    assert read_facts(actor(town.nurse), case).items == {}
    assert not has_live_basis(case)


def test_an_acting_deputy_decides_as_the_coordinator(town: Town, opened: Open) -> None:
    case = opened(by=town.coordinator, organisation=town.clinic)
    with pytest.raises(Forbidden):
        record_basis(
            actor(town.deputy),
            case,
            terms=BasisTerms(basis="court_order"),
            organisation_id=town.clinic.id,
        )
    membership = Membership.objects.get(user=town.deputy)
    saved(ActingSpell(membership=membership, team=town.team, reason="absent", valid_from=timezone.now()))
    assert record_basis(
        actor(town.deputy), case, terms=BasisTerms(basis="court_order"), organisation_id=town.clinic.id
    )


def test_whoever_may_confirm_is_told_and_nobody_else(town: Town, opened: Open) -> None:
    basis = record(town, opened())
    rows = Notification.objects.filter(object_id=basis.id)
    assert set(rows.values_list("audience", "kind", "object_kind")) == {
        (role, "safeguarding.recorded", "safeguardingbasis") for role in ("coordinator", "deputy_coordinator")
    }
    for user in (town.coordinator, town.deputy):
        assert (
            notify.seen(actor(user), rows).count() == to_confirm(actor(user)).filter(pk=basis.pk).count() == 1
        )
    others = (town.outreach, town.nurse, town.social_worker, town.lead, town.partner_worker, Town().deputy)
    assert not any(notify.seen(actor(user), rows).exists() for user in others)


def test_a_deputy_reads_for_nobody_else(town: Town, opened: Open) -> None:
    rows = Notification.objects.filter(object_id=record(town, opened()).id)
    mine, hers = (notify.seen(actor(user), rows).get() for user in (town.deputy, town.coordinator))
    with pytest.raises(NotFound):
        notify.mark_read(actor(town.deputy), hers)
    notify.mark_read(actor(town.deputy), mine)
    assert Notification.objects.get(pk=mine.pk).read_at is not None
    assert Notification.objects.get(pk=hers.pk).read_at is None


def test_the_entries_name_the_basis(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    basis = record(town, opened())
    confirm_basis(actor(town.coordinator), basis)
    assert [verb for verb, _ in entries(admin, basis.id)] == [
        "safeguarding.recorded",
        "safeguarding.confirmed",
    ]


def test_a_closed_case_takes_no_exception(town: Town, opened: Open) -> None:
    case = opened()
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)
    with pytest.raises(Conflict, match="case_closed"):
        record(town, case)


def test_whoever_does_not_see_the_case_records_nothing(town: Town, opened: Open) -> None:
    with pytest.raises(NotFound):
        record_basis(
            actor(town.nurse),
            opened(),
            terms=BasisTerms(basis="incapacity"),
            organisation_id=town.clinic.id,
        )


def test_nobody_records_for_an_organisation_of_others(town: Town, opened: Open) -> None:
    case = opened()
    with pytest.raises(Invalid) as refused:
        record_basis(
            actor(town.outreach),
            case,
            terms=BasisTerms(basis="incapacity"),
            organisation_id=town.clinic.id,
        )
    assert codes_of(refused.value) == {("/organisation", "unknown_id")}


def test_each_step_stays_in_its_history(town: Town, opened: Open) -> None:
    basis = record(town, opened())
    confirm_basis(actor(town.coordinator), basis)
    rows = SafeguardingBasis.history.filter(id=basis.pk).order_by("version")
    assert list(rows.values_list("confirmed_by", "history_user_id")) == [
        (None, basis.decided_by),
        (town.coordinator.id, town.coordinator.id),
    ]
