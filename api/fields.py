"""Fields that know our rules: codes come from a list, ids only from what the caller sees, texts hold no identifiers."""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import empty

from api.attempt import Target, attempt
from api.denials import UUID_FORM, by_key
from backend import guard
from backend.reference import lists
from permissions.scope import reach_of, visible_to


class CodeField(serializers.CharField):
    """A code of a reference list; `tdi_items:sex` is one item of a list. The schema names the list's codes."""

    default_error_messages = {"unknown_code": "unknown_code"}

    def __init__(self, list_name: str, **kwargs: Any) -> None:
        self.list_name = list_name
        lists.codes(list_name)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if data == "" and self.allow_blank:
            return data
        if not lists.code_exists(self.list_name, data):
            self.fail("unknown_code")
        return data


class GuardedText(serializers.CharField):
    """Free text in which no person can be recognised. What was found is told by kind and place, never repeated.

    Identifiers are refused. What may tell who somebody is, a likely name above all, is asked about: it is taken when
    the body, or the part of it that holds the text, says `names_checked`. The length is looked at first.
    """

    asks_about_names = True

    def run_validation(self, data: Any = empty) -> Any:
        text = super().run_validation(data)
        if isinstance(text, str):
            self._look_at(text)
        return text

    def _look_at(self, text: str) -> None:
        found = guard.check(text)
        if blocked := dict.fromkeys(one.kind for one in found if one.action == guard.BLOCK):
            raise serializers.ValidationError([ErrorDetail(" ".join(blocked), code="identifier_found")])
        if found and not self._names_are_checked():
            places = " ".join(f"{one.kind}:{one.start}:{one.end}" for one in found)
            raise serializers.ValidationError([ErrorDetail(places, code="likely_name")])

    def _names_are_checked(self) -> bool:
        above: Any = self.parent
        while above is not None:
            if getattr(above, "names_checked", False):
                return True
            above = above.parent
        return False


class VisibleRelatedField(serializers.RelatedField[Any, Any, str]):
    """The id (or code) of another object, taken only from what the caller sees under `action`.

    A foreign id and an absent one are the same error, and count as a probe. `action` is the model's own view action
    unless told.
    """

    default_error_messages = {"unknown_id": "unknown_id"}

    def __init__(self, *, action: str = "", **kwargs: Any) -> None:
        self.action = action
        super().__init__(**kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[assignment]  # None on read-only fields alone
        return visible_to(self.context["by"], rows, self.action or reach_of(rows.model).view)

    def use_pk_only_optimization(self) -> bool:
        return True

    def to_internal_value(self, data: Any) -> Model:
        rows = self.get_queryset()
        found = rows.filter(by_key(rows.model, data)).first() if isinstance(data, str) else None
        if found is None:
            attempt().probed = Target(rows.model, str(data)[:64])
            self.fail("unknown_id")
        return found  # type: ignore[no-any-return]

    def to_representation(self, value: Any) -> str:
        return str(value.pk)


class NamesARow:
    """What a field says that names a row which its service looks up: the model, and the line by which it is narrowed.

    The service asks `visible_to`, or something narrower, and answers a foreign id as an absent one; a field that says
    nothing does not start (`api.E021`). Where the row is no row of its own, `of` is the model that holds it.
    """

    def __init__(self, *, of: type[Model], action: str = "", **kwargs: Any) -> None:
        self.of = of
        self.action = action or reach_of(of).view
        super().__init__(**kwargs)


class KeyField(NamesARow, serializers.CharField):
    """A text that names a row: its code, the name of an account, a sealed field by the id of what it stands in."""


class IdField(NamesARow, serializers.UUIDField):
    """An id in the canonical form only."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not UUID_FORM.fullmatch(data):
            self.fail("invalid", value="")
        return UUID(str(super().to_internal_value(data)))
