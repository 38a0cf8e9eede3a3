"""What somebody writes into a referral before it is sent, checked place by place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from backend.cases.classes import stored
from backend.cases.sealed_rows import Facts, open_classes
from backend.cases.texts import NOTE_LIMIT, screened
from backend.directory.models import Service
from backend.encryption import vault
from backend.errors import Fault, Invalid
from backend.prepared import Prepared
from backend.referrals import agreement, choices, services
from backend.referrals.models import Referral
from backend.referrals.tries import Tries

NARRATIVE: Final = "referral.narrative"
NEW_TERMS: Final = {"urgency": "routine", "handover_mode": "comes_with_card"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The input of a referral. None means "not said"; ids are those of rows that the caller names.

    Either `service_id` (an entry of the directory, which names organisation and code) or `recipient_id` and
    `service_code`. Without `data_classes` the recipient is offered all that the basis covers for it.
    """

    service_id: UUID | None = None
    service_code: str | None = None
    recipient_id: UUID | None = None
    need_id: UUID | None = None
    urgency: str | None = None
    handover_mode: str | None = None
    data_classes: tuple[str, ...] | None = None
    consent_id: UUID | None = None
    safeguarding_basis_id: UUID | None = None
    replaces_id: UUID | None = None
    narrative: str | None = None


def fill(referral: Referral, terms: Terms, *, tries: Tries) -> Facts:
    """Put `terms` into an unsent referral; returns what was opened of the case to find the need.

    Raises Invalid with the first place that is wrong.
    """
    _fill_service(referral, terms)
    facts = _fill_need(referral, terms.need_id) if terms.need_id is not None else {}
    if terms.replaces_id is not None:
        _fill_replaced(referral, tries.replaceable(terms.replaces_id))
    for name, check in _FILLERS.items():
        value = getattr(terms, name)
        if value is not None:
            check(referral, value)
    return facts


def _fill_service(referral: Referral, terms: Terms) -> None:
    code, service_id = terms.service_code, None
    if terms.service_id is not None:
        found: Service | None = _SERVICE.first(pk=terms.service_id)
        if found is None or code not in {None, found.code}:
            raise Invalid(Fault("/service", "unknown_id"))
        if terms.recipient_id not in {None, found.organisation_id}:
            raise Invalid(Fault("/service", "of_another_organisation"))
        code, service_id, referral.recipient_organisation_id = found.code, found.id, found.organisation_id
    if terms.recipient_id is not None:
        referral.recipient_organisation_id = terms.recipient_id
    if code is not None:
        services.check_referable(code)
        services.set_service(referral, code=code, service_id=service_id)
    if terms.recipient_id is not None or code is not None:
        _check_recipient(referral, code or services.code_of(referral))


def _service(*, pk: UUID) -> QuerySet[Service]:
    return Service.objects.filter(pk=pk, is_active=True)


_SERVICE: Final = Prepared(_service)


def _check_recipient(referral: Referral, code: str) -> None:
    if referral.recipient_organisation_id is None:
        return
    referral.recipient_organisation = agreement.check_recipient(referral)
    if code and referral.service_id is None:
        services.check_offered(referral.recipient_organisation, code)


def _fill_need(referral: Referral, need_id: UUID) -> Facts:
    facts = open_classes(referral.case_id, data_classes=stored())
    if not any(need.id == need_id for content in facts.values() for need in content.needs):
        raise Invalid(Fault("/need", "unknown_id"))
    referral.need_id = need_id
    return facts


def _fill_urgency(referral: Referral, code: str) -> None:
    referral.urgency = choices.listed("urgencies", code, at="/urgency")


def _fill_mode(referral: Referral, code: str) -> None:
    referral.handover_mode = choices.listed("handover_modes", code, at="/handover_mode")


def _fill_classes(referral: Referral, given: tuple[str, ...]) -> None:
    for place, code in enumerate(given):
        choices.listed("data_classes", code, at=f"/data_classes/{place}")
    referral.data_classes = sorted(set(given))


def _fill_replaced(referral: Referral, found: Referral | None) -> None:
    """Link the try before this one: of the same case and need, ended without help."""
    if found is None:
        raise Invalid(Fault("/replaces", "not_replaceable"))
    if referral.need_id is None:
        referral.need_id = found.need_id
    if found.need_id != referral.need_id:
        raise Invalid(Fault("/replaces", "another_need"))
    referral.replaces = found


def _fill_narrative(referral: Referral, text: str) -> None:
    """Seal the note under its next revision; an empty one takes the note away."""
    if not text.strip():
        referral.narrative = None
        return
    checked = screened(text, at="/narrative", limit=NOTE_LIMIT)
    referral.narrative_revision += 1
    referral.narrative = vault.seal_for(
        owner_id=referral.case_id,
        record_id=referral.id,
        label=NARRATIVE,
        revision=referral.narrative_revision,
        value=checked,
        floor=1024,
    )


_FILLERS: Final[Mapping[str, Callable[[Referral, Any], None]]] = {
    "urgency": _fill_urgency,
    "handover_mode": _fill_mode,
    "data_classes": _fill_classes,
    "narrative": _fill_narrative,
}
