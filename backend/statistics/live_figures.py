"""What a team has done in a quarter that is not locked yet: from plain columns alone, nothing is opened.

A preview of what the lock will count, for those who see the rows anyway. What is sealed (the services that amount to a
diagnosis, what is known of a person, gaps) is not in it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.cases.models import Case
from backend.reference.lists import codes
from backend.referrals.models import Referral
from backend.statistics.facts import marks
from backend.statistics.facts.person import COORDINATED
from backend.statistics.periods import Span, day_of
from backend.teams.models import Team
from permissions.actor import Actor
from permissions.scope import visible_to

VIEW: Final = "case.view_coded"
_SIDES: Final = ("opened_by_organisation_id", "holder_organisation_id")
_DROPPED: Final = ("failed", "cancelled")
# Of which organisation (None: the whole), which mark, which service ("" for all): how many.
Key = tuple[UUID | None, str, str]


def live(by: Actor, team: Team, span: Span) -> Counter[Key]:
    """Count what `by` sees of a team's work in a span of days, by mark, organisation and service."""
    found: Counter[Key] = Counter()
    for row in _moved(by, team, span):
        sides = {None, row.requester_organisation_id, row.recipient_organisation_id}
        for mark in _marks(row, span):
            found.update((side, mark, service) for side in sides for service in {"", row.service_code})
    for mark, cases in _cases(by, team, span):
        found.update((side, mark, "") for side in by_side(cases).elements())
    return found


def by_side(cases: Iterable[tuple[UUID | None, ...]]) -> Counter[UUID | None]:
    """Count the persons of rows (case, organisation, organisation): each once for all (None) and for each side."""
    return Counter(side for _case, side in {(one[0], side) for one in cases for side in (None, *one[1:])})


def of_organisations(found: Counter[Key], own: Collection[UUID]) -> Counter[Key]:
    """Return what is counted of some organisations."""
    return Counter({key: n for key, n in found.items() if key[0] in own})


def _moved(by: Actor, team: Team, span: Span) -> QuerySet[Referral]:
    moments = ("sent_at", "answered_at", "ended_at")
    within = Q()
    for one in moments:
        within |= Q(**{f"{one}__gte": span.begin, f"{one}__lt": span.end})
    rows = Referral.objects.filter(within, team=team, sent_at__isnull=False).exclude(
        status="entered-in-error"
    )
    return visible_to(by, rows, VIEW).only(
        "requester_organisation", "recipient_organisation", "service_code", "status", *moments
    )


def _marks(row: Referral, span: Span) -> Iterator[str]:
    if row.sent_at and span.holds(day_of(row.sent_at)):
        yield marks.REQUESTED
    if row.answered_at and span.holds(day_of(row.answered_at)):
        yield marks.DECIDED
        yield marks.REJECTED if row.status == "rejected" else marks.ACCEPTED
    if row.ended_at and span.holds(day_of(row.ended_at)):
        yield marks.ENDED
        if row.status in _DROPPED:
            yield marks.DROPPED


def _cases(by: Actor, team: Team, span: Span) -> Iterator[tuple[str, set[tuple[UUID | None, ...]]]]:
    """Yield marks of persons, each with the cases that have it and the organisations on their sides."""
    cases = visible_to(by, Case.objects.filter(team=team, merged_into=None), VIEW)
    begun = cases.filter(opened_on__lte=span.last)
    here = begun.filter(Q(status__in=COORDINATED) | Q(status="closed", closed_on__gte=span.first))
    yield marks.IN_COORDINATION, _with_sides(here, "id", *_SIDES)
    yield marks.NEW, _with_sides(here.filter(opened_on__gte=span.first), "id", *_SIDES)
    referrals = visible_to(by, Referral.objects.filter(team=team), VIEW)
    helps = [code for code, row in codes("referral_outcomes").items() if row.is_yes("help_given")]
    helped = referrals.filter(
        status="completed", outcome_code__in=helps, ended_at__gte=span.begin, ended_at__lt=span.end
    )
    waiting = referrals.filter(
        Q(status="requested")
        | Q(status="accepted", first_contact_at=None)
        | Q(status="on-hold", reason_code="waitlist")
    )
    for mark, rows in ((marks.HELPED, helped), (marks.WAITING, waiting)):
        yield mark, _with_sides(rows, "case_id", "requester_organisation_id", "recipient_organisation_id")


def _with_sides(rows: QuerySet[Any], case: str, *sides: str) -> set[tuple[UUID | None, ...]]:
    return set(rows.values_list(case, *sides))
