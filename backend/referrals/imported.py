"""What a provider without accounts has told in a file: many visits of one referral, one entry, one insert."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models.functions import Now

from audit.acts import act
from backend.errors import Fault, Invalid
from backend.reference.lists import code_exists
from backend.referrals import sides, stepping
from backend.referrals.lifecycle import ON_BEHALF
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.reporting import Report
from backend.referrals.standing import standing_of
from permissions.actor import Actor
from permissions.scope import Forbidden

# The person was assigned to the service, came, did not come; or the file has the day and says neither.
VERBS: Final = frozenset({"assigned", "attended", "missed", "recorded"})
KIND: Final = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that happened: `detail` is a business status, `reason_code` one of `referral_reasons`, or empty."""

    verb: str
    detail: str = ""
    reason_code: str = ""
    happened_on: date | None = None


def tell(by: Actor, referral: Referral, *, told: Sequence[Told], report: Report) -> None:
    """Add an event for each of `told`, in this order; the referral itself stays as it is.

    Allowed when and to whom reporting progress on behalf is. Raises NotFound, Forbidden, Conflict, Invalid.
    """
    _check(told)
    with (
        stepping.case_locked(referral.case_id),
        act(by, "referral.told", referral, told=len(told)) as current,
    ):
        standing = standing_of(referral)
        side = sides.side_for(by, referral, verb="progress", standing=standing)
        if side != ON_BEHALF:
            raise Forbidden
        stepping.find_for(by, referral, standing=standing, verb="progress", side=side)
        current.note(**Counter(one.verb for one in told))
        ReferralEvent.objects.bulk_create(_events(by, referral, told, report))


def _check(told: Sequence[Told]) -> None:
    faults = []
    for place, one in enumerate(told):
        if one.verb not in VERBS:
            faults.append(Fault(f"/told/{place}/verb", "unknown_code"))
        if one.detail and not code_exists("business_statuses", one.detail):
            faults.append(Fault(f"/told/{place}/detail", "unknown_code"))
        if one.reason_code and not code_exists("referral_reasons", one.reason_code):
            faults.append(Fault(f"/told/{place}/reason_code", "unknown_code"))
    if faults:
        raise Invalid(*faults)


def _events(by: Actor, referral: Referral, told: Sequence[Told], report: Report) -> list[ReferralEvent]:
    """Return the rows. Events are read in the order of `at`: a microsecond apart keeps that of the file."""
    person = sides.person(by)
    organisation_id = sides.organisation_of(by, referral, side=ON_BEHALF)
    return [
        ReferralEvent(
            case_id=referral.case_id,
            team_id=referral.team_id,
            referral=referral,
            kind=KIND,
            verb=one.verb,
            side=ON_BEHALF,
            from_status=referral.status,
            to_status=referral.status,
            reason_code=one.reason_code,
            detail=one.detail,
            channel=report.channel,
            reporter=report.reporter,
            by_user=person,
            by_organisation_id=organisation_id,
            happened_on=one.happened_on,
            at=Now() + timedelta(microseconds=place),
        )
        for place, one in enumerate(told)
    ]
