"""/quarters: which quarters of the own teams are locked, and locking one."""

from typing import Any, Final

from rest_framework import serializers

from api.base import Resource, creating
from api.fields import VisibleRelatedField
from api.filters import Id
from api.serializers import Shape, StrictSerializer
from backend.statistics.models import QuarterLock
from backend.statistics.quarters import LINE, lock_quarter
from backend.statistics.team_figures import LINE as VIEW
from backend.teams.models import Team

LENGTH: Final = 7


class QuarterOut(Shape):
    """A locked quarter. Nothing in it changes any more; what is recorded late counts in the quarter of that day."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    quarter = serializers.CharField(help_text="Such as 2026-Q3.")
    locked_at = serializers.DateTimeField()
    digest = serializers.CharField(help_text="SHA-256 of all facts that were written, hexadecimal.")


class QuarterIn(StrictSerializer):
    """The quarter to lock. It is over, and it cannot be opened again."""

    team = VisibleRelatedField(queryset=Team.objects.all())
    quarter = serializers.CharField(max_length=LENGTH, trim_whitespace=False)


class Quarters(Resource):
    """Locked quarters of the teams in which the caller may see figures."""

    resource = "quarters"
    queryset = QuarterLock.objects.all()
    serializer_class = QuarterOut
    orderings = {"newest": ("-locked_at", "-id"), "quarter": ("quarter", "id")}
    actions = {"list": VIEW, "retrieve": VIEW, "create": LINE}
    inputs = {"create": QuarterIn}
    filters = {"team": Id(path="team_id")}
    examples = {"create": {"team": "3f0c9a52-8f0e-4f5b-9c53-0d6c1f6a7b21", "quarter": "2026-Q3"}}

    @creating
    def create(self, data: dict[str, Any]) -> QuarterLock:
        """Write the facts of a quarter that is over, once and for good."""
        return lock_quarter(self.by, **data)
