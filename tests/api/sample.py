"""A resource of the tests' own, so that the base is tested apart from every real one: the plain part of cases."""

from typing import Any, ClassVar
from uuid import uuid4

from django.urls import include, path
from django.utils import timezone
from rest_framework import serializers

from api import urls
from api.base import Above, Resource, answering, changing, creating, deleting
from api.fields import CodeField, GuardedText, VisibleRelatedField
from api.filters import Code, Flag, Id
from api.routes import resource
from api.serializers import Shape, StrictSerializer
from audit.acts import act
from backend.cases.models import Case
from backend.errors import Conflict
from backend.teams.models import Organisation, Team
from tests.world import saved


class BoxOut(Shape):
    id = serializers.UUIDField()
    code = serializers.CharField()
    urgency = serializers.CharField()


class Label(StrictSerializer):
    text = GuardedText(max_length=40)


class BoxIn(StrictSerializer):
    team = VisibleRelatedField(queryset=Team.objects.all())
    organisation = VisibleRelatedField(queryset=Organisation.objects.all())
    urgency = CodeField("urgencies")
    label = Label(required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=5), required=False)


class BoxPatch(StrictSerializer):
    urgency = CodeField("urgencies")


class Boxes(Resource):
    resource = "boxes"
    queryset = Case.objects.all()
    serializer_class = BoxOut
    inputs: ClassVar[Any] = {"create": BoxIn, "partial_update": BoxPatch, "echo": Label}
    outputs: ClassVar[Any] = {"echo": Label}
    actions = {
        "list": "case.view_coded",
        "retrieve": "case.view_coded",
        "create": "case.open",
        "partial_update": "case.edit",
        "destroy": "case.assign",
        "triage": "case.triage",
        "refuse": "case.edit",
        "echo": "case.view_coded",
    }
    filters = {
        "urgency": Code("urgencies"),
        "holder": Id(path="holder_organisation_id"),
        "closed": Flag(path="closed_on__isnull"),
    }
    orderings = {"newest": ("-created_at", "-id"), "code": ("code", "id")}

    @creating
    def create(self, data: Any) -> Case:
        case = make_box(data["team"], data["organisation"], urgency=data["urgency"], save=False)
        with act(self.by, "case.opened", case, needs="case.open"):
            case.save()
        return case

    @changing
    def partial_update(self, case: Case, data: Any) -> Case:
        with act(self.by, "case.edited", case, needs="case.edit"):
            case.urgency = data["urgency"]
            case.save()
        return case

    @changing
    def triage(self, case: Case, _data: Any) -> Case:
        with act(self.by, "case.triaged", case, needs="case.triage"):
            case.save()
        return case

    @changing
    def refuse(self, case: Case, _data: Any) -> Case:
        raise Conflict("illegal_box", legal=["open", "burn"])

    @answering
    def echo(self, _case: Case, data: Any) -> Any:
        return data

    @deleting
    def destroy(self, case: Case) -> None:
        case.refresh_from_db()


class InnerBoxes(Resource):
    resource = "inner_boxes"
    queryset = Case.objects.all()
    serializer_class = BoxOut
    actions = {"list": "case.view_coded"}
    above = Above(Team, "team_id", "team")


def make_box(team: Team, organisation: Organisation, *, save: bool = True, **values: Any) -> Case:
    code = f"{team.prefix}-{uuid4().hex[:4].upper()}-{uuid4().hex[:4].upper()}-0"
    values = {"urgency": "routine", "status": "active", "opened_on": timezone.now().date(), **values}
    case = Case(
        code=code,
        spoken_name="tihi javor",
        team=team,
        opened_by_organisation=organisation,
        holder_organisation=organisation,
        **values,
    )
    return saved(case) if save else case  # type: ignore[no-any-return]


urlpatterns = [
    path(
        "api/v1/",
        include(
            [
                *resource(
                    "boxes",
                    Boxes,
                    collection="list create",
                    one="retrieve partial_update destroy",
                    verbs="triage refuse echo",
                ),
                path("teams/<str:team_id>/boxes", InnerBoxes.as_view({"get": "list"})),
            ]
        ),
    ),
    *urls.urlpatterns,
]
handler404 = urls.handler404
handler500 = urls.handler500
