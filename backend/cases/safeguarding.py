"""Coded legal exceptions to consent: one person decides, another confirms, and each ends by itself.

A basis in `IN_SYSTEM` may carry a referral to its named recipient; every other is recorded and never does.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from audit.acts import act
from backend.cases.changing import author, check_open, refuse
from backend.cases.lifecycle import ERASED
from backend.cases.models import Case, SafeguardingBasis
from backend.cases.notify import tell_second_roles
from backend.cases.terms import in_order
from backend.errors import Conflict, Fault
from backend.reference.lists import Entry, code_exists, codes, entry
from backend.teams.models import Organisation
from permissions import roles
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, spared

IN_SYSTEM: Final = frozenset({"incapacity", "child_protection", "minor_without_guardian"})
RECORD: Final = "safeguarding.record"
# How long a confirmed exception carries a referral. Until it is confirmed its review time is all it has.
STANDS_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisTerms:
    """Which exception, for which classes (none named: all it may take), and to whom, where it stays in the
    system.
    """

    basis: str
    data_classes: Collection[str] = ()
    recipient_id: UUID | None = None

    def classes(self) -> frozenset[str]:
        """Return the classes it covers; none for an unknown basis."""
        found = codes("safeguarding_bases").get(self.basis)
        return frozenset(self.data_classes or (found.values("max_data_classes") if found else ()))


def record_basis(by: Actor, case: Case, *, terms: BasisTerms, organisation_id: UUID) -> SafeguardingBasis:
    """Record an exception that the caller decides on, and ask for its second person.

    Raises Forbidden for a machine and when the caller's role may not decide on this basis, Conflict for a closed
    case, Invalid.
    """
    with act(by, "safeguarding.recorded", case, needs=RECORD) as current:
        check_open(case)
        if organisation_id not in by.organisations(team_id=case.team_id):
            refuse([Fault("/organisation", "unknown_id")])
        basis = add_basis(by, case, terms=terms, organisation_id=organisation_id)
        current.on(basis)
        current.note(case=case.id, basis=basis.basis, classes=basis.data_classes)
        tell_second_roles(case, "safeguarding.recorded", about=basis, line=RECORD)
        return basis


def add_basis(
    by: Actor, case: Case, *, terms: BasisTerms, organisation_id: UUID, at: str = ""
) -> SafeguardingBasis:
    """Check the terms and write them down, inside an act that has asked for the right."""
    refuse(_faults(terms, at=at))
    row = entry("safeguarding_bases", terms.basis)
    _refuse_role(by, case, row)
    hours = int(row.attributes["review_within_hours"])
    return SafeguardingBasis.objects.create(
        case=case,
        team_id=case.team_id,
        basis=terms.basis,
        recipient_id=terms.recipient_id,
        data_classes=list(in_order(terms.classes())),
        recorded_for_id=organisation_id,
        decided_by=author(by),
        valid_until=timezone.now() + timedelta(hours=hours),
    )


def _faults(terms: BasisTerms, *, at: str) -> Iterator[Fault]:
    if not code_exists("safeguarding_bases", terms.basis):
        yield Fault(f"{at}/basis", "unknown_code")
        return
    row = entry("safeguarding_bases", terms.basis)
    if not row.is_yes("active_by_default"):
        yield Fault(f"{at}/basis", "switched_off")
    if not terms.classes() <= set(row.values("max_data_classes")):
        yield Fault(f"{at}/data_classes", "beyond_basis")
    if terms.recipient_id is None:
        return
    if terms.basis not in IN_SYSTEM:
        yield Fault(f"{at}/recipient", "outside_system")
    elif not Organisation.objects.filter(pk=terms.recipient_id, is_active=True).exists():
        yield Fault(f"{at}/recipient", "unknown_id")


def _refuse_role(by: Actor, case: Case, row: Entry) -> None:
    """Raise Forbidden unless a live role may decide. A deputy decides as what the deputy is at the moment, and a
    machine never.
    """
    if by.kind == "token":
        raise Forbidden
    seats = [seat for seat in by.seats_for(RECORD) if seat.team_id in {None, case.team_id}]
    acting = {"deputy_coordinator": "member"}
    held = {"coordinator" if seat.acting else acting.get(seat.role, seat.role) for seat in seats}
    if not held & set(row.values("decided_by")):
        raise Forbidden


def to_confirm(by: Actor) -> QuerySet[SafeguardingBasis]:
    """Return the exceptions which `by`, a person, may be asked to confirm: of the own team, decided by another."""
    second = roles.rule(RECORD).second_role
    seats = [seat for seat in by.seats_for(RECORD) if seat.role in second and by.kind == "user"]
    teams = {seat.team_id for seat in seats if seat.team_id is not None}
    return spared(by, SafeguardingBasis.objects.filter(team_id__in=teams).exclude(decided_by=author(by)))


def waiting_for(by: Actor) -> QuerySet[SafeguardingBasis]:
    """Return the exceptions that wait for `by` to confirm them, as long as there is time to."""
    erased = Case.objects.filter(pk=OuterRef("case_id"), status=ERASED)
    return to_confirm(by).filter(~Exists(erased), confirmed_by=None, valid_until__gt=Now())


def confirm_basis(by: Actor, basis: SafeguardingBasis) -> None:
    """Confirm what another person decided; from now it holds for `STANDS_FOR`.

    Raises NotFound unless the caller may be asked (see `to_confirm`), Conflict `already_confirmed`, `lapsed`.
    """
    with act(by, "safeguarding.confirmed", basis) as current:
        if not to_confirm(by).filter(pk=basis.pk).exists():
            raise NotFound
        if basis.confirmed_by is not None:
            raise Conflict("already_confirmed")
        if basis.valid_until <= timezone.now():
            raise Conflict("lapsed")
        basis.confirmed_by = by.id
        basis.confirmed_at = timezone.now()
        basis.valid_until = basis.confirmed_at + STANDS_FOR
        basis.save()
        current.note(case=basis.case_id, basis=basis.basis)


def carrying(case: Case, *, organisation_id: UUID, classes: Collection[str]) -> SafeguardingBasis | None:
    """Return the exception under which a referral of `classes` may go to the organisation now, or None."""
    named = Q(recipient_id=organisation_id, data_classes__contains=list(classes))
    holds = Q(basis__in=_carrying_now(confirmed=True)) & Q(confirmed_by__isnull=False)
    afterwards = Q(basis__in=_carrying_now(confirmed=False))
    rows = SafeguardingBasis.objects.filter(named, holds | afterwards, case_id=case.id, valid_until__gt=Now())
    return rows.order_by("-valid_until").first()


def has_live_basis(case: Case) -> bool:
    """Say whether an exception of any kind holds for the case now."""
    return SafeguardingBasis.objects.filter(case_id=case.id, valid_until__gt=Now()).exists()


def _carrying_now(*, confirmed: bool) -> list[str]:
    """Return the bases in the system that carry once confirmed; or those that carry before it, too."""
    return [
        code for code in sorted(IN_SYSTEM)
        if confirmed or entry("safeguarding_bases", code).attributes["second_person"] == "afterwards"
    ]  # fmt: skip
