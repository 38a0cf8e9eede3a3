"""Tells the other side of a referral to look at it, and lists what was disclosed to whom."""

from collections.abc import Iterable
from typing import Final

from backend.cases.models import Disclosure
from backend.cases.notify import tell_organisation
from backend.referrals.lifecycle import SYSTEM, TARGET
from backend.referrals.models import Referral

# What a preview says, whatever is offered: the age band and the one need referred.
PREVIEW: Final = ("basic_profile", "needs")


def tell_others(referral: Referral, *, kind: str, side: str) -> None:
    """Notify the side that did not take the step. A recipient hears of nothing before it is sent."""
    told = []
    if side in {TARGET, SYSTEM}:
        told.append(referral.requester_organisation_id)
    if side != TARGET and referral.sent_at is not None and referral.recipient_organisation_id is not None:
        told.append(referral.recipient_organisation_id)
    for organisation_id in told:
        tell_organisation(
            organisation_id,
            team_id=referral.team_id,
            kind=kind,
            object_kind="referral",
            object_id=referral.id,
            service_code=referral.service_code,
        )


def disclosed(referral: Referral, data_classes: Iterable[str]) -> None:
    """Write down that these classes were opened to the recipient, and on what basis."""
    if referral.recipient_organisation_id is None:
        return
    Disclosure.objects.create(
        case_id=referral.case_id,
        team_id=referral.team_id,
        organisation_id=referral.recipient_organisation_id,
        referral_id=referral.id,
        data_classes=sorted(set(data_classes)),
        consent_id=referral.consent_id,
        safeguarding_basis_id=referral.safeguarding_basis_id,
    )
