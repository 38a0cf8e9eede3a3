"""/cases/{case_id}/exclusions and /exclusions/{id}/lift: who is shut out of a case, for those who may know of it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Above, Resource, changing, creating
from api.fields import IdField
from api.resources.case_inputs import exclusion_terms, own_organisation
from api.resources.case_shapes import ExclusionIn
from api.resources.gone import OfCase
from api.serializers import Shape
from backend.cases.exclusions import LINE, exclude, lift, with_people
from backend.cases.models import Case, Exclusion
from backend.cases.reveal import REASON_OF, name_of
from backend.cases.shut_out import coordinates
from backend.teams.models import Organisation


class ReasonStub(Shape):
    """Why, sealed: `POST /cases/{id}/reveal` opens it under the name `field`."""

    sealed = serializers.BooleanField()
    revision = serializers.IntegerField()
    field = serializers.CharField()


class ExclusionOut(Shape):
    """One exclusion: whom it shuts out, and until when it held."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    user = serializers.UUIDField(source="person_id", allow_null=True)
    organisation = serializers.UUIDField(source="organisation_id", allow_null=True)
    reason = serializers.SerializerMethodField()
    recorded_by = serializers.UUIDField()
    recorded_for = serializers.UUIDField(source="recorded_for_id")
    recorded_at = serializers.DateTimeField()
    lifted_at = serializers.DateTimeField(allow_null=True, help_text="Null while it holds.")

    @extend_schema_field(ReasonStub(allow_null=True))
    def get_reason(self, row: Exclusion) -> dict[str, object] | None:
        if row.reason is None:
            return None
        return {"sealed": True, "revision": 1, "field": name_of(REASON_OF, row.pk)}


class ExclusionNew(ExclusionIn):
    """An exclusion, with the organisation that records it where the caller works for several."""

    recorded_for = IdField(of=Organisation, required=False)


class _Exclusions(Resource):
    resource = "exclusions"
    about_a_person = True
    queryset = Exclusion.objects.annotate(lifted_at=F("lift__lifted_at"))
    serializer_class = ExclusionOut
    orderings = {"newest": ("-recorded_at", "-id")}

    def show(self, obj: Exclusion) -> Any:
        return self.show_rows([self._again(obj)])[0]

    def show_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        return super().show_rows(with_people(rows))

    def _again(self, obj: Exclusion) -> Exclusion:
        """Return the row as it stands now; as it was made to somebody who has just shut themselves out."""
        return self.queryset.filter(pk=obj.pk).first() or obj


class CaseExclusions(_Exclusions):
    """Exclusions of one case: all for who coordinates, else those that the own organisation recorded."""

    above = Above(Case, "case_id", "case")
    actions = {"list": LINE, "create": LINE}
    inputs = {"create": ExclusionNew}
    examples = {
        "create": {
            "organisation": "5f0c7c52-9a53-4d09-8f0e-0b8f6f3f8a11",
            "reason": "At the wish of the person.",
        }
    }

    @creating
    def create(self, data: Any) -> Exclusion:
        organisation_id = own_organisation(self.by, data.get("recorded_for"), team_id=self.parent.team_id)
        return exclude(self.by, self.parent, terms=exclusion_terms(data), organisation_id=organisation_id)

    def location(self, obj: Any) -> str:
        return f"{self.request.path.partition('/cases/')[0]}/exclusions/{obj.pk}"


class Exclusions(_Exclusions, OfCase):
    """One exclusion by its own id; whoever coordinates the team lifts it."""

    actions = {"retrieve": LINE, "lift": LINE}
    read_verb = "exclusion.read"

    def allows(self, obj: Exclusion) -> bool:
        return coordinates(self.by, action=LINE, team_id=obj.team_id)

    @changing
    def lift(self, obj: Exclusion, _data: Any) -> None:
        lift(self.by, obj)
