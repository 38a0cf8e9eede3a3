"""Which referrals somebody can ask for at all, and the needs that were referred to an organisation."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from backend.cases.models import Case
from backend.referrals.correcting import second_roles
from backend.referrals.lifecycle import OPEN
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from permissions.actor import Actor
from permissions.scope import spared, visible_to


def findable(by: Actor) -> QuerySet[Referral]:
    """Return what `by` sees, and the ended referrals of which a correction waits for `by` as second person."""
    teams = {seat.team_id for seat in by.seats if seat.role in second_roles()}
    asked = Q(correction_asked_by__isnull=False, team_id__in=teams) & ~Q(correction_asked_by=by.id)
    seen = visible_to(by, Referral.objects.all(), REACH.view)
    if by.kind != "user" or not teams:
        return seen
    return spared(by, Referral.objects.filter(asked | Q(pk__in=seen.values("pk"))))


def needs_referred(case: Case, organisations: Iterable[UUID]) -> frozenset[UUID]:
    """Return the ids of the needs that live referrals put to these organisations, or that these referred.

    For `cases.reading.read_facts`: some organisations get only the need that was referred to them.
    """
    mine = list(organisations)
    live = Q(status__in={*OPEN, "completed"}, acknowledged_at=None, basis_until__gt=Now())
    rows = Referral.objects.filter(live, case_id=case.pk, need_id__isnull=False).filter(
        Q(recipient_organisation_id__in=mine) | Q(requester_organisation_id__in=mine)
    )
    return frozenset(need for need in rows.values_list("need_id", flat=True) if need is not None)
