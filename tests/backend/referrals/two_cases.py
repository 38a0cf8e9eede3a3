"""Two cases of one person in one town, and the two people who join them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from backend.cases.models import Case, Merge
from backend.cases.opening import FactsInput, open_case
from backend.referrals import merging
from backend.teams.models import Organisation, User
from tests.backend.referrals.loops import CLASSES, Loop, consent_to, opened
from tests.world import Town, actor

GONE_ITEMS: dict[str, Any] = {"sex": "2", "primary_drug": "11", "age_band": "20-24"}


@dataclass
class Pair:
    """The case of the centre stays, the case of the society goes."""

    stays: Loop
    goes: Case

    @property
    def town(self) -> Town:
        return self.stays.town

    def merge(self) -> Merge:
        return Merge.objects.get(case=self.stays.case)

    def fresh(self) -> tuple[Case, Case]:
        return Case.objects.get(pk=self.stays.case.pk), Case.objects.get(pk=self.goes.pk)


def other_case(
    town: Town, organisation: Organisation | None = None, by: User | None = None, **facts: Any
) -> Case:
    """Open the other case, by default in the society, with a consent that names it and the clinic."""
    given = {"items": GONE_ITEMS, "needs": ["housing", "employment"], **facts}
    return open_case(
        actor(by or town.outreach),
        team=town.team,
        organisation=organisation or town.society,
        consent=consent_to(town.society, town.clinic, classes=(*CLASSES, "narrative")),
        facts=FactsInput(**given),
    )


def pair(town: Town | None = None) -> Pair:
    """Everybody is there who could be asked."""
    town = town or Town()
    assert town.coordinator.pk
    assert town.deputy.pk
    return Pair(opened(town), other_case(town))


def propose(two: Pair, by: User | None = None, other: UUID | None = None, **values: Any) -> Merge:
    wanted = Q(pk=other or two.goes.pk)
    return merging.propose(actor(by or two.town.coordinator), two.stays.case, other=wanted, **values)


def joined(two: Pair) -> Merge:
    row = propose(two)
    merging.confirm(actor(two.town.deputy), row)
    row.refresh_from_db()
    return row
