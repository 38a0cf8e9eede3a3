"""The receipt of a consent: what the person takes home. It has a number of its own and never the code of the case.

Whoever finds the paper learns what somebody agreed to, and nothing that leads to a case: the signed copy stays in the
organisation's own file, and the number is made from the consent's random id by a one-way function.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from audit import recorder
from backend.cases.codes import ALPHABET
from backend.cases.models import Consent, ConsentRecipient
from backend.cases.receipt_text import texts
from permissions.actor import Actor
from permissions.scope import Forbidden, may

READ: Final = "consent.receipt_read"
_NUMBER: Final = b"spona.receipt.v1\0"
_LONG: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThere:
    """An organisation at its place in the person's order, and the classes that it gets."""

    position: int
    organisation: str
    data_classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was agreed, in codes and names; `text` is the same to print, by language."""

    number: str
    agreed_at: datetime
    given_by: str
    how: str
    bundle: str
    purposes: tuple[str, ...]
    recipients: tuple[NamedThere, ...]
    valid_until: datetime
    withdrawn_at: datetime | None
    text: Mapping[str, str]


def read_receipt(by: Actor, consent: Consent) -> Receipt:
    """Return the receipt of a consent that `by` sees, in one audited read (`consent.receipt_read`).

    Only whoever may record a consent in the case prints one: a recipient knows its own part alone, and a receipt is
    whole. Raises Forbidden, AuditUnavailable.
    """
    if not may(by, "consent.record", consent.case):
        raise Forbidden
    found = _receipt(consent, _recipients(consent))
    recorder.record(by, READ, team=consent.team_id, kind="consent", object_id=str(consent.id))
    return found


def number_of(consent_id: UUID) -> str:
    """Return the number of a consent's receipt: ten characters of Crockford's alphabet, in two groups."""
    found = int.from_bytes(hashlib.sha256(_NUMBER + consent_id.bytes).digest())
    drawn = "".join(ALPHABET[found >> 5 * place & 31] for place in range(_LONG))
    return f"{drawn[:5]}-{drawn[5:]}"


def _recipients(consent: Consent) -> tuple[NamedThere, ...]:
    rows = ConsentRecipient.objects.filter(consent=consent).order_by("position")
    found = rows.values_list("position", "organisation__name", "data_classes")
    return tuple(
        NamedThere(position=position, organisation=name, data_classes=tuple(classes))
        for position, name, classes in found
    )


def _receipt(consent: Consent, recipients: Iterable[NamedThere]) -> Receipt:
    withdrawal = getattr(consent, "withdrawal", None)
    said: dict[str, Any] = {
        "number": number_of(consent.id),
        "agreed_at": consent.recorded_at,
        "given_by": consent.given_by,
        "how": consent.how,
        "bundle": consent.bundle,
        "purposes": tuple(consent.purposes),
        "recipients": tuple(recipients),
        "valid_until": consent.valid_until,
        "withdrawn_at": withdrawal.recorded_at if withdrawal else None,
    }
    return Receipt(**said, text=texts(said))
