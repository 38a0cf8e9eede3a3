"""The list of what was disclosed: to whom, when, which classes, on what basis. One row for each act of
disclosing.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.cases.models import Case, Consent, Disclosure, SafeguardingBasis
from backend.cases.standing import standing
from backend.cases.terms import in_order
from permissions.actor import Actor
from permissions.scope import visible_to


def record_disclosure(
    case: Case,
    *,
    organisation_id: UUID,
    classes: Collection[str],
    consent: Consent | None = None,
    basis: SafeguardingBasis | None = None,
    referral_id: UUID | None = None,
) -> Disclosure:
    """Write down, inside the act that discloses, what `organisation_id` can see from now on."""
    return Disclosure.objects.create(
        case=case,
        team_id=case.team_id,
        organisation_id=organisation_id,
        referral_id=referral_id,
        data_classes=list(in_order(classes)),
        consent=consent,
        safeguarding_basis=basis,
    )


def disclosures(by: Actor, case: Case) -> QuerySet[Disclosure]:
    """Return what was disclosed of a case, as far as `by` may know it, newest first.

    To whom a class was disclosed says as much as the class: a row shows to those to whom all its classes are
    open, and to the organisation it names.
    """
    stands = standing(by, case)
    open_to_me = Q(data_classes__contained_by=list(stands.data_classes))
    known = open_to_me | Q(organisation_id__in=stands.organisations)
    rows = Disclosure.objects.filter(known, case_id=case.id)
    return visible_to(by, rows, "disclosure.list").order_by("-at", "-id")
