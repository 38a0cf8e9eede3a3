"""/cases/{id}/needs: the needs of one case. They are sealed, so a list of them is a reading of the case."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource, etag
from api.resources import case_shapes as shapes
from api.resources.case_inputs import own_organisation
from api.serializers import Shape
from backend.cases import facts, reading
from backend.cases.models import Case
from backend.referrals.finding import needs_referred
from permissions.scope import NotFound


class NeedsOut(Shape):
    """The needs that show to the caller; not paged, there are few."""

    results = shapes.NeedOut(many=True)


class CaseNeeds(Resource):
    """Needs of one case. Their version is the version of the case."""

    resource = "case_needs"
    about_a_person = True
    queryset = Case.objects.all()
    serializer_class = shapes.NeedOut
    actions = {"retrieve": "case.view_coded", "add": "case.edit", "partial_update": "case.edit"}
    inputs = {"add": shapes.NeedIn, "partial_update": shapes.NeedChange}
    outputs = {"retrieve": NeedsOut}
    makes = frozenset({"add"})

    def retrieve(self, _request: Request, **_path: str) -> Response:
        """Answer the needs of a case, as far as role and consent allow."""
        case = self.get_object()
        read = reading.read_facts(self.by, case, needs_referred=needs_referred)
        return Response(self.output({"results": read.needs}), headers={"ETag": etag(case)})

    def add(self, _request: Request, **_path: str) -> Response:
        """Add a need. The same need cannot be open twice, so sending it again changes nothing."""
        case, said = self.get_object(), self.input()
        organisation_id = own_organisation(self.by, said.get("organisation"), team_id=case.team_id)
        need = facts.add_need(self.by, case, code=said["code"], organisation_id=organisation_id)
        address = {"Location": f"{self.request.path}/{need.id}", "ETag": etag(case)}
        return Response(self.output(need), status=201, headers=address)

    def partial_update(self, _request: Request, **path: str) -> Response:
        """Move a need into another state."""
        case, said = self.get_object(), self.input()
        need = facts.change_need(
            self.by,
            case,
            need_id=_need_id(path["need_id"]),
            status=said["status"],
            needs_referred=needs_referred,
        )
        return Response(self.output(need), headers={"ETag": etag(case)})


def _need_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
