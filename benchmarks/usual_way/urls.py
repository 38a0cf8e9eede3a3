"""The API: one view set, with permissions by guardian's rows on each referral."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils import timezone
from guardian.shortcuts import assign_perm, get_objects_for_user
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter

from benchmarks.usual_way.models import Case, Event, Referral

VIEW, CHANGE = "view_referral", "change_referral"


class EventSerializer(serializers.ModelSerializer[Event]):
    """One event."""

    class Meta:
        model = Event
        fields = ("id", "verb", "to_status", "by", "at")


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case with its facts."""

    class Meta:
        model = Case
        fields = ("id", "code", "spoken_name", "status", "facts")


class ReferralSerializer(serializers.ModelSerializer[Referral]):
    """A row of the list."""

    spoken_name = serializers.CharField(source="case.spoken_name", read_only=True)
    requester_name = serializers.CharField(source="requester.name", read_only=True)
    recipient_name = serializers.CharField(source="recipient.name", read_only=True)

    class Meta:
        model = Referral
        exclude = ("created_by",)
        read_only_fields = (
            "code",
            "team",
            "requester",
            "status",
            "sent_at",
            "due_at",
            "answered_at",
            "ended_at",
        )


class ReferralDetailSerializer(ReferralSerializer):
    """One referral with its case and its events."""

    case = CaseSerializer(read_only=True)
    events = EventSerializer(many=True, read_only=True)


class ReferralViewSet(viewsets.ModelViewSet[Referral]):
    """Referrals that the user may view."""

    serializer_class = ReferralSerializer
    filters: ClassVar[tuple[str, ...]] = ("status", "urgency", "service_code")

    def get_queryset(self) -> QuerySet[Referral]:
        found = get_objects_for_user(self.request.user, VIEW, Referral)
        wanted = {
            name: self.request.query_params[name]
            for name in self.filters
            if name in self.request.query_params
        }
        rows: QuerySet[Referral] = found.filter(**wanted).select_related("case", "requester", "recipient")
        return rows.prefetch_related("events") if self.action == "retrieve" else rows

    def get_serializer_class(self) -> Any:
        return ReferralDetailSerializer if self.action == "retrieve" else ReferralSerializer

    def perform_create(self, serializer: Any) -> None:
        case, now = serializer.validated_data["case"], timezone.now()
        referral = serializer.save(
            code=f"R-{uuid.uuid4().hex[:12]}", team_id=case.team_id, created_by=self.request.user,
            requester_id=int(self.request.data["requester"]), sent_at=now, due_at=now + timedelta(days=5),
        )  # fmt: skip
        for name, permission in (
            (f"team {referral.team_id}", VIEW),
            (f"organisation {referral.requester_id}", VIEW),
            (f"organisation {referral.recipient_id}", VIEW),
            (f"organisation {referral.recipient_id}", CHANGE),
        ):
            assign_perm(permission, Group.objects.get(name=name), referral)
        Event.objects.create(referral=referral, verb="send", to_status="requested", by=self.request.user)

    @action(detail=True, methods=["post"])
    def accept(self, request: Request, **_path: Any) -> Response:
        """Accept a referral that was requested."""
        referral = self.get_object()
        if not request.user.has_perm(CHANGE, referral):
            raise PermissionDenied
        if referral.status != "requested":
            raise ValidationError("It cannot be accepted now.")
        referral.status, referral.answered_at = "accepted", timezone.now()
        referral.business_status = "awaiting-first-contact"
        referral.save()
        Event.objects.create(referral=referral, verb="accept", to_status="accepted", by=request.user)
        return Response(self.get_serializer(referral).data)


router = DefaultRouter()
router.register("referrals", ReferralViewSet, basename="referral")
urlpatterns = router.urls
