"""Figures of a release as sentences to cite: /releases/{id}/figures and /public/releases/{number}/figures.

/releases/{id}/tdi answers the national aggregate of a year in the layout of the TDI template, for the Office.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource
from api.endpoint import Endpoint
from api.filters import Filter, OneOf
from api.resources.release_shapes import ReleaseOut
from api.serializers import Shape
from backend.reference.lists import codes
from backend.statistics.indicators.figures import Figure
from backend.statistics.releases import citing, published
from backend.statistics.releases.models import NATIONAL, PUBLIC, Release
from backend.statistics.tdi.workbook import MEDIA_TYPE
from permissions.scope import NotFound

ONE: Final[Mapping[str, Filter]] = {
    "indicator": OneOf(choices=tuple(codes("indicators")), describe="One indicator; without it all of them.")
}
STATES: Final = "`shown`, `masked`, `withheld`, `absent` (not in this release) or `not_measured`."


def _texts(source: str) -> serializers.DictField:
    return serializers.DictField(
        source=source, child=serializers.CharField(), help_text="By language: en, sr-Cyrl, sr-Latn; or empty."
    )


class FigureOut(Shape):
    """One figure and its sentence. `value` is null unless `state` is `shown`."""

    indicator = serializers.CharField()
    part = serializers.CharField(
        help_text="Which of several figures of an indicator; empty for the only one."
    )
    row = serializers.CharField(help_text="Team or group by its short name, or `total`.")
    column = serializers.CharField(help_text="Service, group of services or of substances, item; or empty.")
    period = serializers.CharField()
    state = serializers.CharField(help_text=STATES)
    value = serializers.FloatField(allow_null=True)
    mask = serializers.CharField(help_text="Between what a masked count lies: `0-4` or `<10`.")
    unit = serializers.CharField(help_text="count, per_cent, days, months, ratio, index; or empty.")
    numerator = serializers.IntegerField(allow_null=True)
    denominator = serializers.IntegerField(allow_null=True)
    confidence = serializers.CharField(help_text="`firm`, `fair`, `weak`, or empty without a figure.")
    included = serializers.IntegerField(help_text="How many teams are in the release.")
    teams = serializers.IntegerField(help_text="How many teams there are.")
    labels = _texts("label")
    caveats = _texts("caveat")
    sentences = _texts("sentence")


class FiguresOut(Shape):
    """The figures of a release, in the order of the list of indicators."""

    results = FigureOut(many=True)


class ReleaseFigures(Resource):
    """What a release says, for those who see it."""

    resource = "release_figures"
    queryset = Release.objects.all()
    serializer_class = ReleaseOut
    actions: ClassVar[dict[str, str]] = {"figures": PUBLIC, "tdi": NATIONAL}
    outputs = {"figures": FiguresOut}
    parameters: ClassVar[Mapping[str, Mapping[str, Filter]]] = {"figures": ONE}

    def figures(self, _request: Request, **_path: str) -> Response:
        """Say every indicator of the release, or why there is nothing to say."""
        only = str(self.parameter("indicator") or "")
        return Response(said(self, citing.read_figures(self.by, self.get_object(), only=only)))

    @extend_schema(responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY})
    def tdi(self, _request: Request, **_path: str) -> HttpResponse:
        """Answer the TDI-shaped workbook; 409 `no_tdi_tables` unless it is of a year and for the Office."""
        row = self.get_object()
        named = {"Content-Disposition": f'attachment; filename="{citing.file_name(row)}"'}
        return HttpResponse(citing.tdi_of(self.by, row), content_type=MEDIA_TYPE, headers=named)


class PublicFigures(Endpoint):
    """What a published release says. Nobody signs in."""

    resource = "public_release_figures"
    public = True
    outputs = {"figures": FiguresOut}
    parameters: ClassVar[Mapping[str, Mapping[str, Filter]]] = {"figures": ONE}

    def figures(self, _request: Request, **path: str) -> Response:
        """Say every indicator of the release, or why there is nothing to say."""
        only = str(self.parameter("indicator") or "")
        found = published.numbered(path["number"])
        if found is None:
            raise NotFound
        return Response(said(self, citing.figures_of(found, only=only)))


def said(view: Endpoint, found: list[Figure]) -> Any:
    """Return figures in the shape that is declared."""
    return view.output({"results": found})
