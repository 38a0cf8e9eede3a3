"""GET /public/transparency: what the service tells everybody about itself, by quarter. Nobody signs in."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.endpoint import Endpoint
from api.serializers import Shape
from backend.statistics.transparency import reports


class CountOut(Shape):
    """A count, or the mask in its place."""

    n = serializers.IntegerField(allow_null=True, help_text="Null where it is masked.")
    mask = serializers.CharField(allow_blank=True, help_text="`0-4`, or empty.")


class CodedCountOut(CountOut):
    """A count of one kind."""

    code = serializers.CharField()


class TeamShareOut(Shape):
    """How much of the review of a team was done in time."""

    team = serializers.CharField(help_text="The team's short name.")
    percent_in_time = serializers.IntegerField(allow_null=True)


class ReviewShareOut(Shape):
    """How much of the review of the audit was done in time; null where too little was due."""

    percent_in_time = serializers.IntegerField(allow_null=True)
    teams = TeamShareOut(many=True)


class TransparentQuarterOut(Shape):
    """One quarter, counted once after its end."""

    quarter = serializers.CharField()
    break_glass = CountOut()
    authority_orders = CountOut(help_text="Orders of a court that were recorded.")
    safeguarding = CodedCountOut(many=True, help_text="By the codes of the list `safeguarding_bases`.")
    rights_requests = CodedCountOut(many=True)
    erasures = CountOut()
    case_keys_destroyed = CountOut()
    team_keys_destroyed = serializers.IntegerField()
    review = ReviewShareOut()


class TransparencyOut(Shape):
    """Every quarter that is over, the newest first, with what has to be known to read it."""

    quarters = TransparentQuarterOut(many=True)
    notes = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()),
        help_text="Each in `en`, `sr-Latn`, `sr-Cyrl`.",
    )


class Transparency(Endpoint):
    """What the service tells everybody about itself."""

    resource = "transparency"
    public = True
    serializer_class = TransparencyOut

    def retrieve(self, _request: Request) -> Response:
        """Answer the counts of every quarter that is over. The same for everybody."""
        said: dict[str, Any] = {"quarters": reports.published_quarters(), "notes": reports.notes()}
        return Response(self.output(said))
