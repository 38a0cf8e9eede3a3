"""/statistics/teams/{id}: the exact figures of a team, for itself."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Resource
from api.filters import Filter
from api.serializers import Shape
from backend.statistics.periods import Quarter
from backend.statistics.quarters import not_ahead
from backend.statistics.releases.published import of_team
from backend.statistics.team_figures import LINE, LIVE, LOCKED, PUBLISHED, figures, seen
from backend.teams.models import Team

FORM: Final = r"^20[0-9]{2}-Q[1-4]$"


@dataclass(frozen=True, kw_only=True)
class QuarterOf(Filter):
    """A quarter that has begun, such as 2026-Q3."""

    def read(self, text: str) -> Quarter:
        return not_ahead(Quarter.read(text))

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": FORM}


class NumberOut(Shape):
    """One count: of the whole team (organisation null) or of one organisation; of all services, or of one."""

    organisation = serializers.UUIDField(allow_null=True)
    mark = serializers.CharField()
    service_code = serializers.CharField(allow_blank=True)
    n = serializers.IntegerField()


class SeriesOut(Shape):
    """The same of an earlier locked quarter."""

    quarter = serializers.CharField()
    mark = serializers.CharField()
    organisation = serializers.UUIDField(allow_null=True)
    n = serializers.IntegerField()


class GapOut(Shape):
    """What the town lacks: by service, else by need. Both empty: a secret one, named in national figures alone."""

    service_code = serializers.CharField(allow_blank=True)
    need = serializers.CharField(allow_blank=True)
    n = serializers.IntegerField()


class CrossedOut(Shape):
    """People in coordination with one code of one dimension."""

    dimension = serializers.CharField()
    code = serializers.CharField()
    n = serializers.IntegerField()


class TeamStatisticsOut(Shape):
    """A quarter of a team. Exact numbers of the own team are not for publishing: releases are."""

    team = serializers.UUIDField(source="team.pk")
    quarter = serializers.CharField()
    stage = serializers.ChoiceField(
        choices=(LIVE, LOCKED, PUBLISHED),
        help_text="live: a preview from plain columns, without what is sealed; locked: final; published: the caller"
        " is shown what was released of the team, and no exact number.",
    )
    numbers = NumberOut(many=True)
    series = SeriesOut(many=True, help_text="Up to twelve earlier locked quarters.")
    gaps = GapOut(many=True, help_text="Locked quarters only.")
    crossed = CrossedOut(many=True, help_text="Locked quarters only.")
    releases = serializers.ListField(
        child=serializers.DictField(), help_text="Protected numbers, by release."
    )


class TeamStatistics(Resource):
    """The figures of the caller's own teams."""

    resource = "team_statistics"
    queryset = Team.objects.all()
    serializer_class = TeamStatisticsOut
    actions = {"retrieve": LINE}
    read_verb = "statistics.read"
    parameters = {"retrieve": {"quarter": QuarterOf(describe="Without it, the quarter under way.")}}

    def get_queryset(self) -> QuerySet[Team]:
        return seen(self.by)

    def show(self, obj: Team) -> Any:
        return self.output(figures(self.by, obj, quarter=self.parameter("quarter"), released=of_team))
