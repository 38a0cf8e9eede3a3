"""/memoranda: the Office's memoranda with organisations. A partner's access ends when they end."""

from typing import Any

from rest_framework import serializers

from api.base import Resource, changing, creating
from api.fields import VisibleRelatedField
from api.filters import Flag, Id
from api.serializers import Shape, StrictSerializer
from backend.teams import agreements
from backend.teams.models import Memorandum, Organisation
from backend.teams.models.base import live


class MemorandumOut(Shape):
    """One memorandum. Without an end it holds until one is set."""

    id = serializers.UUIDField()
    organisation = serializers.UUIDField(source="organisation_id")
    number = serializers.CharField()
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class MemorandumChange(StrictSerializer):
    """What may be changed of a memorandum."""

    number = serializers.CharField(max_length=40)
    valid_from = serializers.DateTimeField(required=False)
    valid_until = serializers.DateTimeField(required=False, allow_null=True)


class MemorandumIn(MemorandumChange):
    """A memorandum to enter; it begins now unless told."""

    organisation = VisibleRelatedField(queryset=Organisation.objects.all())


class Memoranda(Resource):
    """Memoranda."""

    resource = "memoranda"
    queryset = Memorandum.objects.all()
    serializer_class = MemorandumOut
    actions = dict.fromkeys(("list", "retrieve", "create", "partial_update"), agreements.MANAGE)
    inputs = {"create": MemorandumIn, "partial_update": MemorandumChange}
    filters = {"organisation": Id(path="organisation_id"), "live": Flag(when=live, describe="Holds now.")}
    orderings = {"newest": ("-valid_from", "-id")}

    @creating
    def create(self, data: dict[str, Any]) -> Memorandum:
        """Enter a memorandum."""
        return agreements.register_memorandum(self.by, **data)

    @changing
    def partial_update(self, obj: Memorandum, data: dict[str, Any]) -> None:
        """Change number or interval; an end in the past closes every door at once."""
        agreements.change_memorandum(self.by, obj, changes=data)
