"""Finds grants without a live reason. There should be none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Concat

from backend.cases.models import Case, CaseGrant
from backend.cases.models.case import HOLDS, OPENED
from backend.referrals.lifecycle import OPEN, TO_ACKNOWLEDGE, UNDER_WAY
from backend.referrals.models import Referral
from backend.referrals.reasons import LAPSES, RECEIVED, SENT
from backend.teams.models import Membership, TeamGrant
from backend.teams.models.base import live
from permissions import grants


@dataclass(frozen=True, slots=True)
class Orphan:
    """A grant that nothing explains: its kind, its id, the reason that it claims."""

    kind: str
    grant_id: int
    reason: str
    source_id: UUID


def orphans() -> Iterator[Orphan]:
    """Yield every grant without a live reason; none is what should come."""
    explained = Q()
    for reason, source in _sources().items():
        explained |= Q(reason=reason) & Q(Exists(source))
    for grant in CaseGrant.objects.exclude(explained).order_by("pk"):
        yield Orphan("case", grant.pk, grant.reason, grant.source_id)
    # One that has ended by its own clock, as with a role that was given until a day, opens nothing any more.
    held = TeamGrant.objects.filter(grants.live())
    for team_grant in held.exclude(Q(reason="role") & Q(Exists(_roles()))).order_by("pk"):
        yield Orphan("team", team_grant.pk, team_grant.reason, team_grant.source_id)


def _group_of(organisation: str) -> Concat:
    """Return the name that the group of an organisation in the row's team has."""
    return Concat(
        Value("organisation:"),
        Cast(organisation, TextField()),
        Value(":team:"),
        Cast("team_id", TextField()),
        output_field=TextField(),
    )


def _sources() -> dict[str, QuerySet[Any]]:
    same_case = Case.objects.filter(pk=OuterRef("content_object_id"), id=OuterRef("source_id"))
    same_referral = Referral.objects.filter(
        pk=OuterRef("source_id"), case_id=OuterRef("content_object_id"), acknowledged_at=None
    )
    held = Q(status="on-hold", reason_code__in=LAPSES)
    in_hand = same_referral.filter(Q(status__in=UNDER_WAY) & ~held | Q(status="completed"))
    same_end = Q(basis_until=OuterRef("until"))
    return {
        OPENED: _to(same_case, "opened_by_organisation_id"),
        HOLDS: _to(same_case, "holder_organisation_id"),
        SENT: _to(same_referral.filter(status__in=OPEN | TO_ACKNOWLEDGE), "requester_organisation_id"),
        RECEIVED: _to(in_hand.filter(same_end), "recipient_organisation_id"),
    }


def _to(rows: QuerySet[Any], organisation: str) -> QuerySet[Any]:
    named: QuerySet[Any] = rows.annotate(group_name=_group_of(organisation))
    return named.filter(group_name=OuterRef("group__name"))


def _roles() -> QuerySet[Membership]:
    role_group = Concat(
        Value("role:"), F("role"), Value(":team:"), Cast("team_id", TextField()), output_field=TextField()
    )
    return (
        Membership.objects.filter(live(), pk=OuterRef("source_id"), team_id=OuterRef("content_object_id"))
        .annotate(group_name=role_group)
        .filter(group_name=OuterRef("group__name"))
    )
