"""Sending: the recipient can take it, consent or a legal exception covers it, and the clock begins."""

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from backend.cases.classes import NARRATIVE
from backend.errors import Conflict
from backend.reference.working_days import due_at
from backend.referrals import agreement, basis, notices, services
from backend.referrals.basis import Basis
from backend.referrals.drafting import Terms, fill
from backend.referrals.models import Referral
from backend.referrals.stepping import taking
from backend.referrals.tries import Tries, tries_of
from permissions.actor import Actor


def send(by: Actor, referral: Referral, *, version: int | None = None) -> Referral:
    """Send a draft. Raises Conflict not_next_in_order, second_person_missing or case_not_active, Invalid
    not_covered, no_agreement or required."""
    with taking(by, referral, verb="send", version=version, given=tuple(named(referral))):
        agreement.check_recipient(referral)
        prepare(
            referral,
            tries=tries_of(referral.case_id),
            consent_id=referral.consent_id,
            exception_id=referral.safeguarding_basis_id,
        )
        notices.disclosed(referral, notices.PREVIEW)
    return referral


def edit(by: Actor, referral: Referral, *, terms: Terms, version: int) -> Referral:
    """Change a draft; what `terms` does not say stays. Raises Stale, Conflict, Invalid."""
    with taking(by, referral, verb="edit", version=version):
        fill(referral, terms, tries=tries_of(referral.case_id))
        keep_basis(referral, terms)
    return referral


def keep_basis(referral: Referral, terms: Terms) -> None:
    """Note which basis a draft is to stand on. Whether it covers is judged when the referral is sent."""
    if terms.consent_id is None and terms.safeguarding_basis_id is None:
        return
    found = basis.named_in_case(
        referral, consent_id=terms.consent_id, exception_id=terms.safeguarding_basis_id
    )
    referral.consent_id, referral.safeguarding_basis_id = found


def named(referral: Referral) -> Iterator[str]:
    """Return which inputs of sending the draft has. Whether its basis holds is judged apart, and said apart."""
    yield "consent_or_basis"
    if referral.recipient_organisation_id is not None:
        yield "recipient"
    if referral.service_code or referral.sealed_service is not None:
        yield "service_code"


def prepare(referral: Referral, *, tries: Tries, consent_id: UUID | None, exception_id: UUID | None) -> None:
    """Put basis, classes and clock into a referral that is about to be sent to somebody who can take it."""
    if referral.case.status != "active":
        raise Conflict("case_not_active")
    found = basis.find(referral, wanted=wanted(referral), consent_id=consent_id, exception_id=exception_id)
    _stand_on(referral, basis.required(found), tries)
    now = timezone.now()
    referral.sent_at, referral.due_at = now, due_at(now, referral.urgency)


def wanted(referral: Referral) -> frozenset[str]:
    """Return the classes that the basis must cover: those offered, that of the service, that of a note."""
    note = {NARRATIVE} if referral.narrative is not None else set()
    return frozenset(referral.data_classes) | services.class_of(services.code_of(referral)) | note


def check_turn(referral: Referral, found: Basis, *, tries: Tries) -> None:
    """Raise Conflict not_next_in_order unless it is the recipient's turn in the person's order."""
    strictly = found.consent is not None and found.consent.need_id is not None
    tries.check_order(referral, earlier=found.earlier, strictly=strictly)


def _stand_on(referral: Referral, found: Basis, tries: Tries) -> None:
    check_turn(referral, found, tries=tries)
    referral.consent, referral.safeguarding_basis = found.consent, found.exception
    referral.basis_until = found.until
    if not referral.data_classes:
        referral.data_classes = sorted(found.data_classes)
    referral.data_classes = sorted(wanted(referral))
