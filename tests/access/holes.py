"""The holes that the matrix must find: each opens one door as a careless change would, by replacing one thing.

What is replaced is what the application really calls, so a hole that patches nothing shows nothing and fails its test.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest
from django.db.models import Model, QuerySet

from api import base, fields
from api.denials import by_key
from api.resources import break_glass, cases, disclosures, members, notifications, referrals
from backend.cases.models import BreakGlass, Case, Disclosure, Notification
from backend.referrals.models import Referral
from backend.teams.actors import actor_of
from backend.teams.models import Membership
from permissions import scope
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound
from permissions.seats import Seat

Open = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Hole:
    """One careless change, and where the matrix looks for it: operations, callers and channels."""

    name: str
    open: Open
    operations: tuple[str, ...]
    callers: tuple[str, ...]
    channels: tuple[str, ...] = ("path",)
    # What the findings must say, so that the hole is found for what it is.
    says: str = "shows"


def _visible_to_of_cases(patch: pytest.MonkeyPatch) -> None:
    narrow = scope.visible_to

    def loose(by: Any, rows: QuerySet[Model], action: str) -> QuerySet[Model]:
        return rows if rows.model is Case else narrow(by, rows, action)

    patch.setattr(base, "visible_to", loose)


def _relation(patch: pytest.MonkeyPatch) -> None:
    def loose(self: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.queryset.all()
        return rows

    patch.setattr(fields.VisibleRelatedField, "get_queryset", loose)


def _transition(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(base, "may", lambda *_args: True)


def _filter(patch: pytest.MonkeyPatch) -> None:
    """Take any parameter, and filter with it as it comes."""
    patch.setattr("api.filters.check_names", lambda *_args, **_known: None)

    def loose(self: Any) -> QuerySet[Any]:
        given = {name: value for name, value in self.request.query_params.items() if "__" in name}
        return Case.objects.filter(**{name.partition("__")[2]: value for name, value in given.items()})

    patch.setattr(cases.Cases, "get_queryset", loose)


def _list(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(members.Members, "get_queryset", lambda _self: Membership.objects.select_related("user"))


def _export(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disclosures, "disclosures", lambda _by, _case: Disclosure.objects.all())


def _review(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(break_glass, "seen", lambda _by: BreakGlass.objects.all())


def _told_by_403(patch: pytest.MonkeyPatch) -> None:
    find = base.Resource.find

    def telling(self: Any, key: str) -> Any:
        try:
            return find(self, key)
        except NotFound:
            if self.model._base_manager.filter(by_key(self.model, key)).exists():
                raise Forbidden from None
            raise

    patch.setattr(base.Resource, "find", telling)


def _tag(patch: pytest.MonkeyPatch) -> None:
    """Keep the ETag of what was looked up, on refusals too."""
    answer = base.Resource.finalize_response

    def tagging(self: Any, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        row = Referral.objects.filter(by_key(Referral, self.kwargs.get("id", ""))).first()
        if row is not None:
            response.headers["ETag"] = base.etag(row)
        return answer(self, request, response, *args, **kwargs)

    patch.setattr(base.Resource, "finalize_response", tagging)


def _count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(referrals.Referrals, "_wanted", lambda _self, _given: Referral.objects.all())


def _write(patch: pytest.MonkeyPatch) -> None:
    """Look a notice up among all, and mark it without asking."""
    patch.setattr(notifications.Notifications, "get_queryset", lambda _self: Notification.objects.all())
    patch.setattr(base, "may", lambda *_args: True)
    patch.setattr(Actor, "require", lambda *_args: None)


def _interval(patch: pytest.MonkeyPatch) -> None:
    """Give every membership its seat, whether it is over or not."""
    patch.setattr("api.authentication.actor_of", _with_all_seats)


def _switched_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("backend.teams.password_backend.Passwords.user_can_authenticate", lambda *_args: True)
    patch.setattr("api.authentication.actor_of", _with_all_seats)


def _with_all_seats(user: Any) -> Any:
    held = Membership.objects.filter(user_id=user.pk)
    seats = tuple(Seat(one.role, one.team_id, one.organisation_id) for one in held)
    return replace(actor_of(user), seats=seats)


def _operations(patch: pytest.MonkeyPatch) -> None:
    """Let a machine's token do whatever its person may."""
    patch.setattr(
        Actor, "seats_for", lambda self, action: tuple(s for s in self.seats if s.word(action) != "no")
    )


HOLES: Final = (
    Hole("visible_to is left out of one resource", _visible_to_of_cases, ("cases_list",), ("member",)),
    Hole(
        "a relation field is not narrowed",
        _relation,
        ("tokens_create",),
        ("coordinator",),
        ("body",),
        "absent",
    ),
    Hole(
        "a transition is not checked",
        _transition,
        ("cases_triage", "cases_close"),
        ("member",),
        says="no line",
    ),
    Hole("an undeclared filter is taken", _filter, ("cases_list",), ("member",), ("nested",)),
    Hole("the interval of a seat is ignored", _interval, ("cases_list", "cases_retrieve"), ("ended",)),
    Hole("is_active is ignored", _switched_off, ("cases_list", "me_retrieve"), ("switched_off",), says=""),
    Hole("a list is not narrowed", _list, ("members_list",), ("member", "partner_worker")),
    Hole(
        "a history of disclosures is not narrowed", _export, ("disclosures_list",), ("coordinator", "member")
    ),
    Hole("what reviewers read is not narrowed", _review, ("break_glass_list",), ("data_protection_officer",)),
    Hole(
        "403 says that something is there",
        _told_by_403,
        ("tokens_retrieve", "tokens_revoke"),
        ("coordinator",),
        says="absent",
    ),
    Hole(
        "a refusal carries the version of the row",
        _tag,
        ("referrals_retrieve",),
        ("member",),
        ("path", "head"),
        "absent",
    ),
    Hole("a list counts what it does not show", _count, ("referrals_list",), ("member",), says="counts"),
    Hole("a foreign row is written", _write, ("notifications_read",), ("member",), says="wrote"),
    Hole("a token does more than its operations", _operations, ("tokens_list", "members_list"), ("machine",)),
)
