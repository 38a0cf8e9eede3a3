"""Makes a published release again from its facts, by its manifest, and compares byte for byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from backend import asker
from backend.statistics.disclosure import ptable
from backend.statistics.releases import plan
from backend.statistics.releases.building import Draft, Tier, canonical, document
from backend.statistics.releases.cells import scope_of
from backend.statistics.releases.gathering import facts_digest, gather, made_besides
from backend.statistics.releases.job import sha256_of
from backend.statistics.releases.models import PUBLIC_TIER, Release
from backend.statistics.releases.states import PUBLISHED

DOCUMENT: Final = "document"


class NoRelease(Exception):
    """No release has this number."""


@dataclass(frozen=True)
class Compared:
    """What differs from the manifest: `plan`, `ptable`, `facts`, `sha256` or `document`. Nothing: it is the same."""

    release: Release
    differs: Sequence[str]


def reproduce(number: int) -> Compared:
    """Build the release again and compare. Raises NoRelease."""
    with asker.working_as(asker.RELEASES), transaction.atomic():
        row = Release.objects.filter(status=PUBLISHED, number=number).first()
    if row is None:
        raise NoRelease(str(number))
    scope, manifest, the_plan = scope_of(row.document), row.manifest, plan.current()
    tier: Tier = "C" if row.tier == PUBLIC_TIER else "B"
    withheld = frozenset(manifest["withheld"])
    counts, besides = gather(the_plan, [scope]), made_besides(scope, tier)
    made = document(Draft(the_plan, tier, scope, manifest["levels"], counts, made=besides, withheld=withheld))
    same = {
        "plan": manifest["plan_sha256"] == the_plan.digest,
        "ptable": manifest["ptable_sha256"] == ptable.ours().sha256,
        "facts": manifest["facts_sha256"] == facts_digest(scope),
        "sha256": row.sha256 == sha256_of(row.document),
        DOCUMENT: canonical(made) == canonical(row.document),
    }
    return Compared(row, [name for name, equal in same.items() if not equal])
