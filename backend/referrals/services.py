"""The service a referral asks for. A code that amounts to a diagnosis is sealed, and no plain column says it."""

from typing import Final, cast
from uuid import UUID

from backend.cases.classes import is_confidential, service_class
from backend.directory.models import Service
from backend.encryption import vault
from backend.errors import Fault, Invalid
from backend.reference.lists import code_exists, entry
from backend.referrals.access import CONFIDENTIAL
from backend.referrals.models import Referral
from backend.teams.models import Organisation

LABEL: Final = "referral.service"


def set_service(referral: Referral, *, code: str, service_id: UUID | None) -> None:
    """Put the service into the row: in plain columns, or into the envelope when its code is confidential."""
    if is_confidential(code):
        value: dict[str, str | None] = {"code": code, "service": str(service_id) if service_id else None}
        referral.service_revision += 1
        referral.sealed_service = _seal(referral, value)
        referral.service_code, referral.service_id = "", None
    else:
        referral.service_code, referral.service_id, referral.sealed_service = code, service_id, None


def _seal(referral: Referral, value: dict[str, str | None]) -> bytes:
    return vault.seal_for(
        owner_id=referral.case_id,
        record_id=referral.id,
        label=LABEL,
        revision=referral.service_revision,
        value=dict(value),
    )


def sealed(referral: Referral) -> vault.Sealed | None:
    """Return the envelope of a confidential service, to be opened with others."""
    if referral.sealed_service is None:
        return None
    return vault.Sealed(referral.id, LABEL, bytes(referral.sealed_service), referral.service_revision or None)


def code_of(referral: Referral) -> str:
    """Return the code of the service, opened where it is sealed. For the program and for who may see it."""
    envelope = sealed(referral)
    if envelope is None:
        return referral.service_code
    (value,) = vault.open_many(owner_id=referral.case_id, sealed=[envelope])
    return code_in(value)


def code_in(value: object) -> str:
    """Return the code in an opened envelope."""
    return cast("dict[str, str]", value)["code"]


def class_of(code: str) -> frozenset[str]:
    """Return the class which a service's code reveals, as a set of none or one."""
    found = service_class(code)
    return frozenset({found} if found else ())


def check_referable(code: str, *, at: str = "/service_code") -> None:
    """Raise Invalid unless a case can be referred to services of this code."""
    if not code_exists("services", code):
        raise Invalid(Fault(at, "unknown_code"))
    if not entry("services", code).is_yes("referable"):
        raise Invalid(Fault(at, "not_referable"))


def check_suggested(code: str) -> None:
    """Raise Invalid unless `code` may stand as the service to which a recipient refers on.

    The suggestion is a plain column that outlives the recipient's access, so no code that amounts to a diagnosis
    may stand there.
    """
    at = "/suggested_service_code"
    check_referable(code, at=at)
    if is_confidential(code):
        raise Invalid(Fault(at, "confidential_service"))


def shown_suggestion(code: str) -> str:
    """Return a suggested service as it shows; a confidential one, kept from before they were refused, has no name."""
    return CONFIDENTIAL if code and is_confidential(code) else code


def check_offered(organisation: Organisation, code: str) -> None:
    """Raise Invalid unless the organisation may be a partner in a case and gives this service.

    It gives what the directory says, and else what its sector gives by the code list.
    """
    at = "/recipient"
    if not entry("sectors", organisation.sector).is_yes("case_partner"):
        raise Invalid(Fault(at, "not_a_partner"))
    if organisation.sector in entry("services", code).values("sectors"):
        return
    if not Service.objects.filter(organisation=organisation, code=code, is_active=True).exists():
        raise Invalid(Fault(at, "not_offered"))
