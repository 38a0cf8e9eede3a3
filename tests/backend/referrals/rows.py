"""Referrals written as plain rows: any state beside any clock, without the steps that lead there."""

from typing import Any
from uuid import uuid4

from django.db.models import Max

from backend.referrals.models import Referral
from tests.backend.referrals.loops import Loop
from tests.world import saved


def a_row(loop: Loop, status: str = "requested", **values: Any) -> Referral:
    """Save a referral from the centre to the clinic, or between whom `values` say."""
    last = Referral.objects.filter(case=loop.case).aggregate(last=Max("number"))["last"]
    given = {
        "requester_organisation": loop.town.centre,
        "recipient_organisation": loop.town.clinic,
        "service_code": "TX-OPC",
        "urgency": "routine",
        "handover_mode": "standard",
        "basis_until": loop.consent.valid_until,
        **values,
    }
    row: Referral = saved(
        Referral(
            case=loop.case,
            team=loop.town.team,
            code=f"R{uuid4().hex[:15]}",
            number=(last or 0) + 1,
            spoken_name=loop.case.spoken_name,
            created_by=loop.town.social_worker.id,
            status=status,
            **given,
        )
    )
    return row
