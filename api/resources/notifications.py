"""/notifications: ids of things that happened, for the caller's organisations. No word of content."""

from typing import Any

from django.db.models import Q, QuerySet
from rest_framework import serializers

from api.base import Resource, changing
from api.filters import Flag, Id
from api.serializers import Shape
from backend.cases.models import Notification
from backend.cases.notify import HEARS, REVIEWS, mark_read, seen


class NotificationOut(Shape):
    """One thing that happened: what kind, to which object."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    organisation = serializers.UUIDField(source="organisation_id")
    kind = serializers.CharField()
    object_kind = serializers.CharField()
    object_id = serializers.UUIDField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


def _unread() -> Q:
    return Q(read_at__isnull=True)


class Notifications(Resource):
    """Notifications of the caller's organisations, and of the roles of coordinator, lead and officer."""

    resource = "notifications"
    queryset = Notification.objects.all()
    serializer_class = NotificationOut
    orderings = {"newest": ("-at", "-id")}
    actions = {"list": (HEARS, REVIEWS), "read": (HEARS, REVIEWS)}
    filters = {"unread": Flag(when=_unread), "team": Id(path="team_id")}

    def get_queryset(self) -> QuerySet[Any]:
        return seen(self.by, Notification.objects.all())

    @changing
    def read(self, obj: Notification, _data: Any) -> None:
        mark_read(self.by, obj)
