"""/cases/{case_id}/safeguarding and /safeguarding: one decides on a coded exception, another finds and confirms it."""

from typing import Any

from django.db.models import Q, QuerySet
from rest_framework import serializers

from api.base import Above, Resource, changing, creating
from api.declared import SIGNED_IN
from api.fields import IdField
from api.filters import Id
from api.resources.case_inputs import basis_terms, own_organisation
from api.resources.case_shapes import BasisIn
from api.resources.gone import OfCase
from api.serializers import Shape
from backend.cases.models import Case, SafeguardingBasis
from backend.cases.safeguarding import confirm_basis, record_basis, to_confirm, waiting_for
from backend.teams.models import Organisation


class BasisOut(Shape):
    """One exception: plain columns only."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    basis = serializers.CharField()
    data_classes = serializers.ListField(child=serializers.CharField())
    recipient = serializers.UUIDField(source="recipient_id", allow_null=True)
    recorded_for = serializers.UUIDField(source="recorded_for_id")
    decided_by = serializers.UUIDField()
    decided_at = serializers.DateTimeField()
    confirmed_by = serializers.UUIDField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    valid_until = serializers.DateTimeField()
    version = serializers.IntegerField()


class BasisNew(BasisIn):
    """An exception, with the organisation that records it where the caller works for several."""

    organisation = IdField(of=Organisation, required=False)


class CaseSafeguarding(Resource):
    """Exceptions of one case."""

    resource = "safeguarding"
    about_a_person = True
    queryset = SafeguardingBasis.objects.all()
    serializer_class = BasisOut
    orderings = {"newest": ("-decided_at", "-id")}
    above = Above(Case, "case_id", "case")
    actions = {"list": "consent.view", "create": "safeguarding.record"}
    inputs = {"create": BasisNew}

    @creating
    def create(self, data: Any) -> SafeguardingBasis:
        organisation_id = own_organisation(self.by, data.get("organisation"), team_id=self.parent.team_id)
        return record_basis(self.by, self.parent, terms=basis_terms(data), organisation_id=organisation_id)

    def location(self, obj: Any) -> str:
        return f"{self.request.path.partition('/cases/')[0]}/safeguarding/{obj.pk}"


class Safeguarding(OfCase):
    """One exception by its own id, for those who take part in the case and for the second person who is asked."""

    resource = "safeguarding"
    about_a_person = True
    queryset = SafeguardingBasis.objects.all()
    serializer_class = BasisOut
    read_verb = "safeguarding.read"
    actions = {"retrieve": "consent.view", "confirm": SIGNED_IN}

    def get_queryset(self) -> QuerySet[Any]:
        asked = to_confirm(self.by)
        # Once it is confirmed, whoever else might have been asked has no reason to know of it any more.
        waiting = asked.filter(Q(confirmed_by=None) | Q(confirmed_by=self.by.id)).values("pk")
        seen = super().get_queryset().values("pk")
        found = SafeguardingBasis.objects.filter(pk__in=seen.union(waiting))
        return found.filter(pk__in=asked.values("pk")) if self.action == "confirm" else found

    @changing
    def confirm(self, obj: SafeguardingBasis, _data: Any) -> None:
        confirm_basis(self.by, obj)


class SafeguardingWaiting(Resource):
    """Exceptions that wait for the caller's confirmation, also of cases that the caller does not see."""

    resource = "safeguarding_waiting"
    about_a_person = True
    queryset = SafeguardingBasis.objects.all()
    serializer_class = BasisOut
    orderings = {"newest": ("-decided_at", "-id")}
    actions = {"list": SIGNED_IN}
    filters = {"team": Id(path="team_id")}

    def get_queryset(self) -> QuerySet[Any]:
        return waiting_for(self.by)
