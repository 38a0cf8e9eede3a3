"""/teams/{id}/key-destruction and /key-destructions: the kill switch of a team, asked by one, executed by another."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Resource, changing, creating
from api.declared import Above
from api.filters import Flag, Id
from api.serializers import Shape
from backend.erasure import team_keys
from backend.erasure.models import KILL, KeyDestruction
from backend.erasure.states import state_of
from backend.teams.models import Team

ADDRESS = "/key-destructions"


class KeyDestructionOut(Shape):
    """One kill switch: who asked, who executed, and when the keys were gone."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    state = serializers.SerializerMethodField()
    asked_by = serializers.UUIDField(allow_null=True)
    asked_at = serializers.DateTimeField()
    declined_by = serializers.UUIDField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)
    executed_by = serializers.UUIDField(allow_null=True)
    executed_at = serializers.DateTimeField(allow_null=True)
    destroyed_at = serializers.DateTimeField(allow_null=True)

    def get_state(self, row: KeyDestruction) -> str:
        return state_of(row)


class TeamKeyDestruction(Resource):
    """Asking for the end of all keys of a team."""

    resource = "key_destructions"
    queryset = KeyDestruction.objects.all()
    serializer_class = KeyDestructionOut
    above = Above(Team, "team_id", "team")
    read_verb = ""
    actions = {"create": KILL}

    @creating
    def create(self, _data: Any) -> KeyDestruction:
        return team_keys.ask(self.by, self.parent)

    def location(self, obj: Any) -> str:
        return f"{self.request.path.partition('/teams/')[0]}{ADDRESS}/{obj.pk}"


class KeyDestructions(Resource):
    """Kill switches of the caller's teams; the key custodian's are those of all."""

    resource = "key_destructions"
    queryset = KeyDestruction.objects.all()
    serializer_class = KeyDestructionOut
    orderings = {"newest": ("-asked_at", "-id")}
    actions: ClassVar[dict[str, str]] = dict.fromkeys(("list", "retrieve", "decline", "execute"), KILL)
    filters = {
        "team": Id(path="team_id"),
        "waiting": Flag(when=team_keys.waiting, describe="Waits for the key custodian."),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return team_keys.seen(self.by)

    @changing
    def decline(self, obj: KeyDestruction, _data: Any) -> None:
        team_keys.decline(self.by, obj)

    @changing
    def execute(self, obj: KeyDestruction, _data: Any) -> None:
        team_keys.execute(self.by, obj)
