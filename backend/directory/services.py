"""The service directory: who gives which help, and how many places are free. Nothing here is about a person."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from audit.acts import act
from backend import guard
from backend.directory.models import Service
from backend.errors import Conflict, Fault, Invalid, Stale
from backend.reference.lists import code_exists, codes
from backend.teams.models import Organisation
from backend.teams.writing import change, needed
from permissions.actor import Actor

CHANGEABLE = frozenset(
    {
        "name",
        "phone",
        "address",
        "area_served",
        "schedule",
        "eligibility",
        "funding",
        "funding_ends_on",
        "is_active",
    }
)
# What people write freely. Telephone numbers have a field of their own.
MOST_PLACES = 10_000
FREE_TEXTS = ("name", "eligibility", "funding")


def add_service(by: Actor, *, organisation: Organisation, code: str, **values: Any) -> Service:
    """Enter a service of `organisation`; `values` are fields of CHANGEABLE. Once for each code: Conflict.

    Raises Invalid, and IdentifierFound for a text with somebody's number in it.
    """
    if not code_exists("services", code):
        raise Invalid(Fault("/code", "unknown_code"))
    service = Service(organisation=organisation, code=code)
    _check(service, values)
    for name, value in values.items():
        setattr(service, name, value)
    with act(by, "service.added", service, needs=needed(by, "directory.edit"), code=code):
        if Service.objects.filter(organisation=organisation, code=code).exists():
            raise Conflict("service_exists")
        service.save()
    return service


def change_service(
    by: Actor, service: Service, *, changes: Mapping[str, Any], version: int | None = None
) -> None:
    """Change an entry. Raises as `add_service`, and Stale."""
    _check(service, changes)
    change(by, service, verb="service.changed", needs="directory.edit", changes=changes, version=version)


def confirm_capacity(by: Actor, service: Service, *, free: int, version: int | None = None) -> None:
    """Say how many places are free as of now."""
    if not 0 <= free <= MOST_PLACES:
        raise Invalid(Fault("/capacity_free", "out_of_range"))
    with act(by, "service.capacity_confirmed", service, needs=needed(by, "capacity.update"), free=free):
        if version is not None and service.version != version:
            raise Stale
        service.capacity_free, service.capacity_confirmed_at = free, timezone.now()
        service.save()


def assure_service(by: Actor, service: Service) -> None:
    """Confirm that the entry is as it should be."""
    with act(by, "service.assured", service, needs=needed(by, "directory.assure")):
        service.assured_at = timezone.now()
        service.save()


def codes_for_need(need: str) -> frozenset[str]:
    """Return the service codes that meet a need: its typical ones and every one of its groups."""
    wanted = codes("needs")[need]
    groups = wanted.values("service_groups")
    in_groups = {code for code, entry in codes("services").items() if entry.attributes["group"] in groups}
    return frozenset(in_groups | set(wanted.values("typical_services")))


def _check(service: Service, values: Mapping[str, Any]) -> None:
    if unknown := sorted(set(values) - CHANGEABLE):
        raise Invalid(*(Fault(f"/{name}", "unknown_field") for name in unknown))
    if values.get("address") and not codes("services")[service.code].is_yes("published_address"):
        raise Invalid(Fault("/address", "never_published"))
    for position, municipality in enumerate(values.get("area_served", ())):
        if not code_exists("municipalities", municipality):
            raise Invalid(Fault(f"/area_served/{position}", "unknown_code"))
    for name in FREE_TEXTS:
        guard.refuse(str(values.get(name) or ""))
