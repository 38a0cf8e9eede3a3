"""The list of what was disclosed: to whom, when, which classes, on what basis. One row for each act of
disclosing.
"""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Func, OuterRef, Q, QuerySet, Value

from backend.cases import classes
from backend.cases.models import Case, ConsentRecipient, Disclosure
from backend.cases.standing import of_live_consent
from permissions.actor import Actor
from permissions.scope import visible_to

CODES = ArrayField(CharField(max_length=24))


def disclosures(by: Actor, case: Case) -> QuerySet[Disclosure]:
    """Return what was disclosed of a case, as far as `by` may know it, newest first.

    To whom a class was disclosed says as much as the class: a row shows to those to whom all its classes are
    open, and to the organisation it names.
    """
    own = by.organisations(team_id=case.team_id)
    known = Q(data_classes__contained_by=_open_classes(own)) | Q(organisation_id__in=own)
    rows = Disclosure.objects.filter(known, case_id=case.id)
    return visible_to(by, rows, "disclosure.list").order_by("-at", "-id")


def _open_classes(organisations: Collection[UUID]) -> Func:
    """Return the coded classes and those for which a live consent names one of the organisations, as an array.

    Only who holds or coordinates the case sees rows of others, and to them the coded classes are open.
    """
    names = ConsentRecipient.objects.filter(
        of_live_consent(), case_id=OuterRef("case_id"), organisation_id__in=organisations
    )
    each = names.annotate(one=Func("data_classes", function="unnest")).values("one")
    coded = Value(sorted(classes.coded()), output_field=CODES)
    return Func(coded, ArraySubquery(each, output_field=CODES), function="array_cat", output_field=CODES)
