"""The ledger of consents: recording one, and what the live ones cover at this moment."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID, uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from audit.acts import act
from backend.cases import terms as rules
from backend.cases.changing import author, check_not_erased, check_version, refuse
from backend.cases.models import Case, Consent, ConsentRecipient
from backend.cases.sealed_rows import need_by_id
from backend.cases.sectors import by_default
from backend.cases.standing import of_live_consent
from backend.cases.terms import ConsentTerms, Named
from backend.cases.texts import screened
from backend.directory.models import Service
from backend.encryption import vault
from backend.errors import Fault, Invalid
from backend.reference.lists import entry
from backend.teams.models import Organisation
from backend.teams.models.base import live
from permissions.actor import Actor

REMARK: Final = "consent.remark"
REMARK_LIMIT: Final = 280
Defaults = Mapping[UUID, frozenset[str] | None]


def record_consent(
    by: Actor, case: Case, *, terms: ConsentTerms, organisation_id: UUID, version: int | None = None
) -> Consent:
    """Add a consent to the ledger, recorded for one of the caller's organisations.

    Raises Gone, Stale, Invalid with a fault for each place, Forbidden unless the organisation opened or holds
    the case (or the caller coordinates the team).
    """
    with act(by, "consent.recorded", case, needs="consent.record") as current:
        check_version(case, version)
        check_not_erased(case)
        _refuse_foreign(by, case, organisation_id)
        consent = add_consent(by, case, terms=terms, organisation_id=organisation_id)
        current.on(consent)
        current.note(case=case.id, purposes=list(consent.purposes), classes=list(consent.data_classes))
        return consent


def _refuse_foreign(by: Actor, case: Case, organisation_id: UUID) -> None:
    if organisation_id not in by.organisations(team_id=case.team_id):
        raise Invalid(Fault("/organisation", "unknown_id"))


def add_consent(
    by: Actor, case: Case, *, terms: ConsentTerms, organisation_id: UUID, at: str = ""
) -> Consent:
    """Check the terms and write them down, inside an act that has asked for the right."""
    now = timezone.now()
    refuse(_at(at, rules.faults(terms, now=now)))
    defaults = _defaults(terms.recipients)
    refuse(_at(at, [*_recipient_faults(terms, defaults), *_unknown_need(case, terms.need_id)]))
    consent = Consent(
        case=case,
        team_id=case.team_id,
        purposes=list(terms.purposes),
        data_classes=list(rules.in_order(terms.data_classes)),
        need_id=terms.need_id,
        given_by=terms.given_by,
        how=terms.how,
        bundle=terms.bundle,
        recorded_by=author(by),
        recorded_for_id=organisation_id,
        valid_until=rules.end_of(terms, now=now),
    )
    consent.remark = _sealed_remark(consent, terms.remark, at=at)
    consent.save(force_insert=True)
    ConsentRecipient.objects.bulk_create(_recipients(consent, terms, defaults))
    return consent


def _at(prefix: str, found: Iterable[Fault]) -> list[Fault]:
    return [Fault(f"{prefix}{fault.pointer}", fault.code, fault.values) for fault in found]


def _recipients(consent: Consent, terms: ConsentTerms, defaults: Defaults) -> list[ConsentRecipient]:
    """Return the rows that both walls read: what a recipient does not get is not written down for it."""
    return [
        ConsentRecipient(
            id=uuid4(),
            case_id=consent.case_id,
            team_id=consent.team_id,
            consent=consent,
            organisation_id=named.organisation_id,
            position=position,
            data_classes=list(_classes_of(named, terms, defaults)),
        )
        for position, named in enumerate(terms.recipients, start=1)
    ]


def _classes_of(named: Named, terms: ConsentTerms, defaults: Defaults) -> tuple[str, ...]:
    # Classes that were listed were chosen for whoever is named; a bundle goes to each as far as its sector allows.
    by_sector = (
        (defaults[named.organisation_id] or frozenset()) if terms.bundle else frozenset(terms.data_classes)
    )
    return rules.classes_of(named, of=terms.data_classes, by_default=by_sector)


def _defaults(recipients: Sequence[Named]) -> Defaults:
    """Return what each known organisation gets by sector and services, None where it can be no partner."""
    services = Service.objects.filter(organisation_id=OuterRef("pk"), is_active=True).values("code")
    rows = Organisation.objects.filter(pk__in=[one.organisation_id for one in recipients], is_active=True)
    found = rows.annotate(gives=ArraySubquery(services)).values_list("pk", "sector", "gives")
    return {
        pk: by_default(sector, services=gives) if entry("sectors", sector).is_yes("case_partner") else None
        for pk, sector, gives in found
    }


def _recipient_faults(terms: ConsentTerms, defaults: Defaults) -> Iterator[Fault]:
    for place, named in enumerate(terms.recipients):
        at = f"/recipients/{place}"
        if named.organisation_id not in defaults:
            yield Fault(f"{at}/organisation", "unknown_id")
        elif defaults[named.organisation_id] is None:
            yield Fault(f"{at}/organisation", "not_a_partner")


def _unknown_need(case: Case, need_id: UUID | None) -> list[Fault]:
    if need_id is None or need_by_id(case.id, need_id=need_id) is not None:
        return []
    return [Fault("/need_id", "unknown_id")]


def _sealed_remark(consent: Consent, remark: str, *, at: str) -> bytes | None:
    if not remark:
        return None
    text = screened(remark, at=f"{at}/remark", limit=REMARK_LIMIT)
    return vault.seal_for(
        owner_id=consent.case_id, record_id=consent.id, label=REMARK, revision=1, value=text, floor=1024
    )


def live_recipients(case_id: UUID) -> QuerySet[ConsentRecipient]:
    """Return the names in consents that hold now, by the database's clock."""
    return ConsentRecipient.objects.filter(of_live_consent(), case_id=case_id)


def has_live_consent(case: Case) -> bool:
    """Say whether any consent to anything holds now."""
    return Consent.objects.filter(live(), case_id=case.id, withdrawal__isnull=True).exists()


def covering(
    case: Case,
    *,
    organisation_id: UUID,
    classes: Collection[str],
    purpose: str = "referral",
    need_id: UUID | None = None,
) -> Consent | None:
    """Return the consent under which all of `classes` may go to the organisation for `purpose`, or None.

    Of several the one that lasts longest. A consent that was narrowed to one need covers that need only.
    """
    if rules.within([purpose], classes=classes) != frozenset(classes):
        return None
    found = (
        live_recipients(case.id)
        .filter(Q(consent__need_id=None) | Q(consent__need_id=need_id))
        .filter(organisation_id=organisation_id, data_classes__contains=list(classes))
        .filter(consent__purposes__contains=[purpose])
        .select_related("consent")
        .order_by("-consent__valid_until")
        .first()
    )
    return found.consent if found else None


def classes_open_to(case: Case, organisation_ids: Iterable[UUID]) -> frozenset[str]:
    """Return the classes for which a live consent names one of the organisations, within its purposes."""
    rows = live_recipients(case.id).filter(organisation_id__in=list(organisation_ids))
    found = rows.values_list("data_classes", "consent__purposes")
    return frozenset().union(*(rules.within(purposes, classes=classes) for classes, purposes in found))
