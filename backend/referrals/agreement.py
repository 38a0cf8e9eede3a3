"""Whether the recipient of a referral still has its agreement, by the database's clock.

A team's organisation needs a sharing agreement (a civil-society organisation also a memorandum), a partner a
memorandum. A provider without accounts has neither, and nothing of it can end.
"""

from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from backend.cases.shut_out import known, organisation_is_out, organisation_out_of
from backend.errors import Fault, Invalid
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


def shut_out() -> Q:
    """Return the condition that the recipient of a referral is shut out of its case: for it, neither is there."""
    return Q(organisation_is_out(case="case_id", organisation=f"{ORGANISATION}_id"))


def cut_off() -> Q:
    """Return the condition that the recipient cannot answer: its agreement has lapsed, or it is shut out."""
    return lapsed() | shut_out()


def unattended() -> Q:
    """Return the condition that nobody at the recipient sees the referral any more, whatever has ended.

    It is shut out of the case; or the agreement or memorandum has ended, the organisation itself, or the last
    membership or account there. What has lapsed is unattended; what is unattended by membership alone still stands on
    its agreement.
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
    return (Q(**{f"{ORGANISATION}__has_accounts": True}) & ~(attended & is_active)) | shut_out()


def has_lapsed(referral: Referral) -> bool:
    """Say whether the recipient of this one has lost its agreement."""
    return bool(_LAPSED.rows(pk=referral.pk))


def is_cut_off(referral: Referral) -> bool:
    """Say whether the recipient of this one cannot answer it, though it has accounts."""
    return bool(_CUT_OFF.rows(pk=referral.pk))


def _cut_off_one(*, pk: UUID) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(cut_off(), pk=pk).values_list("pk")


_CUT_OFF: Final = Prepared(_cut_off_one)


def _lapsed_one(*, pk: UUID) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(lapsed(), pk=pk).values_list("pk")


_LAPSED: Final = Prepared(_lapsed_one)


class Recipient(NamedTuple):
    """An active organisation; whether a referral of the team can go to it now, and whether the case shuts it out."""

    organisation: Organisation
    receives: bool
    is_shut_out: bool


def recipient(organisation_id: UUID, *, team_id: UUID, case_id: UUID | None = None) -> Recipient | None:
    """Return how an organisation stands to a referral of the team (and of a case); None when it is unknown."""
    found = _RECIPIENT.first(organisation_id=organisation_id, team_id=team_id, case_id=case_id)
    return None if found is None else Recipient(found, found.receives, bool(found.is_shut_out))


def _recipients(*, organisation_id: UUID, team_id: UUID, case_id: UUID | None) -> QuerySet[Organisation]:
    memoranda = Memorandum.objects.filter(live(), organisation_id=OuterRef("pk"))
    agreements = SharingAgreement.objects.filter(live(), organisation_id=OuterRef("pk"), team_id=team_id)
    seated = Q(Exists(agreements)) & ~Q(sector="cso")
    holds = Q(has_accounts=False) | Q(Exists(memoranda)) | seated
    rows = Organisation.objects.filter(pk=organisation_id, is_active=True)
    return rows.annotate(
        receives=ExpressionWrapper(holds, output_field=BooleanField()),
        is_shut_out=organisation_out_of(case_id, organisation="pk"),
    )


_RECIPIENT: Final = Prepared(_recipients)


def check_recipient(referral: Referral) -> Organisation:
    """Return the organisation to which a referral of its case may go now.

    Raises Invalid: required, unknown_id, no_agreement, and shut_out to those alone who may know of the exclusion.
    """
    if referral.recipient_organisation_id is None:
        raise Invalid(Fault("/recipient", "required"))
    found = recipient(referral.recipient_organisation_id, team_id=referral.team_id, case_id=referral.case_id)
    if found is None:
        raise Invalid(Fault("/recipient", "unknown_id"))
    if found.is_shut_out:
        told = {whom.organisation_id for whom in known([referral.case_id]).values()}
        raise Invalid(Fault("/recipient", "shut_out" if found.organisation.pk in told else "no_agreement"))
    if not found.receives:
        raise Invalid(Fault("/recipient", "no_agreement"))
    return found.organisation


def may_receive(organisation: Organisation, *, team_id: UUID) -> bool:
    """Say whether a referral of the team can go to the organisation now."""
    found = recipient(organisation.pk, team_id=team_id)
    return found is not None and found.receives
