"""What a referral stands on: a consent that names its recipient and its data, or a coded legal exception."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from backend.cases.consents import live_recipients
from backend.cases.models import Consent, ConsentRecipient, SafeguardingBasis
from backend.cases.safeguarding import IN_SYSTEM
from backend.errors import Conflict, Fault, Invalid
from backend.prepared import Prepared
from backend.reference.lists import entry
from backend.referrals.models import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A live basis for one recipient: the classes that it opens, in all, until when, and who was named before."""

    data_classes: frozenset[str]
    until: datetime
    consent: Consent | None = None
    exception: SafeguardingBasis | None = None
    earlier: frozenset[UUID] = frozenset()


def consents_for(referral: Referral) -> list[ConsentRecipient]:
    """Return all names in live consents to refer, for this need or for any; the longest consent first."""
    return _CONSENTS.rows(case_id=referral.case_id, need_id=referral.need_id)


def _consents(*, case_id: UUID, need_id: UUID | None) -> QuerySet[ConsentRecipient]:
    for_need = Q(consent__need_id=None) | Q(consent__need_id=need_id)
    live = live_recipients(case_id).filter(for_need, consent__purposes__contains=["referral"])
    return live.select_related("consent").order_by("-consent__valid_until", "consent_id", "position")


_CONSENTS: Final = Prepared(_consents)


def find(
    referral: Referral,
    *,
    wanted: Collection[str],
    consent_id: UUID | None = None,
    exception_id: UUID | None = None,
) -> Basis | None:
    """Return the basis that covers the recipient and `wanted`, the longest one; None when nothing does."""
    if exception_id is not None:
        return _exception(referral, exception_id, wanted=wanted)
    names = consents_for(referral)
    for place in names:
        named = place.organisation_id == referral.recipient_organisation_id
        chosen = consent_id in {None, place.consent_id}
        if named and chosen and set(wanted) <= set(place.data_classes):
            return _of(place, names)
    return None


def _of(place: ConsentRecipient, names: Iterable[ConsentRecipient]) -> Basis:
    return Basis(
        data_classes=frozenset(place.data_classes),
        until=place.consent.valid_until,
        consent=place.consent,
        earlier=frozenset(
            one.organisation_id
            for one in names
            if one.consent_id == place.consent_id and one.position < place.position
        ),
    )


def _exception(referral: Referral, exception_id: UUID, *, wanted: Collection[str]) -> Basis | None:
    found = SafeguardingBasis.objects.filter(
        pk=exception_id, case_id=referral.case_id, basis__in=IN_SYSTEM, valid_until__gt=Now()
    ).first()
    if found is None or found.recipient_id not in {None, referral.recipient_organisation_id}:
        return None
    if not set(wanted) <= set(found.data_classes):
        return None
    if (
        found.confirmed_by is None
        and entry("safeguarding_bases", found.basis).attributes["second_person"] == "before"
    ):
        raise Conflict("second_person_missing")
    return Basis(data_classes=frozenset(found.data_classes), until=found.valid_until, exception=found)


def required(basis: Basis | None) -> Basis:
    """Return the basis. Raises Invalid `not_covered` when there is none."""
    if basis is None:
        raise Invalid(Fault("/consent", "not_covered"))
    return basis


def named_in_case(
    referral: Referral, *, consent_id: UUID | None, exception_id: UUID | None
) -> tuple[UUID | None, UUID | None]:
    """Return the ids of a basis that a draft names, once they are found in its case. Raises Invalid `unknown`."""
    for model, found_id, at in (
        (Consent, consent_id, "/consent"),
        (SafeguardingBasis, exception_id, "/safeguarding_basis"),
    ):
        if found_id is not None and not model.objects.filter(pk=found_id, case_id=referral.case_id).exists():
            raise Invalid(Fault(at, "unknown_id"))
    return consent_id, exception_id
