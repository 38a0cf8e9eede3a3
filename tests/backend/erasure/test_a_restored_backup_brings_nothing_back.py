"""The issue's own trial: cases, a backup, half of them erased, the older main backup with today's keys.

And the other way round: today's main database with older keys. A small sample in every run, a hundred behind `full`.
"""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from audit.models import Entry
from audit.reading import as_reviewer
from backend import asker
from backend.cases.models import Case, CaseFacts
from backend.encryption import ledger, vault
from backend.encryption.models import ErasedOwner, WrappedKey
from backend.encryption.vault import KeyGone
from backend.erasure import team_keys
from backend.erasure.checks import nothing_is_outstanding
from backend.erasure.models import Erasure
from backend.erasure.restoring import outstanding, replay, without_key
from backend.rights.requests import record_request
from tests.api.client import browser_for
from tests.backend.erasure.restored import back_up, databases_apart, restore, verified
from tests.backend.erasure.steps import confirmed, erased
from tests.backend.referrals.loops import Loop, opened
from tests.databases import Clones
from tests.world import Town, actor, national

pytestmark = pytest.mark.database


@pytest.fixture
def apart(database: Clones) -> Iterator[Clones]:
    with databases_apart(database) as clones:
        yield clones


def check() -> tuple[int, str]:
    """Run `spona restore-check`; return its exit status and what it said."""
    said = StringIO()
    try:
        call_command("restore-check", stdout=said)
    except CommandError as error:
        return 1, said.getvalue() + str(error)
    return 0, said.getvalue()


def opens(case: Case) -> bool:
    """Say whether any sealed fact of the case, now or in its history, opens with the keys that there are."""
    rows: list[Any] = [*CaseFacts.objects.filter(case=case), *CaseFacts.history.filter(case=case)]
    assert rows
    try:
        for row in rows:
            place: dict[str, Any] = {"record_id": row.id, "label": f"case.{row.data_class}"}
            vault.open_for(owner_id=case.pk, envelope=row.envelope, **place)
    except (KeyGone, vault.cipher.IntegrityFailure):
        return False
    return True


def genuine() -> bool:
    """Say whether every entry of the audit is as it was written."""
    with asker.working_as(asker.REVIEWS), as_reviewer():
        return all(entry.is_genuine(settings.SPONA_AUDIT_KEY) for entry in Entry.objects.all())


def peopled() -> Town:
    """Return a town whose people are there before the backup is made, as they would be."""
    town = Town()
    assert all((town.coordinator, town.lead, town.clinic, town.society, town.ward))
    return town


def asked_for(loop: Loop) -> str:
    """Record that the person wants to be given everything; return where it is exported."""
    said = {"kind": "access", "channel": "letter", "received_on": loop.case.opened_on}
    row = record_request(loop.centre, loop.case, organisation_id=loop.town.centre.id, **said)
    return f"/api/v1/rights-requests/{row.pk}/export"


