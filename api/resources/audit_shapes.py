"""What entries of the audit look like in answers, and the filters that find them."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from rest_framework import serializers

from api.denials import UUID_FORM, by_key, named
from api.filters import Filter, Id, OneOf
from api.serializers import Shape
from audit.canonical import MALFORMED, MAX_VERB, InvalidFact, claimed, verb
from audit.models import Outcome
from backend.cases.models import Case
from backend.review.entries import about_case, moment
from permissions.actor import Actor


class AuditEntryOut(Shape):
    """One entry. Where bytes, columns and MAC disagree, `genuine` is false and the facts are left out."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="log")
    at = serializers.DateTimeField()
    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    actor_kind = serializers.CharField(help_text="`user`, `token`, `system` or `anonymous`.")
    acting_for = serializers.UUIDField(allow_null=True, help_text="The person whose token it was.")
    action = serializers.CharField(source="verb")
    object_kind = serializers.CharField(allow_blank=True)
    object = serializers.CharField(
        source="object_id", allow_blank=True, help_text="An id, or what was typed."
    )
    case_code = serializers.CharField(allow_null=True, help_text="The code of the case, where it is one.")
    outcome = serializers.CharField(help_text="`success`, `denied` or `failed`.")
    code = serializers.CharField(allow_blank=True, help_text="Why it was refused.")
    request_id = serializers.CharField(allow_blank=True)
    route = serializers.CharField(allow_null=True)
    method = serializers.CharField(allow_null=True)
    objects = serializers.ListField(
        source="object_ids", child=serializers.CharField(), help_text="What a list showed."
    )
    facts = serializers.DictField(child=serializers.JSONField(), help_text="Codes, numbers and ids.")
    genuine = serializers.BooleanField(help_text="False: somebody changed it. Verify the log at once.")


class LookedOut(Shape):
    """Somebody looked at the case, or changed it."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    actor_kind = serializers.CharField()
    acting_for = serializers.UUIDField(allow_null=True)
    action = serializers.CharField(source="verb")
    object_kind = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(help_text="`success`, `denied` or `failed`.")
    purpose = serializers.SerializerMethodField(help_text="What the person looked for, as a code.")
    classes = serializers.SerializerMethodField(help_text="The data classes that were opened.")
    genuine = serializers.BooleanField()

    def get_purpose(self, row: Any) -> str | None:
        found: str | None = row["facts"].get("purpose")
        return found

    def get_classes(self, row: Any) -> list[str]:
        found: list[str] = row["facts"].get("classes", [])
        return found


class Who(Id):
    """A person: what they did, and what was done with a token in their name."""

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name, by
        return Q(actor_id=value) | Q(acting_for=value)


class WhichCase(Filter):
    """The id or code of a case: entries about it and about what hangs on it."""

    def read(self, text: str) -> Q:
        if not named(Case, text):
            raise ValueError(text)
        return by_key(Case, text)

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name
        return about_case(by, value)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 36}


class Object(Filter):
    """The id or code of an object, or `malformed`: what stands in the column, and nothing else that could be typed."""

    def read(self, text: str) -> str:
        if not text or (claimed(text) == MALFORMED) != (text == MALFORMED):
            raise ValueError(text)
        return text

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({UUID_FORM.pattern}|[A-Z0-9-]{{1,40}}|{MALFORMED})$"}


class Verb(Filter):
    """A verb, such as `case.read`."""

    def read(self, text: str) -> str:
        try:
            return verb(text)
        except InvalidFact:
            raise ValueError(text) from None

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 3, "maxLength": MAX_VERB}


class Moment(Filter):
    """A moment with its offset, such as 2026-11-22T09:30:00Z; `path` with its comparison, such as `at__gte`."""

    def read(self, text: str) -> datetime:
        return moment(text)

    def said(self, text: str) -> str:
        return self.read(text).isoformat()

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


FILTERS: dict[str, Filter] = {
    "team": Id(path="log"),
    "actor": Who(path="actor_id", describe="The person, or the token, who did it."),
    "case": WhichCase(path="object_id", describe="The id of a case or its code: with all that hangs on it."),
    "object": Object(path="object_id", describe="Exactly this object."),
    "action": Verb(path="verb", is_text=True, describe="Exactly this verb, such as `case.read`."),
    "outcome": OneOf(choices=tuple(Outcome.values)),
    "since": Moment(path="at__gte"),
    "until": Moment(path="at__lte"),
}
