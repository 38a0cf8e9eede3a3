"""/teams: the municipal teams. Everybody who is signed in may know that they exist; the platform founds them."""

from typing import Any

from rest_framework import serializers

from api.base import Resource, creating
from api.fields import CodeField
from api.filters import Code
from api.serializers import Shape, StrictSerializer
from backend.teams import organisations
from backend.teams.models import Municipality, Team


class TeamOut(Shape):
    """One team. `prefix` begins the codes of its cases."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    prefix = serializers.CharField()
    municipality = serializers.CharField(source="municipality.code")
    label_en = serializers.CharField()
    label_sr_latn = serializers.CharField()
    label_sr_cyrl = serializers.CharField()
    version = serializers.IntegerField()


class TeamIn(StrictSerializer):
    """A team to be founded."""

    slug = serializers.SlugField(max_length=50)
    prefix = serializers.RegexField(r"^[A-Z]{2}$")
    municipality = CodeField("municipalities")
    label_en = serializers.CharField(max_length=120)
    label_sr_latn = serializers.CharField(max_length=120)
    label_sr_cyrl = serializers.CharField(max_length=120)


class Teams(Resource):
    """Municipal teams."""

    resource = "teams"
    queryset = Team.objects.select_related("municipality")
    serializer_class = TeamOut
    actions = {"list": "directory.view", "retrieve": "directory.view", "create": "team.create"}
    inputs = {"create": TeamIn}
    filters = {"municipality": Code("municipalities", path="municipality__code")}
    orderings = {"slug": ("slug", "id")}

    @creating
    def create(self, data: dict[str, Any]) -> Team:
        """Found a team. Its root key is put in place by its custodian, its coordinator is appointed by a lead."""
        labels = {"en": data["label_en"], "sr-Latn": data["label_sr_latn"], "sr-Cyrl": data["label_sr_cyrl"]}
        municipality = Municipality.objects.get(code=data["municipality"])
        return organisations.create_team(
            self.by, slug=data["slug"], prefix=data["prefix"], municipality=municipality, labels=labels
        )
