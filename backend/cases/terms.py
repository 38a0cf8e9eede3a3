"""What a consent may say, checked against the lists of purposes, classes and bundles. Pure.

A class counts for a purpose only within what that purpose may take (`max_data_classes`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.cases.classes import service_class, service_classes
from backend.errors import Fault
from backend.reference.lists import code_exists, codes, entry

HOW: Final = ("written", "spoken", "imported")
# Listed for the future, but switched off in this version.
NOT_ENABLED: Final = frozenset({"research"})
DAY_OF_GRACE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A named organisation; `data_classes` None means all of the consent, of a bundle those of its sector and work.

    `service` is the code of the service for which the person is sent there: with it goes the class that it reveals.
    """

    organisation_id: UUID
    data_classes: tuple[str, ...] | None = None
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTerms:
    """What the person agreed to. Recipients stand in the person's order; no end means the longest allowed."""

    purposes: Sequence[str]
    data_classes: Sequence[str]
    recipients: Sequence[Named]
    given_by: str = "person"
    how: str = "written"
    valid_until: datetime | None = None
    bundle: str = ""
    need_id: UUID | None = None
    remark: str = ""


def classes_of(named: Named, *, of: Collection[str], by_default: Collection[str]) -> tuple[str, ...]:
    """Return the classes that a recipient gets out of the consent's: those chosen for it, else its defaults of them."""
    chosen = set(of) & set(by_default) if named.data_classes is None else set(named.data_classes)
    return in_order(chosen | class_of_service(named))


def class_of_service(named: Named) -> set[str]:
    """Return the class that the service of a recipient reveals, as a set of none or one."""
    found = service_class(named.service) if code_exists("services", named.service) else None
    return {found} if found else set()


def in_order(classes: Iterable[str]) -> tuple[str, ...]:
    """Return classes in the order of the list, each once; what is not in the list is left out."""
    wanted = set(classes)
    return tuple(code for code in codes("data_classes") if code in wanted)


def within(purposes: Iterable[str], *, classes: Collection[str]) -> frozenset[str]:
    """Return those of `classes` which at least one of `purposes` may take."""
    takes = {
        code for purpose in purposes for code in entry("consent_purposes", purpose).values("max_data_classes")
    }
    return frozenset(classes) & takes


def longest(purposes: Iterable[str]) -> timedelta:
    """Return how long a consent for these purposes may last: the shortest of their longest validities."""
    days = [entry("consent_purposes", purpose).attributes["max_validity_days"] for purpose in purposes]
    return timedelta(days=min(int(limit) for limit in days if limit))


def end_of(terms: ConsentTerms, *, now: datetime) -> datetime:
    """Return when the consent ends: as said, or as late as its purposes allow."""
    return terms.valid_until or now + longest(terms.purposes)


def faults(terms: ConsentTerms, *, now: datetime) -> Iterator[Fault]:
    """Yield what is wrong with the terms, one fault for each place."""
    purposes = list(_purpose_faults(terms.purposes))
    yield from purposes
    yield from _class_faults(terms)
    yield from _list_faults(terms)
    yield from _bundle_faults(terms)
    if not purposes:
        yield from _limit_faults(terms, now=now)


def _purpose_faults(purposes: Sequence[str]) -> Iterator[Fault]:
    if not purposes or len(set(purposes)) != len(purposes):
        yield Fault("/purposes", "repeated" if purposes else "required")
    for place, purpose in enumerate(purposes):
        known = code_exists("consent_purposes", purpose)
        if not known:
            yield Fault(f"/purposes/{place}", "unknown_code")
        elif purpose in NOT_ENABLED or not entry("consent_purposes", purpose).is_yes("consent_required"):
            yield Fault(f"/purposes/{place}", "not_for_consent")


def _class_faults(terms: ConsentTerms) -> Iterator[Fault]:
    if not terms.data_classes:
        yield Fault("/data_classes", "required")
    for place, code in enumerate(terms.data_classes):
        if not code_exists("data_classes", code):
            yield Fault(f"/data_classes/{place}", "unknown_code")
    for place, named in enumerate(terms.recipients):
        chosen = named.data_classes
        if chosen is not None and (not chosen or not set(chosen) <= set(terms.data_classes)):
            yield Fault(f"/recipients/{place}/data_classes", "not_in_consent")
        if named.service and not code_exists("services", named.service):
            yield Fault(f"/recipients/{place}/service", "unknown_code")
        elif not class_of_service(named) <= set(terms.data_classes):
            yield Fault(f"/recipients/{place}/service", "not_in_consent")


def _list_faults(terms: ConsentTerms) -> Iterator[Fault]:
    if not code_exists("consent_givers", terms.given_by):
        yield Fault("/given_by", "unknown_code")
    if terms.how not in HOW:
        yield Fault("/how", "unknown_code")


def _bundle_faults(terms: ConsentTerms) -> Iterator[Fault]:
    if not terms.bundle:
        return
    if not code_exists("consent_bundles", terms.bundle):
        yield Fault("/bundle", "unknown_code")
        return
    bundle = entry("consent_bundles", terms.bundle)
    if set(terms.purposes) != set(bundle.values("purposes")):
        yield Fault("/purposes", "not_in_bundle")
    plain = set(bundle.values("data_classes"))
    more = service_classes() if bundle.is_yes("adds_class_of_service") else frozenset()
    if not plain <= set(terms.data_classes) <= plain | more:
        yield Fault("/data_classes", "not_in_bundle")


def _limit_faults(terms: ConsentTerms, *, now: datetime) -> Iterator[Fault]:
    """Yield what breaks a limit of the purposes. They are all known here."""
    yield from _recipient_faults(terms)
    for place, code in enumerate(terms.data_classes):
        if code_exists("data_classes", code) and not within(terms.purposes, classes=[code]):
            yield Fault(f"/data_classes/{place}", "beyond_purpose")
    end = end_of(terms, now=now)
    if end <= now:
        yield Fault("/valid_until", "in_the_past")
    elif end > now + longest(terms.purposes) + DAY_OF_GRACE:
        yield Fault("/valid_until", "too_long")


def _recipient_faults(terms: ConsentTerms) -> Iterator[Fault]:
    """Yield what is wrong with the list of names: it is never empty, never double, and limited for a
    referral.
    """
    ids = [named.organisation_id for named in terms.recipients]
    if not ids:
        yield Fault("/recipients", "required")
    if len(set(ids)) != len(ids):
        yield Fault("/recipients", "repeated")
    limits = [entry("consent_purposes", purpose).attributes["max_recipients"] for purpose in terms.purposes]
    if any(limit and len(ids) > int(limit) for limit in limits):
        yield Fault("/recipients", "too_many")
