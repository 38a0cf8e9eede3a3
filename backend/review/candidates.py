"""Asks the rules about the log of one team, as the reviewer, under the name of the job."""

import hmac
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from audit.reading import as_reviewer
from backend.cases.models import Case
from backend.referrals.models import Referral
from backend.review.choosing import Candidate
from backend.review.objects import cases_of
from backend.review.rules import NO_OWN_SIDE, Rule
from backend.teams.models import Membership

# As long as the column; what the service writes is shorter.
LONGEST: Final = 120
_WHAT: Final = """
    SELECT found.entry_id, found.bundle, found.weight, e.at, e.verb, coalesce(e.acting_for, e.actor_id),
           e.object_id
    FROM ({}) AS found JOIN audit_entry e ON e.id = found.entry_id
"""


def seed(*, team_id: UUID, month: date) -> bytes:
    """Return the 32 bytes by which the lot of a month is drawn. Nobody without the audit's key can tell them ahead."""
    said = b"review sample\0" + team_id.bytes + month.isoformat().encode()
    return hmac.digest(settings.SPONA_AUDIT_KEY, said, "sha256")


def find(
    rules: Iterable[Rule], *, team_id: UUID, since: datetime, month: date, leads: Sequence[UUID]
) -> list[Candidate]:
    """Return what `rules` name in the log of a team since a moment. `leads` are those whom the officer reviews."""
    given = {
        "team": team_id,
        "since": since,
        "leads": list(leads),
        "seed": seed(team_id=team_id, month=month),
    }
    with as_reviewer(), connection.cursor() as cursor:
        rows = [(rule, row) for rule in rules for row in _asked(cursor, rule, given)]
    found = _with_cases(rows, team_id=team_id)
    return [one for one in found if one.rule != NO_OWN_SIDE or not _has_side(one, team_id=team_id)]


def _asked(cursor: Any, rule: Rule, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    cursor.execute(_WHAT.format(rule.sql), given)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _with_cases(rows: Sequence[tuple[Rule, tuple[Any, ...]]], *, team_id: UUID) -> list[Candidate]:
    """Put the case beside each: that of the object, or that which a fact names."""
    found = cases_of({row[6] for _, row in rows}, team_id=team_id)
    return [
        Candidate(
            rule=rule.name,
            risk=rule.risk,
            minutes=rule.minutes,
            entry_id=row[0],
            bundle=row[1][:LONGEST],
            weight=row[2],
            at=row[3],
            verb=row[4],
            person=row[5],
            case=found.get(row[6]),
        )
        for rule, row in rows
    ]


def _has_side(one: Candidate, *, team_id: UUID) -> bool:
    """Say whether an organisation of the person opened or holds the case, or is a side of a referral of it."""
    if one.person is None or one.case is None:
        return False
    own = Membership.objects.filter(user_id=one.person, team_id=team_id).values("organisation_id")
    here = Q(opened_by_organisation__in=own) | Q(holder_organisation__in=own)
    sides = Q(requester_organisation__in=own) | Q(recipient_organisation__in=own)
    kept = Case.objects.filter(here, pk=one.case)
    return kept.exists() or Referral.objects.filter(sides, case_id=one.case).exists()
