"""/me/account-events: what others did to the account of the person who asks, without saying who."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.declared import SIGNED_IN
from api.endpoint import Endpoint
from api.serializers import Shape
from backend.teams.account_events import events


class AccountEventOut(Shape):
    """One act."""

    at = serializers.DateTimeField()
    action = serializers.CharField(help_text="As the audit names it, such as `membership.ended`.")
    role = serializers.CharField(
        allow_null=True, help_text="The role that was given, changed or taken, if one was."
    )
    waits = serializers.BooleanField(
        help_text="A second person had yet to agree: nothing was given or changed."
    )
    by_roles = serializers.ListField(
        child=serializers.CharField(),
        help_text="What whoever did it was at that moment, in the team concerned or for no team; empty for the "
        "person and for the server.",
    )


class AccountEventsOut(Shape):
    """The last 90 days, newest first, at most 100 acts."""

    results = AccountEventOut(many=True)


class MyAccountEvents(Endpoint):
    """Roles, tokens, recoveries, sign-outs and switching off. Attempts to sign in are in the audit alone."""

    resource = "me_account_events"
    serializer_class = AccountEventsOut
    actions = {"list": SIGNED_IN}
    people_only = frozenset({"list"})
    shown = {
        "list": {
            "results": [
                {
                    "at": "2026-11-22T09:12:00Z",
                    "action": "membership.added",
                    "role": "member",
                    "waits": False,
                    "by_roles": ["coordinator"],
                }
            ]
        }
    }

    def list(self, _request: Request) -> Response:
        """Answer what others did to one's own account. Never to a machine."""
        return Response(self.output({"results": events(self.by)}))
