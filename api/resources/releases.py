"""/releases: what the Office publishes, prepared by one and approved by another; /public/releases: the same for all."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource, changing, creating
from api.declared import Needs
from api.endpoint import Endpoint
from api.filters import OneOf
from api.resources.release_shapes import (
    GateOut,
    ManifestOut,
    PublicOut,
    PublicRow,
    PublicRows,
    ReleaseIn,
    ReleaseOut,
    ReleaseRow,
)
from backend.statistics.releases import preparing, published, reports
from backend.statistics.releases.models import APPROVE, NATIONAL, PREPARE, PUBLIC, Release
from backend.statistics.releases.states import STATES
from backend.statistics.releases.tables import TIERS
from permissions.scope import NotFound


class Releases(Resource):
    """Releases: all of them for who prepares or approves; what is published for all, for everybody."""

    resource = "releases"
    queryset = Release.objects.all()
    serializer_class = ReleaseOut
    row_class = ReleaseRow
    orderings = {"newest": ("-prepared_at", "-id")}
    actions: ClassVar[dict[str, Needs]] = {
        "list": PUBLIC,
        "retrieve": PUBLIC,
        "create": PREPARE,
        "approve": APPROVE,
        "decline": APPROVE,
        "gate": NATIONAL,
        "manifest": NATIONAL,
    }
    inputs = {"create": ReleaseIn}
    outputs = {"gate": GateOut, "manifest": ManifestOut}
    filters = {"tier": OneOf(choices=TIERS), "status": OneOf(choices=STATES)}
    examples = {"create": {"tier": "B", "period": "2026-Q3"}}

    @creating
    def create(self, data: Any) -> Release:
        return preparing.prepare(self.by, **data)

    @changing
    def approve(self, release: Release, _data: Any) -> None:
        preparing.approve(self.by, release)

    @changing
    def decline(self, release: Release, _data: Any) -> None:
        preparing.decline(self.by, release)

    def gate(self, _request: Request, **_path: str) -> Response:
        """Say which cells failed on the way; for who prepared it and for release officers."""
        return Response(self.output(reports.gate_of(self.by, self.get_object())))

    def manifest(self, _request: Request, **_path: str) -> Response:
        """Say out of what it was made."""
        return Response(self.output(reports.manifest_of(self.by, self.get_object())))


class PublicReleases(Endpoint):
    """What is published for all, without signing in."""

    resource = "public_releases"
    public = True
    outputs = {"list": PublicRows, "retrieve": PublicOut}

    def list(self, _request: Request, **_path: str) -> Response:
        """Name every release, the newest first; not paged, there is one a year."""
        return Response({"results": [PublicRow(one).data for one in published.for_all()]})

    def retrieve(self, _request: Request, **path: str) -> Response:
        """Answer one release by its number."""
        found = published.numbered(path["number"])
        if found is None:
            raise NotFound
        return Response(self.output(found), headers={"ETag": f'"{found.sha256}"'})
