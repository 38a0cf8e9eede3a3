"""The referrals that a case has had: the next number, the try before this one, and hints, from one query."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from backend import asker
from backend.errors import Conflict
from backend.prepared import Prepared
from backend.referrals.lifecycle import ENDED, OPEN, helped
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from permissions.actor import Actor
from permissions.scope import visible_to


@dataclass(frozen=True, slots=True)
class Tries:
    """All referrals of one case, by number; `seen` are the ids of those that show to the one who asks."""

    rows: tuple[Referral, ...]
    seen: frozenset[UUID] = frozenset()

    @property
    def next_number(self) -> int:
        """Return the number after the highest. It tells that there were others, and no more: not whose, nor what."""
        return max((row.number for row in self.rows), default=0) + 1

    def replaceable(self, referral_id: UUID) -> Referral | None:
        """Return the try of this id if it has ended without help."""
        found = next((row for row in self.rows if row.id == referral_id), None)
        ended = found is not None and found.status in ENDED and not helped(found.outcome_code)
        return found if ended else None

    def alike(self, referral: Referral) -> tuple[Referral, ...]:
        """Return other open referrals to the same organisation or service.

        A referral that does not show to the caller is left out: its code would say to whom it went.
        """
        place, service = referral.recipient_organisation_id, referral.service_code
        return tuple(
            row
            for row in self.rows
            if row.id in self.seen
            and row.status in OPEN
            and row.id != referral.id
            and (row.recipient_organisation_id == place or (service and row.service_code == service))
        )

    def similar(self, referral: Referral) -> list[str]:
        """Return the codes of those, as a hint."""
        return [row.code for row in self.alike(referral)]

    def check_order(self, referral: Referral, *, earlier: Collection[UUID], strictly: bool) -> None:
        """Raise Conflict `not_next_in_order` while an organisation named earlier has yet to end without help.

        A consent for one need is tried strictly in its order. One for the whole case names organisations for
        different needs; there only a referral of the same need that is still open, or helped, stands in the way.
        The order is the person's wish, so referrals that the caller does not see count too; none is named.
        """
        tried = set()
        for row in self.rows:
            if row.recipient_organisation_id in earlier and self._same(row, referral):
                if row.status in OPEN or helped(row.outcome_code):
                    raise Conflict("not_next_in_order")
                tried.add(row.recipient_organisation_id)
        if strictly and not set(earlier) <= tried:
            raise Conflict("not_next_in_order")

    @staticmethod
    def _same(row: Referral, referral: Referral) -> bool:
        counts = row.sent_at is not None and row.status != "entered-in-error" and row.id != referral.id
        return counts and referral.need_id is not None and row.need_id == referral.need_id


def tries_of(case_id: UUID, *, by: Actor | None = None) -> Tries:
    """Return the referrals of a case whose row is locked, with those that `by` sees marked for hints."""
    with asker.working_as(asker.STEPS):
        found: Any = tuple(_TRIES.rows(by, case_id=case_id))
    return Tries(found, seen=frozenset(row.id for row in found if by is not None and row.shows))


def _tries(by: Actor | None, *, case_id: UUID) -> QuerySet[Referral]:
    rows = Referral.objects.filter(case_id=case_id).order_by("number")
    if by is None:
        return rows
    shows = visible_to(by, Referral.objects.filter(pk=OuterRef("pk")), REACH.view)
    return rows.annotate(shows=Exists(shows))


_TRIES: Final = Prepared(_tries)
