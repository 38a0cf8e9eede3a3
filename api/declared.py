"""What a view declares about its operations, and the permission that refuses whatever is not declared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from permissions.actor import Actor

# Open to everybody who is signed in; the view narrows what it shows to the caller's own.
SIGNED_IN: Final = "signed_in"
Needs = str | tuple[str, ...]


@dataclass(frozen=True)
class Above:
    """The object in the path above a nested list: `/cases/{case_id}/notes` is Above(Case, "case_id", "case").

    It is looked up first, under the action that makes its model visible, and is a 404 when it is not visible.
    """

    model: type[Model]
    kwarg: str
    field: str


def needs_of(actions: Mapping[str, Needs], action: str | None) -> tuple[str, ...]:
    """Return the policy actions of which one is enough; nothing when the action is not declared."""
    declared = actions.get(action or "", ())
    return (declared,) if isinstance(declared, str) else declared


class Declared(BasePermission):
    """Nothing declared means no. On a list or a creation some live role must be allowed the action at all.

    Where the path names an object, that object is asked: it answers 404 first, and 403 only to those who see it.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if view.public:
            return True
        by = request.user
        if not isinstance(by, Actor):
            return False
        needs = needs_of(view.actions, view.action)
        if SIGNED_IN in needs or (needs and view.names_an_object):
            return True
        return any(by.seats_for(action) for action in needs)
