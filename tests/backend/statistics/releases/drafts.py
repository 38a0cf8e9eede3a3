"""Counts as facts would give them, without a database: people and referrals of small towns, at random from a seed."""

from random import Random

from backend.statistics.facts.marks import PARTS
from backend.statistics.releases import ladder, periods, plan
from backend.statistics.releases.building import Draft, Tier
from backend.statistics.releases.cells import Atom, Scope, cells_of
from backend.statistics.releases.counts import Count, Counts

TOWNS = ("bor", "loznica", "majdanpek", "sabac")
GROUPS = {"bor-majdanpek": ("bor", "majdanpek"), "loznica": ("loznica",), "sabac": ("sabac",)}


def scope(period: str = "2026-Q3", teams: tuple[str, ...] = TOWNS) -> Scope:
    groups = {name: tuple(one for one in towns if one in teams) for name, towns in GROUPS.items()}
    return Scope(periods.parse(period), teams, {name: towns for name, towns in groups.items() if towns})


def draft(
    tier: Tier = "B", *, period: str = "2026-Q3", people: int = 30, seed: int = 1, of: Scope | None = None
) -> Draft:
    """Return a draft at the finest level: people of up to so many cases in each town, and nothing else."""
    chosen, found = of or scope(period), plan.current()
    counts, random = Counts(), Random(seed)
    for cell in cells_of(found.table("people"), chosen, "team"):
        for atom in cell.atoms:
            counts.all.setdefault(atom, Count(random.randint(0, people), random.randrange(4096)))
    _keep_parts(counts)
    return Draft(found, tier, chosen, ladder.first_levels(found, chosen, tier), counts)


def add(counts: Counts, atom: Atom, n: int, *, key: int = 7) -> None:
    """Put facts beside those that are there, each with the same key."""
    counts.add(atom, Count(n, n * key % 4096))


def _keep_parts(counts: Counts) -> None:
    """Let nothing count more than what it is a part of."""
    for small, whole in PARTS:
        for atom in [one for one in counts.all if one.mark == small]:
            most = counts.all[atom._replace(mark=whole)].n
            counts.all[atom] = Count(min(most, counts.all[atom].n), counts.all[atom].key)
