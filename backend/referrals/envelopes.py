"""Opens the envelopes of one referral together: its service, its appointment, the notes of its questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from backend.encryption import vault
from backend.referrals import appointments, asking, services
from backend.referrals.models import Question, Referral


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed. `notes` are texts by question and label."""

    service_code: str = ""
    appointment: datetime | None = None
    notes: dict[tuple[UUID, str], str] = field(default_factory=dict)


def open_service(referral: Referral) -> Opened:
    """Open the service alone."""
    return Opened(service_code=services.code_of(referral))


def open_all(referral: Referral, questions: Sequence[Question]) -> Opened:
    """Open everything but the narrative, with one look-up of the key."""
    wanted = {**_own(referral), **asking.envelopes(questions)}
    values = vault.open_many(owner_id=referral.case_id, sealed=list(wanted.values()))
    found = dict(zip(wanted, values, strict=True))
    service = found.pop((referral.id, services.LABEL), None)
    appointment = found.pop((referral.id, appointments.LABEL), None)
    return Opened(
        service_code=services.code_in(service) if service is not None else referral.service_code,
        appointment=appointments.moment_in(appointment) if appointment is not None else None,
        notes={key: cast("str", text) for key, text in found.items()},
    )


def _own(referral: Referral) -> dict[tuple[UUID, str], vault.Sealed]:
    both = (services.sealed(referral), appointments.sealed(referral))
    return {(one.record_id, one.label): one for one in both if one is not None}
