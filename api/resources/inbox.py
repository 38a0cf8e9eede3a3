"""/inbox: what awaits the caller today."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.declared import SIGNED_IN
from api.endpoint import Endpoint
from api.serializers import Shape
from backend.referrals.inbox import read_inbox


class InboxLine(Shape):
    """A referral, or under `expiring_consent` the consent of a case, whose end is `due_at`."""

    id = serializers.UUIDField()
    team = serializers.UUIDField()
    code = serializers.CharField()
    spoken_name = serializers.CharField()
    service_code = serializers.CharField(allow_blank=True)
    urgency = serializers.CharField()
    status = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)


class InboxOut(Shape):
    """Four lists of at most 50 lines, the most pressing first."""

    to_answer = InboxLine(many=True, help_text="Requests and questions that the own side has yet to answer.")
    overdue = InboxLine(many=True, help_text="The time of the first contact is over.")
    answered_not_acknowledged = InboxLine(many=True, help_text="Say what comes next for the need.")
    expiring_consent = InboxLine(many=True, help_text="Consents that end within a fortnight.")


class Inbox(Endpoint):
    """What awaits the caller today, computed at this moment."""

    resource = "inbox"
    about_a_person = True
    serializer_class = InboxOut
    actions = {"retrieve": SIGNED_IN}

    def retrieve(self, _request: Request) -> Response:
        """Answer the four lists. Whoever has no part in any referral gets empty ones."""
        return Response(self.output(read_inbox(self.by)))
