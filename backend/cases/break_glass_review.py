"""Who answers for a look: the list that lead and officer work through, and the text that the person gave."""

from typing import Any, Final, cast

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now

from audit import recorder
from audit.acts import act
from backend.cases.break_glass import LABEL, database_now
from backend.cases.models import BreakGlass
from backend.cases.models.looks import live_look, waiting
from backend.encryption import vault
from backend.errors import Conflict
from permissions.actor import Actor
from permissions.scope import BREAK_GLASS, Forbidden, spared, visible_to

REVIEW: Final = "breakglass.review"
VERDICTS: Final = ("expected", "ask", "escalate")
WAITING, OPEN, ENDED, LAPSED = "waiting", "open", "ended", "lapsed"
STATES: Final = (WAITING, OPEN, ENDED, LAPSED)


def overdue() -> Q:
    """Return the condition that a look should have been reviewed by now."""
    return Q(review_due_at__lte=Now(), reviewed_at=None)


def seen(by: Actor) -> QuerySet[BreakGlass]:
    """Return the looks that `by` may know of: the own ones; those of the team for who reviews or coordinates it."""
    # By the line, which no machine's token has.
    own = [seat for seat in by.seats_for(BREAK_GLASS) if seat.team_id]
    chairs = {seat.team_id for seat in own if seat.word("case.view_coded") == "yes"}
    reviewed = visible_to(by, BreakGlass.objects.all(), REVIEW).values("pk")
    mine = Q(team_id__in={seat.team_id for seat in own}, person_id=by.id) if by.id else Q(pk__in=())
    return spared(by, BreakGlass.objects.filter(mine | Q(team_id__in=chairs) | Q(pk__in=reviewed)))


def with_state(rows: QuerySet[BreakGlass]) -> QuerySet[BreakGlass]:
    """Add `state` (waiting, open, ended; lapsed: nobody confirmed it) and `is_overdue`, by the database's clock."""
    state = Case(
        When(live_look(), then=Value(OPEN)),
        When(waiting(), then=Value(WAITING)),
        When(starts_at=None, ended_at=None, then=Value(LAPSED)),
        default=Value(ENDED),
        output_field=CharField(),
    )
    # What never began has no such moment: then the condition is neither true nor false.
    late = Coalesce(ExpressionWrapper(overdue(), output_field=BooleanField()), Value(value=False))
    stated: QuerySet[BreakGlass] = rows.annotate(state=state, is_overdue=late)
    return stated


def read(by: Actor, row: BreakGlass) -> Any:
    """Return the row as it stands now with its `text`, which opens to who answers for it or judges it, else None.

    Each reading is recorded. Raises KeyGone, IntegrityFailure.
    """
    found: Any = with_state(BreakGlass.objects.filter(pk=row.pk)).get()
    may_read = by.kind == "user" and (row.person_id == by.id or _reviews(by, row))
    found.text = _opened(row) if may_read else None
    recorder.record(
        by,
        "breakglass.read",
        team=row.team_id,
        kind=recorder.kind_of(row),
        object_id=str(row.pk),
        opened=may_read,
    )
    return found


def _reviews(by: Actor, row: BreakGlass) -> bool:
    return visible_to(by, BreakGlass.objects.filter(pk=row.pk), REVIEW).exists()


def _opened(row: BreakGlass) -> str:
    kept = row.written
    value = vault.open_for(
        owner_id=row.case_id, record_id=kept.pk, label=LABEL, envelope=kept.envelope, revision=1
    )
    return cast("str", value)


def review(by: Actor, row: BreakGlass, *, verdict: str) -> None:
    """Give a verdict (one of `VERDICTS`) on the look of somebody else, once.

    Raises NotFound, Forbidden on the own look, Conflict `look_not_started` or `already_reviewed`.
    """
    with act(by, "breakglass.reviewed", row, needs=REVIEW) as current:
        if by.kind != "user" or row.person_id == by.id:
            raise Forbidden
        if row.starts_at is None:
            raise Conflict("look_not_started")
        if row.reviewed_at is not None:
            raise Conflict("already_reviewed")
        row.reviewed_by, row.reviewed_at, row.verdict = by.id, database_now(), verdict
        row.save()
        current.note(case=row.case_id, verdict=verdict)
