"""What stands with the keys: for each team which roots and data keys there are, what is left to do, what is wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from backend.cases.lifecycle import ERASED
from backend.cases.models import Case
from backend.encryption.envelope import IntegrityFailure
from backend.encryption.keyring import RootKeyUnusable, Slot, root_keys, unwrap
from backend.encryption.models import WrappedKey
from backend.encryption.rewrapping import KEYS
from backend.keys import envelopes
from backend.keys.system import as_custodian
from backend.teams.models import Team

PLATFORM: Final = "platform"
# A key is stored before its case commits: younger than this it may still get one.
UNDER_WAY: Final = timedelta(hours=1)


@dataclass
class TeamKeys:
    """The keys of one team, or of the platform: counts only. `wrong` is what somebody has to see to."""

    team: str
    root_generations: dict[int, int] = field(default_factory=dict)
    newest_root: int = 0
    data_key_generations: dict[int, int] = field(default_factory=dict)
    under_an_old_root: int = 0
    envelopes_under_an_old_key: int = 0
    envelopes_without_a_key: int = 0
    cases_without_a_key: int = 0
    keys_without_a_case: int = 0
    oldest_key: str = ""
    wrong: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is printed with `--json`."""
        return asdict(self)


def report(teams: Iterable[Team], *, platform: bool = True) -> Iterator[TeamKeys]:
    """Yield what stands with the keys of these teams, and last of the platform."""
    for team in teams:
        found, rows = _of(team.slug, team.id)
        with as_custodian():
            _compare(found, team.id, rows)
        found.wrong += list(_amiss(found))
        yield found
    if platform:
        found, _rows = _of(PLATFORM, None)
        found.wrong += list(_amiss(found))
        yield found


def _of(name: str, team_id: UUID | None) -> tuple[TeamKeys, Sequence[WrappedKey]]:
    rows = list(WrappedKey.objects.using(KEYS).filter(team_id=team_id).order_by("generation"))
    found = TeamKeys(name)
    found.root_generations = dict(sorted(Counter(row.root_generation for row in rows).items()))
    found.data_key_generations = dict(sorted(Counter(row.generation for row in rows).items()))
    found.oldest_key = min((row.created_at.isoformat(timespec="seconds") for row in rows), default="")
    found.newest_root = max(root_keys().generations(team_id), default=0)
    found.under_an_old_root = sum(row.root_generation != found.newest_root for row in rows)
    needed = {*found.root_generations, found.newest_root} if rows or found.newest_root else {1}
    wrapped = {row.root_generation: row for row in rows}
    found.wrong = [text for one in sorted(needed) if (text := _unusable(team_id, one, wrapped.get(one)))]
    return found, rows


def _unusable(team_id: UUID | None, generation: int, row: WrappedKey | None) -> str:
    """Say what is wrong with a root key; it is tried on one of the data keys that it wraps."""
    try:
        kek = root_keys().kek(team_id, generation)
        if row is not None:
            slot = Slot(owner_id=row.owner_id, team_id=row.team_id, generation=row.generation)
            unwrap(kek, wrapped=bytes(row.wrapped), slot=slot)
    except RootKeyUnusable as error:
        return str(error)
    except IntegrityFailure:
        return f"{root_keys().path(team_id, generation).name} does not open a data key that it should wrap."
    return ""


def _compare(found: TeamKeys, team_id: UUID, rows: Sequence[WrappedKey]) -> None:
    """Hold the data keys to the cases and envelopes of the team. Inside a transaction of the job."""
    cases = dict(Case.objects.filter(team_id=team_id).values_list("id", "status"))
    owners = {row.owner_id for row in rows}
    found.cases_without_a_key = sum(status != ERASED and case not in owners for case, status in cases.items())
    settled = timezone.now() - UNDER_WAY
    ownerless = {row.owner_id for row in rows if row.created_at < settled} - cases.keys() - {team_id}
    erased = {case for case, status in cases.items() if status == ERASED}
    found.keys_without_a_case = len(ownerless | (owners & erased))
    newest = {row.owner_id: row.id.bytes for row in rows}  # by generation: the last one stays
    known = {row.id.bytes for row in rows}
    for case_id, key, count in envelopes.counted(team_id):
        if key not in known:
            found.envelopes_without_a_key += 0 if case_id in erased else count
        elif key != newest.get(case_id):
            found.envelopes_under_an_old_key += count


def _amiss(found: TeamKeys) -> Iterator[str]:
    for count, what in (
        (found.under_an_old_root, "data keys under an old root: `spona keys rotate` goes on"),
        (found.envelopes_under_an_old_key, "envelopes under an old data key: `spona keys rekey` goes on"),
        (found.envelopes_without_a_key, "envelopes whose data key is not there: they cannot be opened"),
        (found.cases_without_a_key, "cases without a data key"),
        (found.keys_without_a_case, "data keys whose case is not there or erased"),
    ):
        if count:
            yield f"{count} {what}"
