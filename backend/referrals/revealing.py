"""The note that goes with a referral: opened by an audited act of its own, with a purpose that is stated."""

from typing import Final, cast

from django.db import transaction

from audit import recorder
from backend.cases.classes import NARRATIVE
from backend.cases.reveal import stated_purposes
from backend.encryption import vault
from backend.errors import Fault, Invalid
from backend.referrals import notices, reading, sides
from backend.referrals.access import FULL, of_recipient
from backend.referrals.drafting import NARRATIVE as LABEL
from backend.referrals.lifecycle import TARGET
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from backend.referrals.standing import basis_is_live
from permissions.actor import Actor
from permissions.scope import Forbidden

FIELDS: Final = ("narrative",)


def reveal(by: Actor, referral: Referral, *, fields: list[str], purpose: str) -> dict[str, str]:
    """Open the named fields for `purpose` (`reveal_purposes.csv`): the requester's own, the recipient's while the
    referral is accepted and its consent covers notes. A machine never reads one.

    Raises NotFound, Forbidden, Invalid unknown_code or required.
    """
    by.require(REACH.view, referral)
    _check(fields, purpose)
    # What it discloses is written with its entry, or not at all.
    with transaction.atomic(savepoint=False):
        _require_note(by, referral)
        recorder.record(
            by,
            "referral.revealed",
            team=referral.team_id,
            kind="referral",
            object_id=str(referral.id),
            fields=list(fields),
            purpose=purpose,
        )
    return {"narrative": _text(referral)}


def _check(fields: list[str], purpose: str) -> None:
    if not fields or len(fields) != len(set(fields)):
        raise Invalid(Fault("/fields", "repeated" if fields else "required"))
    for place, name in enumerate(fields):
        if name not in FIELDS:
            raise Invalid(Fault(f"/fields/{place}", "unknown_code"))
    if purpose not in stated_purposes():
        raise Invalid(Fault("/purpose", "unknown_code" if purpose else "required"))


def _require_note(by: Actor, referral: Referral) -> None:
    if by.kind != "user":
        raise Forbidden
    if referral.requester_organisation_id in by.organisations(team_id=referral.team_id):
        return
    full = TARGET in sides.sides_of(by, referral) and of_recipient(reading.moment(referral)) == FULL
    if not full or NARRATIVE not in referral.data_classes or not basis_is_live(referral):
        raise Forbidden
    notices.disclosed(referral, (NARRATIVE,))


def _text(referral: Referral) -> str:
    if referral.narrative is None:
        return ""
    return cast(
        "str",
        vault.open_for(
            owner_id=referral.case_id,
            record_id=referral.id,
            label=LABEL,
            envelope=bytes(referral.narrative),
            revision=referral.narrative_revision,
        ),
    )
