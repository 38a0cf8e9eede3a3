"""/me/sessions: where the person who asks is signed in, and ending it there."""

from typing import Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.attempt import Target, attempt
from api.declared import SIGNED_IN
from api.denials import UUID_FORM
from api.endpoint import Endpoint
from api.serializers import Shape
from backend.teams import sessions_end
from backend.teams.devices import BROWSERS, SYSTEMS
from backend.teams.models import Session
from backend.teams.sessions import stored
from permissions.scope import NotFound

_SHOWN: Final = {
    "results": [
        {
            "id": "7d3f0c52-4b64-4b5e-9f0e-2f4f3e0f6a11",
            "begun_at": "2026-11-22T07:31:00Z",
            "used_at": "2026-11-22T09:12:00Z",
            "browser": "firefox",
            "system": "android",
            "here": True,
        }
    ]
}


class MySessionOut(Shape):
    """A session. Its id is random and says nothing; no address is kept, nor more of the browser than this."""

    id = serializers.UUIDField()
    begun_at = serializers.DateTimeField(help_text="When somebody signed in.")
    used_at = serializers.DateTimeField(help_text="When it was last used, give or take a minute.")
    browser = serializers.ChoiceField(choices=BROWSERS, help_text="As the browser said at sign-in.")
    system = serializers.ChoiceField(choices=SYSTEMS, help_text="As the browser said at sign-in.")
    here = serializers.BooleanField(help_text="The one that asks.")


class MySessionsOut(Shape):
    """The sessions that are open now, the one used last first."""

    results = MySessionOut(many=True)


class MySessions(Endpoint):
    """Where the person who asks is signed in. Nobody else is shown it, and no machine."""

    resource = "me_sessions"
    serializer_class = MySessionsOut
    actions = dict.fromkeys(("list", "end", "end_others"), SIGNED_IN)
    people_only = frozenset({"list", "end_others"})
    shown = dict.fromkeys(actions, _SHOWN)

    def list(self, _request: Request) -> Response:
        """Answer one's own sessions that are open now."""
        return self._left()

    def end(self, request: Request, **path: str) -> Response:
        """End one of one's own sessions: it is refused at its next request. Answer those that are left."""
        self.input()
        key = path["id"]
        attempt().target = Target(Session, key)
        # A machine has no session, so to it each is absent.
        if self.by.kind != "user" or not UUID_FORM.fullmatch(key):
            raise NotFound
        if sessions_end.end_one(self.by, UUID(key), here=self._key()):
            request._request.session.flush()  # noqa: SLF001 - DRF offers no other way to the session
        return self._left()

    def end_others(self, _request: Request) -> Response:
        """End all of one's own sessions but this one. Answer what is left."""
        self.input()
        sessions_end.end_others(self.by, here=self._key())
        return self._left()

    def _left(self) -> Response:
        here = stored(self._key())
        rows = [
            {
                "id": row.handle,
                **{name: getattr(row, name) for name in ("begun_at", "used_at", "browser", "system")},
                "here": row.session_key == here,
            }
            for row in sessions_end.signed_in_at(self.by, here=self._key())
        ]
        return Response(self.output({"results": rows}))

    def _key(self) -> str:
        return str(self.request._request.session.session_key or "")  # noqa: SLF001
