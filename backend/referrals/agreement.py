"""Whether the recipient of a referral still has its agreement, by the database's clock.

A team's organisation needs a sharing agreement (a civil-society organisation also a memorandum), a partner a
memorandum. A provider without accounts has neither, and nothing of it can end.
"""

from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from backend.prepared import Prepared
from backend.referrals.models import Referral
from backend.teams.models import Membership, Memorandum, Organisation, SharingAgreement
from backend.teams.models.base import live
from backend.teams.models.memberships import ROLES_OF_A_TEAM

ORGANISATION = "recipient_organisation"


def lapsed() -> Q:
    """Return the condition that the recipient of a referral has lost its agreement."""
    memoranda = Memorandum.objects.filter(live(), organisation_id=OuterRef(f"{ORGANISATION}_id"))
    agreements = SharingAgreement.objects.filter(
        live(), organisation_id=OuterRef(f"{ORGANISATION}_id"), team_id=OuterRef("team_id")
    ).exclude(organisation__sector="cso")
    holds = Q(Exists(memoranda)) | Q(Exists(agreements))
    with_accounts = Q(**{f"{ORGANISATION}__has_accounts": True})
    return with_accounts & ~(holds & Q(**{f"{ORGANISATION}__is_active": True}))


def unattended() -> Q:
    """Return the condition that nobody at the recipient sees the referral any more, whatever has ended.

    The agreement or memorandum, the organisation itself, or the last membership or account there. What has lapsed is
    unattended; what is unattended by membership alone still stands on its agreement.
    """
    here = Q(organisation_id=OuterRef(f"{ORGANISATION}_id"))
    people = Membership.objects.filter(live(), here, user__is_active=True)
    memorandum = Q(Exists(Memorandum.objects.filter(live(), here)))
    agreement = Q(Exists(SharingAgreement.objects.filter(live(), here, team_id=OuterRef("team_id"))))
    no_society = ~Q(**{f"{ORGANISATION}__sector": "cso"})
    seated = Q(Exists(people.filter(role__in=ROLES_OF_A_TEAM, team_id=OuterRef("team_id"))))
    partners = Q(Exists(people.filter(role="partner_worker")))
    attended = (seated & agreement & (no_society | memorandum)) | (partners & memorandum)
    is_active = Q(**{f"{ORGANISATION}__is_active": True})
    return Q(**{f"{ORGANISATION}__has_accounts": True}) & ~(attended & is_active)


def has_lapsed(referral: Referral) -> bool:
    """Say whether the recipient of this one has lost its agreement."""
    return bool(_LAPSED.rows(pk=referral.pk))


def _lapsed_one(*, pk: UUID) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(lapsed(), pk=pk).values_list("pk")


_LAPSED: Final = Prepared(_lapsed_one)


def recipient(organisation_id: UUID, *, team_id: UUID) -> tuple[Organisation, bool] | None:
    """Return an active organisation, and whether a referral of the team can go to it now; None when it is unknown."""
    found = _RECIPIENT.first(organisation_id=organisation_id, team_id=team_id)
    return None if found is None else (found, found.receives)


def _recipients(*, organisation_id: UUID, team_id: UUID) -> QuerySet[Organisation]:
    memoranda = Memorandum.objects.filter(live(), organisation_id=OuterRef("pk"))
    agreements = SharingAgreement.objects.filter(live(), organisation_id=OuterRef("pk"), team_id=team_id)
    seated = Q(Exists(agreements)) & ~Q(sector="cso")
    holds = Q(has_accounts=False) | Q(Exists(memoranda)) | seated
    rows = Organisation.objects.filter(pk=organisation_id, is_active=True)
    return rows.annotate(receives=ExpressionWrapper(holds, output_field=BooleanField()))


_RECIPIENT: Final = Prepared(_recipients)


def may_receive(organisation: Organisation, *, team_id: UUID) -> bool:
    """Say whether a referral of the team can go to the organisation now."""
    found = recipient(organisation.pk, team_id=team_id)
    return found is not None and found[1]
