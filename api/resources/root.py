"""GET /api/v1: where everything is."""

from typing import ClassVar

from django.conf import settings
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.endpoint import Endpoint
from api.serializers import Shape

RESOURCES = (
    "cases", "imports", "inbox", "invitations", "me", "members", "memoranda", "notifications",
    "organisations", "reference", "referrals", "services", "sharing-agreements", "teams", "tokens",
)  # fmt: skip


class RootOut(Shape):
    """What this is, and the address of each resource."""

    name = serializers.CharField()
    version = serializers.CharField()
    documentation = serializers.CharField()
    resources = serializers.DictField(child=serializers.CharField())


class Root(Endpoint):
    """The entrance. Public: it tells nothing but addresses."""

    resource: ClassVar[str] = "root"
    public = True
    serializer_class = RootOut

    def retrieve(self, _request: Request) -> Response:
        """Name the resources and where each is."""
        return Response(
            {
                "name": "Spona",
                "version": settings.SPECTACULAR_SETTINGS["VERSION"],
                "documentation": "/api/docs/",
                "resources": {name: f"/api/v1/{name}" for name in RESOURCES},
            }
        )
