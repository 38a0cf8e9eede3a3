"""Puts into the queues what is worth a look: break-glass and erasures at once, of the rest what fits into a month.

Two jobs of the worker, under one name. A second run on the same day adds nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.acts import act
from audit.additions import add_all
from backend import asker
from backend.cases.models import BreakGlass
from backend.review.candidates import find
from backend.review.choosing import DRAWN, FOUND, Candidate, choose, left
from backend.review.models import LEAD, OFFICER, ReviewItem, note_verdict
from backend.review.rules import BREAK_GLASS, EACH, SAMPLE, Rule, rules
from backend.teams.actors import live_memberships
from backend.teams.models import Team
from permissions.actor import Actor

TOWN: Final = ZoneInfo("Europe/Belgrade")
LOOKS_BACK: Final = timedelta(days=31)
# What is asked about every minute reads two days of each log; what a worker missed comes with the next day's run.
LATELY: Final = timedelta(days=2)
DUE: Final = timedelta(days=30)
DUE_AT_ONCE: Final = timedelta(hours=72)


def add_looks(by: Actor) -> int:
    """Put every break-glass and erasure of the last days into the officer's queue. Returns how many were new."""
    chosen = [one for one in rules() if one.name in EACH]
    return sum(_add(by, team_id, chosen, back=LATELY) for team_id in _teams())


def top_up(by: Actor) -> int:
    """Fill the queues of every team with what the rules find and the lot draws. Returns how many items were new."""
    return sum(_add(by, team_id, rules(), back=LOOKS_BACK) for team_id in _teams())


def _teams() -> list[UUID]:
    return list(Team.objects.order_by("pk").values_list("pk", flat=True))


def _add(by: Actor, team_id: UUID, chosen: Sequence[Rule], *, back: timedelta) -> int:
    now = timezone.now()
    with transaction.atomic(), asker.speaking_for(by):
        rows = pick(team_id, chosen, now=now, back=back)
        if rows:
            with act(by, "review.items_added", team=team_id, added=len(rows)):
                add_all(rows)
    return len(rows)


def pick(team_id: UUID, chosen: Sequence[Rule], *, now: datetime, back: timedelta) -> list[ReviewItem]:
    """Return the unsaved items that `chosen` rules add to the queues of a team on the day of `now`."""
    day = now.astimezone(TOWN).date()
    month, leads = day.replace(day=1), _leads(team_id)
    found = find(chosen, team_id=team_id, since=now - back, month=month, leads=leads)
    new = _new(found, team_id=team_id)
    picked = choose((one for one in new if one.rule in EACH), None)
    for role in (LEAD, OFFICER):
        queue = [one for one in new if one.rule not in EACH and _role(one, leads) == role]
        picked += _fitting(queue, ReviewItem.objects.filter(team_id=team_id, month=month, for_role=role), day)
    looks = _looks(team_id, [one.bundle for one in picked if one.rule == BREAK_GLASS])
    return [
        _item(one, team_id, month, for_role=_role(one, leads), look=looks.get(one.bundle)) for one in picked
    ]


def _leads(team_id: UUID) -> list[UUID]:
    rows = live_memberships().filter(team_id=team_id, role=LEAD)
    return sorted(set(rows.values_list("user_id", flat=True)))


def _new(found: Iterable[Candidate], *, team_id: UUID) -> list[Candidate]:
    """Leave out what is an item already, of this month or of another; the lot draws no entry that is one."""
    before = ReviewItem.objects.filter(team_id=team_id, created_at__gt=timezone.now() - 3 * LOOKS_BACK)
    known = set(before.values_list("rule", "bundle"))
    entries = set(before.values_list("entry_id", flat=True))
    return [
        one
        for one in found
        if (one.rule, one.bundle) not in known and (one.rule != SAMPLE or one.entry_id not in entries)
    ]


def _role(one: Candidate, leads: Sequence[UUID]) -> str:
    """Return whose queue it is: a break-glass, an erasure and what a lead did are the officer's."""
    return OFFICER if one.rule in EACH or one.person in leads else LEAD


def _fitting(queue: Sequence[Candidate], held: QuerySet[ReviewItem], day: date) -> list[Candidate]:
    found = list(held.exclude(rule__in=(*EACH, SAMPLE)).values_list("minutes", flat=True))
    drawn = list(held.filter(rule=SAMPLE).values_list("minutes", flat=True))
    picked = choose((one for one in queue if one.rule != SAMPLE), left(FOUND, day=day, taken=found))
    entries = {one.entry_id for one in picked}
    lot = [one for one in queue if one.rule == SAMPLE and one.entry_id not in entries]
    return picked + choose(lot, left(DRAWN, day=day, taken=drawn))


def _looks(team_id: UUID, ids: Sequence[str]) -> dict[str, BreakGlass]:
    """Return the looks by their ids: one may have its verdict already."""
    rows = BreakGlass.objects.filter(Q(pk__in=ids), team_id=team_id)
    return {str(look.pk): look for look in rows}


def _item(
    one: Candidate, team_id: UUID, month: date, *, for_role: str, look: BreakGlass | None
) -> ReviewItem:
    now = timezone.now()
    item = ReviewItem(
        team_id=team_id,
        entry_id=one.entry_id,
        rule=one.rule,
        bundle=one.bundle,
        rank=one.risk,
        month=month,
        for_role=for_role,
        minutes=one.minutes,
        due_at=one.at + DUE_AT_ONCE if one.rule in EACH else now + DUE,
        created_at=now,
        person_id=one.person,
        verb=one.verb,
        at=one.at,
        case_id=one.case,
    )
    if look is not None:
        item.person_id = look.person_id  # the entry may be that of the second person
        if look.reviewed_at is not None:
            note_verdict(item, str(look.verdict), by=look.reviewed_by, at=look.reviewed_at)
    return item
