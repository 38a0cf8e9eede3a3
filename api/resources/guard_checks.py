"""POST /guard/check: what in a text would be refused or asked about, while it is still being written.

The text is looked at and forgotten: it enters no row, log, audit entry or counter. There is no entry that somebody
checked a text, either: nothing was read or changed, and one entry for every pause in typing would bury the others.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import throttling
from api.endpoint import Endpoint
from api.serializers import Shape, StrictSerializer
from backend import guard

LONGEST: Final = 4000
MAX_BODY: Final = 64 * 1024  # that many letters, each escaped as two units of UTF-16


class TextIn(StrictSerializer):
    """A text as it would be sent, not yet stored anywhere."""

    text = serializers.CharField(
        max_length=LONGEST, allow_blank=True, trim_whitespace=False, help_text="At most 4,000 letters."
    )


class FindingOut(Shape):
    """One place in the text."""

    start = serializers.IntegerField(help_text="Of its first letter, counted in Unicode code points from 0.")
    end = serializers.IntegerField(help_text="Behind its last letter.")
    kind = serializers.CharField(help_text="Such as `jmbg`, `mobile`, `email`, `card` or `person_name`.")
    action = serializers.ChoiceField(
        choices=("block", "ask"),
        help_text="`block`: refused when written. `ask`: needs `names_checked` when written.",
    )


class FindingsOut(Shape):
    """All places, in the order of the text."""

    findings = FindingOut(many=True)


class GuardChecks(Endpoint):
    """The identifier guard, for the web app."""

    resource = "guard"
    actions: ClassVar[Mapping[str, str]] = {"check": "guard.check"}
    inputs = {"check": TextIn}
    outputs = {"check": FindingsOut}
    max_body = MAX_BODY
    examples: ClassVar[Mapping[str, Any]] = {"check": {"text": "Javio se Petar Primerović."}}
    shown: ClassVar[Mapping[str, Any]] = {
        "check": {"findings": [{"start": 9, "end": 25, "kind": "person_name", "action": "ask"}]}
    }

    def check(self, request: Request) -> Response:
        """Look at a text; nothing of it is kept."""
        throttling.check_further(self.by, request, scope="guard")
        return Response(self.output({"findings": guard.check(self.input()["text"])}))
