"""The rules of who may hold which role beside which other, and who may give it. Questions only, no act."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Now

from backend.errors import Conflict, Fault, Invalid
from backend.reference.lists import code_exists
from backend.reference.roles import roles
from backend.teams.models import Membership, Memorandum, SharingAgreement
from backend.teams.models.base import live
from backend.teams.models.memberships import ROLES_OF_A_TEAM
from backend.teams.models.seconded import waiting
from backend.teams.writing import as_steward
from permissions import scope
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound

M = TypeVar("M", bound=Model)

OFFICES_OF_A_TEAM: Final = ("municipal_lead", "data_protection_officer")
APPOINTED: Final = ("coordinator", "deputy_coordinator")
# Each of these shows the memberships on which it may be done.
VIEWS: Final = ("account.disable", "membership.invite_own", "case.assign")


def members_visible_to(by: Actor) -> QuerySet[Membership]:
    """Return the memberships that `by` may know of: of the team for who manages or switches off accounts,
    of the own
    organisation for everybody else.
    """
    return visible_under(by, Membership.objects.all(), actions=VIEWS)


def visible_under(by: Actor, rows: QuerySet[M], *, actions: Iterable[str]) -> QuerySet[M]:
    """Return the rows on which `by` may do at least one of `actions`."""
    return reduce(or_, (scope.visible_to(by, rows, action) for action in actions))


def authorise(by: Actor, membership: Membership) -> str:
    """Return the line under which `by` may give, change or end `membership`; none for a job. Nobody may with one's own.

    Raises NotFound or Forbidden.
    """
    if by.kind == "system":
        return ""
    asking, action = _authority(by, membership)
    if by.id != membership.user_id and scope.may(asking, action, membership):
        return action
    if membership._state.adding or members_visible_to(by).filter(pk=membership.pk).exists():
        raise Forbidden
    raise NotFound


def _authority(by: Actor, membership: Membership) -> tuple[Actor, str]:
    """Return as whom and by which action. A steward acts for the own organisation; the first worker of a
    partner
    organisation, which has no steward yet, is an account that a platform administrator opens.
    """
    if membership.role in APPOINTED:
        return by, "membership.appoint_coordinator"
    if membership.role not in {"member", "partner_worker"}:
        return by, "role.appoint"
    if membership.role == "member" and scope.may(by, "membership.manage", membership):
        return by, "membership.manage"
    steward = as_steward(by)
    if membership.role == "partner_worker" and not steward.seats:
        return by, "account.create"
    return steward, "membership.invite_own"


def check(membership: Membership) -> None:
    """Raise Invalid or Conflict unless `membership` may be added to what its person and team have now."""
    check_place(membership)
    check_basis(membership)
    held = Membership.objects.filter(not_over(), user_id=membership.user_id).exclude(pk=membership.pk)
    for other in held:
        _check_beside(membership, other)
    if membership.role in APPOINTED:
        _check_other_organisation(membership)


def check_place(membership: Membership) -> None:
    """Raise Invalid unless role, team, organisation and services go together."""
    role = membership.role
    if role not in roles():
        raise Invalid(Fault("/role", "unknown_code"))
    with_organisation = role in ROLES_OF_A_TEAM or role == "partner_worker"
    with_team = role in ROLES_OF_A_TEAM or role in OFFICES_OF_A_TEAM
    _present("/team", given=membership.team_id is not None, needed=with_team)
    _present("/organisation", given=membership.organisation_id is not None, needed=with_organisation)
    for position, code in enumerate(membership.services or ()):
        if not code_exists("services", code):
            raise Invalid(Fault(f"/services/{position}", "unknown_code"))
    if (membership.services or membership.organisation_steward) and not with_organisation:
        raise Invalid(Fault("/organisation", "required"))


def check_basis(membership: Membership) -> None:
    """Raise Conflict unless the agreement and the memorandum that the role rests on hold now."""
    organisation = membership.organisation
    if organisation is None:
        return
    of_organisation = Q(organisation=organisation)
    in_team = membership.role in ROLES_OF_A_TEAM
    agreements = SharingAgreement.objects.filter(live(), of_organisation, team=membership.team)
    if in_team and not agreements.exists():
        raise Conflict("no_sharing_agreement")
    needs_memorandum = organisation.sector == "cso" or not in_team
    if needs_memorandum and not Memorandum.objects.filter(live(), of_organisation).exists():
        raise Conflict("no_memorandum")


def _present(pointer: str, *, given: bool, needed: bool) -> None:
    if needed and not given:
        raise Invalid(Fault(pointer, "required"))
    if given and not needed:
        raise Invalid(Fault(pointer, "not_for_this_role"))


def _check_beside(new: Membership, held: Membership) -> None:
    if (new.role, new.team_id, new.organisation_id) == (held.role, held.team_id, held.organisation_id):
        raise Conflict("already_held")
    known = roles()
    if held.role in known[new.role].incompatible_with or new.role in known[held.role].incompatible_with:
        raise Conflict("incompatible_roles")


def _check_other_organisation(membership: Membership) -> None:
    """The deputy stands in for a coordinator in conflict, so the two come from different organisations."""
    other = "coordinator" if membership.role == "deputy_coordinator" else "deputy_coordinator"
    rivals = Membership.objects.filter(not_over(), team=membership.team, role=other)
    if rivals.filter(organisation=membership.organisation).exists():
        raise Conflict("same_organisation")


def not_over() -> Q:
    """Live now or later: a role that begins tomorrow counts too, and one that may yet be confirmed."""
    not_ended = Q(valid_until__isnull=True) | Q(valid_until__gt=Now())
    return not_ended & (Q(valid_from__isnull=False) | waiting())


def home_of(user_id: UUID | None, *, using: str = "default") -> UUID | None:
    """Return the team in whose log it stands what somebody tries with this account, or this account tries in vain.

    The team of the oldest live role; None for an account without one, and for no account, asked in the same way.
    """
    rows = Membership.objects.using(using).filter(live(), user_id=user_id or UUID(int=0), team__isnull=False)
    found: UUID | None = rows.order_by("valid_from", "pk").values_list("team_id", flat=True).first()
    return found
