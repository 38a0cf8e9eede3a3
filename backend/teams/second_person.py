"""Who confirms what gives power: where the table of roles names a `second_role`, another person, in a second request.

What waits opens nothing. Where nobody holds a second role the act takes effect at once, or no team could begin, and
the audit entry says so. Where somebody held one until lately it does not: else whoever gets rid of the second person
would give alone. What takes power away asks nobody.
"""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from audit.acts import required
from backend.errors import Conflict
from backend.teams import letters
from backend.teams.actors import actor_for, live_memberships
from backend.teams.models import Membership, User
from backend.teams.models.seconded import Seconded, waiting
from backend.teams.writing import signed
from permissions import roles
from permissions.actor import Actor
from permissions.scope import Forbidden
from permissions.seats import Seat

# How long somebody has to confirm; afterwards it has to be proposed anew.
TO_CONFIRM: Final = timedelta(days=14)
# How long a second person is missed who has left, or whose account is off.
MISSED: Final = timedelta(days=30)
M = TypeVar("M", bound=Model)


def ask(by: Actor, proposal: Seconded, *, line: str, unable: Q | None = None) -> bool:
    """Let `proposal` wait when `line` names a second role that another person holds now; say whether it does.

    `unable` says who of them cannot be asked. Inside the act that makes or changes it. Its entry says `asked` or, where
    there is nobody, `none`. Raises Conflict nobody_confirms where there was somebody in the last 30 days, or is one who
    cannot be asked.
    """
    named = () if by.kind == "system" or not line else roles.rule(line).second_role
    if not named:
        return False
    others = _others(by, line, named, team_id=proposal.team_id)
    either = Q(user_id__in={signed(by), proposal.concerned_id or signed(by)})
    able = _able(proposal, others, live_memberships()).exclude(either)
    able = able.exclude(unable) if unable else able
    asked = sorted(set(able.values_list("role", flat=True)))
    if not asked and _able(proposal, others, _lately()).exclude(either).exists():
        raise Conflict("nobody_confirms")
    required().note(second_person="asked" if asked else "none")
    if asked:
        proposal.wait(asked=asked)
        proposal.waits_until = timezone.now() + TO_CONFIRM
        letters.tell("second_person_asked", User.objects.filter(pk__in=able.values("user_id")))
    return bool(asked)


def _others(by: Actor, line: str, named: tuple[str, ...], *, team_id: UUID | None) -> set[str]:
    """Return the second roles; of two, the one that does not act here."""
    acting = {seat.role for seat in by.seats_for(line) if seat.team_id in {None, team_id}}
    return set(named) - acting


def _lately() -> QuerySet[Membership]:
    """Return the roles that are held, by an account that is switched off too, or were in the last 30 days."""
    ended = Q(valid_until__gt=Now() - MISSED) | Q(valid_until=None)
    return Membership.objects.filter(ended, valid_from__lte=Now())


def _able(proposal: Seconded, asked: set[str], among: QuerySet[Membership]) -> QuerySet[Membership]:
    """Return the roles that could confirm: in the team, and for what is of no team in any."""
    able = among.filter(role__in=asked)
    return able if proposal.team_id is None else able.filter(team_id=proposal.team_id)


def to_confirm(by: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """Return what waits for `by`, and what `by` has confirmed. A machine is asked for nothing."""
    asked = _asked(by, rows.model)
    if asked is None:
        return rows.none()
    return rows.filter(asked, waiting() | Q(confirmed_by_id=by.id))


def _asked(by: Actor, model: Any) -> Q | None:
    """Return the condition that one of the seats of `by` is asked, proposed by and for somebody else."""
    if by.kind != "user" or not by.seats:
        return None
    one_of = reduce(or_, (_here(seat) for seat in by.seats))
    own = [Q(**{name: by.id}) for name in (model.PROPOSER, model.CONCERNS) if name]
    return one_of & ~reduce(or_, own)


def _here(seat: Seat) -> Q:
    of_team = Q(team_id__isnull=True) | Q(team_id=seat.team_id) if seat.team_id else Q(team_id__isnull=True)
    return Q(asked_roles__contains=[seat.role]) & of_team


def confirm(by: Actor, proposal: Seconded) -> Actor:
    """Note inside the act that `by` confirms. Returns who proposed it, as they are now; the caller asks them again.

    Raises Forbidden for who is not asked, Conflict nothing_waits for what was answered, withdrawn or has lapsed.
    """
    if not may_confirm(by, proposal):
        raise Forbidden
    _check_waiting(proposal)
    required().note(proposed_by=proposal.proposer_id)
    proposal.confirmed_by_id, proposal.confirmed_at, proposal.waits_until = signed(by), timezone.now(), None
    return actor_for(proposal.proposer_id)


def decline(by: Actor, proposal: Seconded) -> None:
    """Note inside the act that nothing comes of it. Whoever proposed it may take it back in this way, too."""
    if not may_decline(by, proposal):
        raise Forbidden
    _check_waiting(proposal)
    required().note(proposed_by=proposal.proposer_id)
    proposal.waits_until = None


def may_confirm(by: Actor, proposal: Seconded) -> bool:
    """Say whether `by` is asked, or was before it was answered."""
    asked = _asked(by, type(proposal))
    return asked is not None and type(proposal)._base_manager.filter(asked, pk=proposal.pk).exists()


def may_decline(by: Actor, proposal: Seconded) -> bool:
    """Say whether `by` is asked, or has proposed it."""
    return (by.id is not None and by.id == proposal.proposer_id) or may_confirm(by, proposal)


def still_waits(proposal: Seconded) -> bool:
    """Say whether it waits now, by the database's clock."""
    return type(proposal)._base_manager.filter(waiting(), pk=proposal.pk).exists()


def _check_waiting(proposal: Seconded) -> None:
    if not still_waits(proposal):
        raise Conflict("nothing_waits")
