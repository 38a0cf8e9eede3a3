"""The four kinds of operation that change or ask something, as decorators for the methods of a Resource.

They keep the order of refusals (401, 404, 403, 428 or 412, 409, 422), the transaction and the answer's headers in one
place; a method only calls the service.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Literal

from django.db.models import Model
from rest_framework.request import Request
from rest_framework.response import Response

Kind = Literal["creating", "changing", "deleting", "answering"]
Handler = Callable[..., Any]
MARK: Final = "operation"


def creating(make: Callable[[Any, Any], Model]) -> Handler:
    """`def create(self, data) -> the new object`. Answers 201, Location, ETag; honours Idempotency-Key."""

    @wraps(make)
    def create(self: Any, _request: Request, **_path: str) -> Response:
        done: Response = self.answer_created(lambda: make(self, self.input()))
        return done

    return _marked(create, "creating")


def changing(change: Callable[[Any, Any, Any], Model | None]) -> Handler:
    """`def close(self, obj, data) -> the object`, for PATCH and for verbs. Answers 200 with it, and its ETag."""

    @wraps(change)
    def verb(self: Any, _request: Request, **_path: str) -> Response:
        obj = self.get_object()
        done: Response = self.one(change(self, obj, self.input()) or obj)
        return done

    return _marked(verb, "changing")


def deleting(delete: Callable[[Any, Any], None]) -> Handler:
    """`def destroy(self, obj)`. Answers 204."""

    @wraps(delete)
    def destroy(self: Any, _request: Request, **_path: str) -> Response:
        delete(self, self.get_object())
        return Response(status=204)

    return _marked(destroy, "deleting")


def answering(ask: Callable[[Any, Any, Any], Any]) -> Handler:
    """`def reveal(self, obj, data) -> anything`. Answers 200 with what `outputs` names for the action."""

    @wraps(ask)
    def verb(self: Any, _request: Request, **_path: str) -> Response:
        obj = self.get_object()
        return Response(self.output(ask(self, obj, self.input())))

    return _marked(verb, "answering")


def kind_of(handler: Any) -> Kind | None:
    """Return which of the four an action is, or None for a plain method."""
    return getattr(handler, MARK, None)


def _marked(handler: Handler, kind: Kind) -> Handler:
    setattr(handler, MARK, kind)
    return handler
