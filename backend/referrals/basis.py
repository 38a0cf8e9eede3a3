"""What a referral stands on: a consent that names its recipient and its data, or a coded legal exception."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from backend.cases.consents import live_recipients
from backend.cases.models import Consent, ConsentRecipient, SafeguardingBasis
from backend.cases.safeguarding import IN_SYSTEM
from backend.errors import Conflict, Fault, Invalid
from backend.reference.lists import entry
from backend.referrals.lifecycle import OPEN
from backend.referrals.models import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A live basis for one recipient: the classes that it opens, in all, and until when."""

    data_classes: frozenset[str]
    until: datetime
    consent: Consent | None = None
    exception: SafeguardingBasis | None = None
    position: int = 0


def consents_for(referral: Referral) -> QuerySet[ConsentRecipient]:
    """Return the places at which live consents to refer name the recipient, for this need or for any."""
    if referral.recipient_organisation_id is None:
        return ConsentRecipient.objects.none()
    return live_recipients(referral.case).filter(
        Q(consent__need_id=None) | Q(consent__need_id=referral.need_id),
        organisation_id=referral.recipient_organisation_id,
        consent__purposes__contains=["referral"],
    )


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
    named = consents_for(referral).select_related("consent").order_by("-consent__valid_until")
    if consent_id is not None:
        named = named.filter(consent_id=consent_id)
    return next((_of(place) for place in named if set(wanted) <= set(place.data_classes)), None)


def _of(place: ConsentRecipient) -> Basis:
    return Basis(
        data_classes=frozenset(place.data_classes),
        until=place.consent.valid_until,
        consent=place.consent,
        position=place.position,
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


def check_order(referral: Referral, basis: Basis) -> None:
    """Raise Conflict `not_next_in_order` while an organisation named earlier has yet to end without help.

    A consent for one need is tried strictly in its order. One for the whole case names organisations for
    different needs; there only a referral of the same need that is still open stands in the way.
    """
    if basis.consent is None:
        return
    earlier = ConsentRecipient.objects.filter(consent=basis.consent, position__lt=basis.position)
    names = list(earlier.values_list("organisation_id", flat=True))
    if not names:
        return
    tried = dict.fromkeys(names, False)
    for organisation_id, status, outcome in _tries(referral, names):
        if status in OPEN or _was_help(status, outcome):
            raise Conflict("not_next_in_order")
        tried[organisation_id] = True
    if basis.consent.need_id is not None and not all(tried.values()):
        raise Conflict("not_next_in_order")


def _tries(referral: Referral, names: list[UUID]) -> QuerySet[Referral, tuple[UUID, str, str]]:
    sent = Referral.objects.filter(
        case_id=referral.case_id, recipient_organisation_id__in=names, sent_at__isnull=False
    )
    same = sent.filter(need_id=referral.need_id) if referral.need_id else sent.none()
    return (
        same.exclude(pk=referral.pk)
        .exclude(status="entered-in-error")
        .values_list("recipient_organisation_id", "status", "outcome_code")
    )


def _was_help(status: str, outcome: str) -> bool:
    return status == "completed" and entry("referral_outcomes", outcome).is_yes("help_given")


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
