"""Releases put down as rows, where it matters who sees them and not what they say."""

from typing import Any
from uuid import uuid4

from django.db.models import Max

from backend.statistics.releases.models import Release
from backend.statistics.releases.states import PREPARED, PUBLISHED
from tests.backend.statistics.releases.facts_by_hand import free_year
from tests.world import ago, by_hand

DOCUMENT: dict[str, Any] = {
    "tier": "B",
    "period": "2026",
    "plan": 1,
    "scope": {"teams": [], "groups": {}, "not_included": [], "complete": True},
    "tables": [], "rates": [], "medians": [], "counts": [], "tallies": [], "method": {}, "notes": [],
}  # fmt: skip


def waiting(period: str = "", **parts: Any) -> Release:
    """Put down a release of the Office that waits for its approval, by somebody whom nobody knows."""
    return _put(Release(tier="B", status=PREPARED, period=period), **parts)


def unbuilt() -> Release:
    """Put down a release that nobody has built yet."""
    row = Release(tier="B", period=str(free_year()), prepared_by=uuid4())
    with by_hand():
        row.save()
    return row


def for_all() -> Release:
    """Put down a release that is published for all."""
    row = Release(tier="C", status=PUBLISHED, approved_by=uuid4(), approved_at=ago(minutes=1))
    with by_hand():
        row.number = (Release.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        return _put(row)


def _put(row: Release, **parts: Any) -> Release:
    period = row.period or str(free_year())
    document = {**DOCUMENT, "tier": row.tier, "period": period, **parts}
    row.period, row.prepared_by, row.built_at = period, uuid4(), ago(minutes=2)
    row.plan_version, row.document, row.sha256 = 1, document, "0" * 64
    row.gate, row.manifest = {"passed": True, "steps": []}, {"against": []}
    with by_hand():
        row.save()
    return row
