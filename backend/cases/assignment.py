"""Who holds a case: which organisation, and which of its workers. A holder is replaced, never lost."""

from uuid import UUID

from django.db.models import Q, QuerySet

from audit.acts import act
from backend.cases.changing import check_open, check_version
from backend.cases.consents import live_recipients
from backend.cases.lifecycle import CLOSED, ERASED
from backend.cases.models import Case
from backend.cases.models.case import HOLDS
from backend.cases.notify import tell_coordinator, tell_holder
from backend.cases.shut_out import excludes, people_out_of
from backend.errors import Fault, Invalid
from backend.teams.actors import live_memberships
from backend.teams.models import Membership
from permissions import grants
from permissions.actor import Actor


def assign(
    by: Actor,
    case: Case,
    *,
    user_id: UUID | None,
    organisation_id: UUID | None = None,
    version: int | None = None,
) -> None:
    """Give a case to a worker, or to nobody by name, of the organisation that holds it or shall hold it.

    Another organisation takes over only when a live consent names it, and the case does not shut it out. Raises Stale,
    Conflict for a closed case, Invalid: consent_does_not_name, shut_out, not_a_worker_there.
    """
    with act(by, "case.assigned", case, needs="case.assign") as current:
        check_version(case, version)
        check_open(case)
        holder = organisation_id or case.holder_organisation_id
        if holder != case.holder_organisation_id:
            _hand_over(case, holder)
        if user_id is not None and not workers(case).filter(user_id=user_id).exists():
            raise Invalid(Fault("/user", "not_a_worker_there"))
        case.assigned_to = user_id
        case.save()
        current.note(organisation=holder, user=user_id)
        tell_holder(case, "case.assigned")


def _hand_over(case: Case, organisation_id: UUID) -> None:
    """Move the live reason `holds` to another organisation. The one that opened the case keeps that
    reason.
    """
    if not live_recipients(case.id).filter(organisation_id=organisation_id).exists():
        raise Invalid(Fault("/organisation", "consent_does_not_name"))
    if excludes(case.id, organisation=organisation_id):
        raise Invalid(Fault("/organisation", "shut_out"))
    grants.take(case, source_id=case.id, reason=HOLDS)
    group = grants.group_for(organisation_id=organisation_id, team_id=case.team_id)
    grants.give(case, group=group, codename=grants.SEES_CASE, reason=HOLDS, source_id=case.id)
    case.holder_organisation_id = organisation_id


def workers(case: Case) -> QuerySet[Membership]:
    """Return the live memberships of workers of the organisation that holds the case, the longest first.

    Whoever is shut out of the case is none of them.
    """
    here = Q(team_id=case.team_id) | Q(role="partner_worker")
    rows = live_memberships().filter(here, organisation_id=case.holder_organisation_id)
    rows = rows.exclude(people_out_of(case.pk, user="user_id"))
    return rows.order_by("valid_from", "user_id")


def release_user(by: Actor, *, user_id: UUID, organisation_id: UUID, team_id: UUID | None = None) -> int:
    """Hand the open cases of somebody who leaves to a colleague, or to nobody; the coordinator is told of
    each.

    For one organisation, in one team or (for a partner's worker) in all. Who still works there by another
    membership keeps them. Returns how many cases changed hands.
    """
    held = Case.objects.filter(assigned_to=user_id, holder_organisation_id=organisation_id)
    held = held.exclude(status__in=(CLOSED, ERASED)).order_by("pk")
    if team_id is not None:
        held = held.filter(team_id=team_id)
    return sum(_release(by, case, user_id) for case in held)


def _release(by: Actor, case: Case, user_id: UUID) -> bool:
    here = list(workers(case).values_list("user_id", flat=True))
    if user_id in here:
        return False
    with act(by, "case.holder_replaced", case) as current:
        case.assigned_to = here[0] if here else None
        case.save()
        current.note(user=case.assigned_to, before=user_id)
        tell_coordinator(case, "case.holder_replaced")
    return True
