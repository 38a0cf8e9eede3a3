"""/cases/{id}/history and /referrals/{id}/history: who changed what and when, as far as the object is open."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource, counted
from api.denials import named
from api.pagination import Fetch
from api.serializers import Shape
from audit.changes import Change
from audit.models import Entry
from backend.cases import history as of_cases
from backend.cases.models import Case
from backend.referrals import finding, reading
from backend.referrals import history as of_referrals
from backend.referrals.models import Referral

NEWEST: Final = ("-at", "-id")
EXAMPLE: Final = {
    "next": None,
    "previous": None,
    "results": [
        {
            "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
            "at": "2026-11-22T09:30:00.000250Z",
            "author": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
            "verb": "case.assigned",
            "entry": "3f333df6-90a4-4fda-8dd3-9485d27cee36",
            "kind": "case",
            "fields": [
                {"field": "assigned_to", "was": None, "is": "7c9e6679-7425-40de-944b-e07fc1f90ae7"},
            ],
        },
        {
            "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
            "at": "2026-11-22T09:12:00.004410Z",
            "author": None,
            "verb": "case.profile_changed",
            "entry": "6fa459ea-ee8a-4ca4-894e-db77e160355e",
            "kind": "facts",
            "fields": [{"field": "items.age_band", "changed": True}],
        },
    ],
}


_VALUE: Final = {"type": ["string", "array", "null"], "items": {"type": "string"}}
_PLAIN: Final = {
    "type": "object",
    "required": ["field", "was", "is"],
    "properties": {"field": {"type": "string"}, "was": _VALUE, "is": _VALUE},
    "additionalProperties": False,
}
_SEALED: Final = {
    "type": "object",
    "required": ["field", "changed"],
    "properties": {"field": {"type": "string"}, "changed": {"const": True}},
    "additionalProperties": False,
}


@extend_schema_field({"type": "array", "items": {"oneOf": [_PLAIN, _SEALED]}})
class Differences(serializers.ListField):
    """The fields that changed: a plain one with what was and what is, a sealed one with neither."""


class ChangeOut(Shape):
    """One change, by one act of one person."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    author = serializers.UUIDField(
        allow_null=True, help_text="Null for people of other organisations, unless the caller coordinates."
    )
    verb = serializers.CharField(help_text="What was done, as the audit calls it.")
    entry = serializers.UUIDField(allow_null=True, help_text="The id of the audit entry.")
    kind = serializers.ChoiceField(choices=("case", "facts", "referral", "question"))
    fields = Differences(  # type: ignore[assignment]
        help_text="`was` and `is` are null where nothing stood. Of a sealed field only that it `changed` is said."
    )


class History(Resource):
    """Changes of one object, newest first. The service that reads them writes the entry itself."""

    about_a_person = True
    serializer_class = ChangeOut
    orderings = {"newest": NEWEST}
    shown = {"list": EXAMPLE}

    def show_rows(self, rows: Sequence[Change]) -> Sequence[Any]:
        return super().show_rows([asdict(one) | {"fields": _differences(one)} for one in rows])

    @abstractmethod
    def changes(self, obj: Any) -> Sequence[Change]:
        """Return every change that shows to the caller, newest first."""

    def list(self, request: Request, **_path: str) -> Response:
        """Answer one page of what changed."""
        found = self.changes(self.find(self.kwargs["id"]))
        # The cursor is typed by the model that has both of its fields.
        page, said = self.page(_fetcher(found), model=Entry)
        said["results"] = self.show_rows(page.rows)
        if counted(request.query_params):
            said["count"] = len(found)
        return Response(said)


def _differences(change: Change) -> list[dict[str, Any]]:
    return [
        {"field": one.field, "changed": True}
        if one.sealed
        else {"field": one.field, "was": one.was, "is": one.becomes}
        for one in change.fields
    ]


def _fetcher(found: Sequence[Change]) -> Fetch:
    def fetch(order: tuple[str, ...], most: int, after: tuple[Any, ...]) -> list[Change]:
        if order == NEWEST:
            beyond = (one for one in found if not after or (one.at, one.id) < after)
        else:
            beyond = (one for one in reversed(found) if (one.at, one.id) > after)
        return [one for one, _ in zip(beyond, range(most), strict=False)]

    return fetch


class CaseHistory(History):
    """What changed in one case."""

    resource = "case_history"
    queryset = Case.objects.all()
    actions = {"list": "case.view_coded"}

    def changes(self, obj: Case) -> Sequence[Change]:
        return of_cases.read_history(
            self.by, obj, needs_referred=finding.needs_referred, received_at=of_referrals.received_at
        )


class ReferralHistory(History):
    """What changed in one referral and its questions."""

    resource = "referral_history"
    queryset = Referral.objects.all()
    actions = {"list": "case.view_coded"}

    def get_queryset(self) -> QuerySet[Any]:
        return finding.findable(self.by)

    def fetch(self, key: str) -> Any:
        return reading.find(self.by, whole=True, **named(Referral, key))

    def changes(self, obj: Referral) -> Sequence[Change]:
        return of_referrals.read_history(self.by, obj)
