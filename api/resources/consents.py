"""/cases/{case_id}/consents and /consents/{id}/withdraw: the ledger of what the person agreed to."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Either
from django.db.models import F, Func, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONObject
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Above, changing, creating
from api.fields import IdField
from api.resources.case_inputs import consent_terms, own_organisation
from api.resources.case_shapes import ConsentIn, SealedText
from api.resources.gone import OfCase
from api.serializers import Shape
from backend import asker
from backend.cases.consents import record_consent
from backend.cases.models import Case, Consent, ConsentRecipient
from backend.cases.receipt import read_receipt
from backend.cases.reveal import REMARK_OF, name_of
from backend.referrals.withdrawal import withdraw_consent
from backend.teams.models import Organisation
from permissions.actor import Actor


class RecipientOut(Shape):
    """A named organisation at its place in the person's order."""

    organisation = serializers.CharField()
    position = serializers.IntegerField()
    data_classes = serializers.ListField(child=serializers.CharField())


class RemarkStub(SealedText):
    """A sealed remark, and the name under which it can be revealed."""

    field = serializers.CharField()


class ConsentOut(Shape):
    """One consent. Recipients are those the caller may know of."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    purposes = serializers.ListField(child=serializers.CharField())
    data_classes = serializers.ListField(child=serializers.CharField(), source="classes_shown")
    recipients = RecipientOut(many=True, source="recipients_shown")
    need = serializers.UUIDField(source="need_id", allow_null=True)
    given_by = serializers.CharField()
    how = serializers.CharField()
    bundle = serializers.CharField(allow_blank=True)
    recorded_for = serializers.UUIDField(source="recorded_for_id")
    recorded_at = serializers.DateTimeField()
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(source="withdrawal.recorded_at", default=None, allow_null=True)
    remark = serializers.SerializerMethodField()

    @extend_schema_field(RemarkStub(allow_null=True))
    def get_remark(self, consent: Consent) -> dict[str, object] | None:
        if consent.remark is None:
            return None
        field = name_of(REMARK_OF, consent.id)
        return {"sealed": True, "revision": 1, "field": field}


class ConsentNew(ConsentIn):
    """A consent, with the organisation that records it where the caller works for several."""

    organisation = IdField(of=Organisation, required=False)


class _Ledger(OfCase):
    about_a_person = True
    queryset = Consent.objects.select_related("withdrawal")
    serializer_class = ConsentOut
    orderings = {"newest": ("-recorded_at", "-id")}

    def get_queryset(self) -> QuerySet[Any]:
        return self._shown(super().get_queryset())

    def _shown(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        annotated: QuerySet[Any] = rows.annotate(
            recipients_shown=ArraySubquery(_recipients(self.by)), classes_shown=_classes(self.by)
        )
        return annotated

    def _again(self, consent: Consent) -> Consent:
        """Return a consent as the ledger shows it, once more to a recipient who sees it no longer.

        A withdrawal takes the recipient's own reason away; looked up anew the consent would be absent, and
        with the 404 the withdrawal itself would be rolled back.
        """
        found: Consent = self._shown(self.queryset.all()).get(pk=consent.pk)
        return found


class CaseConsents(_Ledger):
    """Consents of one case: those that name the caller's organisation or were recorded by it."""

    resource = "consents"
    above = Above(Case, "case_id", "case")
    actions = {"list": "consent.view", "create": "consent.record"}
    inputs = {"create": ConsentNew}

    @creating
    def create(self, data: Any) -> Consent:
        organisation_id = own_organisation(self.by, data.get("organisation"), team_id=self.parent.team_id)
        made = record_consent(
            self.by, self.parent, terms=consent_terms(data), organisation_id=organisation_id
        )
        return self._again(made)

    def location(self, obj: Any) -> str:
        return f"{self.request.path.partition('/cases/')[0]}/consents/{obj.pk}"


class ReceiptLine(Shape):
    """A named organisation on the receipt."""

    position = serializers.IntegerField()
    organisation = serializers.CharField(help_text="Its name.")
    data_classes = serializers.ListField(child=serializers.CharField())


class ReceiptOut(Shape):
    """The receipt that the person takes home: a number of its own, and nothing that leads to the case."""

    number = serializers.CharField()
    agreed_at = serializers.DateTimeField()
    given_by = serializers.CharField()
    how = serializers.CharField()
    bundle = serializers.CharField(allow_blank=True)
    purposes = serializers.ListField(child=serializers.CharField())
    recipients = ReceiptLine(many=True)
    valid_until = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    text = serializers.DictField(
        child=serializers.CharField(),
        help_text="To print, in `en`, `sr-Latn` and `sr-Cyrl`; says how to withdraw.",
    )


class Consents(_Ledger):
    """One consent by its own id: read, printed, and withdrawn by any worker who is told."""

    resource = "consents"
    actions = {"retrieve": "consent.view", "receipt": "consent.record", "withdraw": "consent.withdraw"}
    outputs = {"receipt": ReceiptOut}

    def receipt(self, _request: Request, **_path: str) -> Response:
        """Answer the receipt of a consent, for whoever may record one in its case."""
        return Response(self.output(read_receipt(self.by, self.get_object())))

    @changing
    def withdraw(self, obj: Consent, _data: Any) -> Consent:
        withdraw_consent(self.by, obj)
        with asker.working_as(asker.STEPS):  # the case has just closed to a recipient, who hears what it did
            return self._again(obj)


def _teams(by: Actor) -> set[UUID]:
    """Return the teams that the caller coordinates."""
    seats = by.seats_for("consent.view")
    return {seat.team_id for seat in seats if seat.word("consent.view") == "yes" and seat.team_id}


def _own(by: Actor) -> set[UUID]:
    return {seat.organisation_id for seat in by.seats_for("consent.view") if seat.organisation_id}


def _named(by: Actor) -> QuerySet[ConsentRecipient]:
    """Return who is named, for whoever coordinates or recorded the consent; the others see their own name only."""
    own = _own(by)
    may_know = Q(team_id__in=_teams(by)) | Q(consent__recorded_for_id__in=own) | Q(organisation_id__in=own)
    return ConsentRecipient.objects.filter(may_know, consent_id=OuterRef("pk"))


def _recipients(by: Actor) -> QuerySet[ConsentRecipient, Any]:
    fields = JSONObject(organisation="organisation_id", position="position", data_classes="data_classes")
    return _named(by).order_by("position").values(json=fields)


def _classes(by: Actor) -> Either:
    """Return every class, for whoever coordinates, recorded the consent, or opened or holds its case.

    The others are told what the recipients that they see are given: the rest would tell what another receives.
    """
    own = _own(by)
    all_of_it = Q(team_id__in=_teams(by)) | Q(recorded_for_id__in=own)
    all_of_it |= Q(case__opened_by_organisation_id__in=own) | Q(case__holder_organisation_id__in=own)
    given = _named(by).values(one=Func(F("data_classes"), function="unnest")).order_by("one").distinct()
    return Either(When(all_of_it, then=F("data_classes")), default=ArraySubquery(given))
