"""A release as a file: /releases/{id}/export for those who see it, /public/releases/{number}/export for everybody."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.base import Resource
from api.endpoint import Endpoint
from api.filters import Filter, OneOf
from api.resources.release_shapes import ReleaseOut
from backend.statistics.releases import handing_out, published
from backend.statistics.releases.handing_out import FORMS, File
from backend.statistics.releases.models import PUBLIC, Release
from permissions.scope import NotFound

_AS: Final = OneOf(choices=tuple(FORMS), describe="How it is written; `json` unless told.")
FORM: Final[Mapping[str, Filter]] = {"as": _AS}
FILES: Final[dict[Any, Any]] = {
    (200, one.media_type.partition(";")[0]): OpenApiTypes.BINARY for one in FORMS.values()
}


class ReleaseFiles(Resource):
    """A release as a file."""

    resource = "release_files"
    queryset = Release.objects.all()
    serializer_class = ReleaseOut
    actions: ClassVar[dict[str, str]] = {"export": PUBLIC}
    parameters: ClassVar[Mapping[str, Mapping[str, Filter]]] = {"export": FORM}

    @extend_schema(responses=FILES)
    def export(self, _request: Request, **_path: str) -> HttpResponse:
        """Answer the release as CSV, JSON or XLSX, the same bytes each time."""
        return answered(handing_out.hand_out(self.by, self.get_object(), form=wanted(self)))


class PublicReleaseFiles(Endpoint):
    """A release that is published for all, as a file. Nobody signs in."""

    resource = "public_release_files"
    public = True
    parameters: ClassVar[Mapping[str, Mapping[str, Filter]]] = {"export": FORM}

    @extend_schema(responses=FILES)
    def export(self, _request: Request, **path: str) -> HttpResponse:
        """Answer the release as CSV, JSON or XLSX, the same bytes each time."""
        found = published.numbered(path["number"])
        if found is None:
            raise NotFound
        return answered(handing_out.as_file(found, form=wanted(self)))


def wanted(view: Endpoint) -> str:
    """Return which form is asked for. Raises BadParameter for one that there is not."""
    return str(view.parameter("as") or "json")


def answered(file: File) -> HttpResponse:
    """Return the answer that a browser saves under the file's name."""
    named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.media_type, headers=named)
