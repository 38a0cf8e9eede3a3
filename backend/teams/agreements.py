"""Memoranda and sharing agreements: what lets an organisation take part. Access ends when they end, by the
clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from audit.acts import act
from backend.errors import Fault, Invalid
from backend.teams.models import Memorandum, Organisation, SharingAgreement, Team
from backend.teams.writing import change, needed
from permissions.actor import Actor

MANAGE = "memorandum.manage"


def register_memorandum(
    by: Actor,
    *,
    organisation: Organisation,
    number: str,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> Memorandum:
    """Enter a memorandum of the Office with an organisation; from now on when `valid_from` is not given."""
    memorandum = Memorandum(organisation=organisation, number=number)
    _set_interval(memorandum, valid_from, valid_until)
    with act(by, "memorandum.registered", memorandum, needs=needed(by, MANAGE), organisation=organisation.id):
        memorandum.save()
    return memorandum


def register_agreement(
    by: Actor,
    *,
    team: Team,
    organisation: Organisation,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> SharingAgreement:
    """Enter the agreement by which an organisation sits in a team."""
    agreement = SharingAgreement(team=team, organisation=organisation)
    _set_interval(agreement, valid_from, valid_until)
    with act(by, "agreement.registered", agreement, needs=needed(by, MANAGE), organisation=organisation.id):
        agreement.save()
    return agreement


def change_memorandum(
    by: Actor, memorandum: Memorandum, *, changes: Mapping[str, Any], version: int | None = None
) -> None:
    """Change number or interval; an end in the past closes every door at once."""
    _check(memorandum, changes, {"number", "valid_from", "valid_until"})
    change(by, memorandum, verb="memorandum.changed", needs=MANAGE, changes=changes, version=version)


def change_agreement(
    by: Actor, agreement: SharingAgreement, *, changes: Mapping[str, Any], version: int | None = None
) -> None:
    """Change the interval of a sharing agreement."""
    _check(agreement, changes, {"valid_from", "valid_until"})
    change(by, agreement, verb="agreement.changed", needs=MANAGE, changes=changes, version=version)


def _check(on: Memorandum | SharingAgreement, changes: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(changes) - allowed):
        raise Invalid(*(Fault(f"/{name}", "unknown_field") for name in unknown))
    interval = {"valid_from": on.valid_from, "valid_until": on.valid_until, **changes}
    _check_interval(interval["valid_from"], interval["valid_until"])


def _set_interval(
    on: Memorandum | SharingAgreement, valid_from: datetime | None, valid_until: datetime | None
) -> None:
    _check_interval(valid_from or timezone.now(), valid_until)
    if valid_from is not None:
        on.valid_from = valid_from
    on.valid_until = valid_until


def _check_interval(valid_from: datetime, valid_until: datetime | None) -> None:
    if valid_until is not None and valid_until <= valid_from:
        raise Invalid(Fault("/valid_until", "before_valid_from"))