def trial(clones: Clones, folder: Path, *, cases: int) -> None:
    town = peopled()
    loops = [opened(town) for _ in range(cases)]
    exports = {loop.case.pk: asked_for(loop) for loop in loops}
    back_up(clones.main, folder / "main.dump")
    gone, kept = loops[: cases // 2], loops[cases // 2 :]
    for loop in gone:
        erased(loop)
    restore(clones.main, folder / "main.dump")
    # Before anything is replayed: the key is gone, so nothing opens, wherever the envelopes come from.
    assert [opens(loop.case) for loop in gone] == [False] * len(gone)
    chair = browser_for(town.coordinator)
    early = [chair.post(exports[loop.case.pk], {}) for loop in gone]
    assert {(one.status, one.code) for one in early} == {(410, "erased")}
    assert [one.id for one in nothing_is_outstanding()] == ["erasure.E001"]
    status, said = check()
    assert (status, f"cases erased again: {len(gone)}" in said) == (0, True), said
    assert nothing_is_outstanding() == []
    for loop in gone:
        path = f"/api/v1/cases/{loop.case.pk}"
        assert (chair.get(path).status, chair.get(f"{path}/history").status) == (410, 410)
        assert chair.post(exports[loop.case.pk], {}).status == 410
        assert not opens(loop.case)
    for loop in kept:
        assert chair.get(f"/api/v1/cases/{loop.case.pk}").status == 200
        given = chair.post(exports[loop.case.pk], {})
        assert (given.status, given.json["case"]) == (200, loop.case.code), given.raw
        assert any(row["envelope"] for row in given.json["held"]["cases_casefacts"])
        assert opens(loop.case)
    listed = chair.get("/api/v1/cases", query={"page_size": "100"}).json["results"]
    assert {one["id"] for one in listed} == {str(loop.case.pk) for loop in kept}
    assert genuine()
    assert check()[0] == 0
    status, said = verified(clones.main, town.team, folder)
    # No witness has signed here, and the verifier says so.
    assert (status, said.split(":")[0]) == (0, "CONSISTENT WITH ITSELF, and no more"), said


def test_the_older_main_backup_with_todays_keys(apart: Clones, tmp_path: Path) -> None:
    trial(apart, tmp_path, cases=4)


@pytest.mark.full
def test_a_hundred_cases_of_which_fifty_are_erased(apart: Clones, tmp_path: Path) -> None:
    trial(apart, tmp_path, cases=100)


def test_older_keys_with_todays_main_database(apart: Clones, tmp_path: Path) -> None:
    loop = opened(Town())
    back_up(apart.keys, tmp_path / "keys.dump")
    erased(loop)
    restore(apart.keys, tmp_path / "keys.dump")
    assert WrappedKey.objects.filter(owner_id=loop.case.pk).exists()
    assert outstanding().cases_of_older_keys == (loop.case.pk,)
    assert check()[0] == 0
    assert not WrappedKey.objects.filter(owner_id=loop.case.pk).exists()
    assert ErasedOwner.objects.filter(owner_id=loop.case.pk).exists()


def test_the_kill_switch_is_replayed_too(apart: Clones, tmp_path: Path) -> None:
    town = peopled()
    loop = opened(town)
    back_up(apart.main, tmp_path / "main.dump")
    row = team_keys.ask(actor(town.coordinator), town.team)
    team_keys.execute(actor(national("key_custodian")), row)
    restore(apart.main, tmp_path / "main.dump")
    assert outstanding().teams_of_older_main == (town.team.pk,)
    assert check()[0] == 0
    assert browser_for(town.coordinator).get(f"/api/v1/cases/{loop.case.pk}").status == 410


def test_a_case_that_the_backup_never_had_holds_nothing_up(apart: Clones, tmp_path: Path) -> None:
    back_up(apart.main, tmp_path / "main.dump")
    erased(opened(Town()))
    restore(apart.main, tmp_path / "main.dump")
    assert nothing_is_outstanding() == []
    assert check()[0] == 0


def test_a_request_that_the_backup_still_knew_is_executed_under_its_own_id(
    apart: Clones, tmp_path: Path
) -> None:
    loop = opened(Town())
    row = confirmed(loop)
    back_up(apart.main, tmp_path / "main.dump")
    team_keys.finish_all()
    ledger.destroy(owner_id=loop.case.pk, team_id=loop.town.team.pk, erasure_id=row.pk)
    restore(apart.main, tmp_path / "main.dump")
    replay()
    found = Erasure.objects.get(case=loop.case)
    assert (found.pk, found.reason, found.destroyed_at is not None) == (row.pk, "rights_request", True)


def test_a_case_without_key_that_nobody_erased_is_said_loudly(apart: Clones) -> None:
    loop = opened(Town())
    with psycopg.connect(apart.keys.superuser_url, autocommit=True) as admin:
        admin.execute("DELETE FROM encryption_wrappedkey WHERE owner_id = %s", [loop.case.pk])
    assert without_key() == [loop.case.pk]
    status, said = check()
    assert status == 1
    assert str(loop.case.pk) in said
    # Nothing that could be replayed is left, so the service opens: the case is lost, and its team is told by 410.
    assert nothing_is_outstanding() == []


def test_what_agrees_is_left_alone(apart: Clones) -> None:
    erased(opened(Town()))
    before = list(Erasure.objects.values())
    assert check()[0] == check()[0] == 0
    assert list(Erasure.objects.values()) == before
