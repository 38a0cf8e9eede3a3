"""The list of referrals: its filters, and its page as one prepared query with a branch for each team and index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from api import filters, pagination
from api.filters import Code, Filter, Flag, Id, OneOf
from backend.prepared import Prepared
from backend.referrals import listing
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from permissions.actor import Actor
from permissions.scope import branches, visible_to


@dataclass(frozen=True)
class Side(OneOf):
    """Referrals that the caller stands behind, or those that came to it."""

    def read(self, text: str) -> Any:
        return super().read(text) == listing.SENT

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name
        return listing.sent_by(by) if value else ~listing.sent_by(by)


@dataclass(frozen=True)
class Overdue(Flag):
    """Whether the first contact is late, as far as the caller sees it."""

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name
        late = listing.overdue() & ~listing.stub(by)
        return late if value else ~late


FILTERS: Final[Mapping[str, Filter]] = {
    "team": Id(path="team_id", unless=listing.stub),
    "status": Code("referral_statuses"),
    "urgency": Code("urgencies", unless=listing.stub),
    "service_code": Code("services", describe="A confidential service is found by no code."),
    "side": Side(choices=(listing.SENT, listing.RECEIVED)),
    "overdue": Overdue(),
    "case": Id(
        path="case_id",
        unless=listing.case_unseen,
        describe="Finds a request once it is accepted and the case open.",
    ),
    "recipient": Id(path="recipient_organisation_id", unless=listing.stub),
    "requester": Id(path="requester_organisation_id", unless=listing.stub),
}


def seen(by: Actor, action: str) -> QuerySet[Referral]:
    """Return the referrals that a list may show to `by`."""
    return visible_to(by, _left(by), action)


def _left(by: Actor) -> QuerySet[Referral]:
    """Return what was not erased. The words of a prepared query hold no id to know that by: a blank column does."""
    rows = Referral.objects.exclude(urgency="")
    return rows.exclude(team_id__in=sorted(by.keyless)) if by.keyless else rows


def _pages(
    by: Actor,
    _names: tuple[str, ...],
    order: tuple[str, ...],
    most: int,
    *,
    after: Sequence[Any],
    **wanted: Any,
) -> QuerySet[Referral, dict[str, Any]]:
    rows = filters.narrow(_left(by), FILTERS, wanted, by=by)
    parts = [listing.with_columns(part) for part in branches(by, rows, REACH.view) or [rows.none()]]
    return pagination.top(parts, order=order, most=most, after=after)


PAGES: Final = Prepared(_pages)
