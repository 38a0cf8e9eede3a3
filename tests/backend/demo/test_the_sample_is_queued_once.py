"""The thousand admissions of the demo wait as a sealed upload, in the name of the town's coordinator, once."""

from collections.abc import Iterator

import pytest

from backend.cases.models import Case
from backend.demo import sample
from backend.demo.sample import queue_sample
from backend.imports.models import ImportRun
from backend.imports.tables import read_rows
from backend.imports.uploads import content_of
from backend.teams.models import Membership, Team
from tests.world import Town


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A small town in the place of the demo's. What was queued is withdrawn: no other test shall import it."""
    made = Town()
    made.worker("member", made.clinic)
    assert made.coordinator.is_active
    monkeypatch.setattr(sample, "TOWN", made.team.slug)
    yield made
    ImportRun.objects.filter(team=made.team).update(status="failed")


def test_it_waits_for_the_worker_in_the_coordinator_s_name(town: Town) -> None:
    assert queue_sample() is True
    run = ImportRun.objects.get(team=town.team)
    assert (run.status, run.dry_run, run.rows_in) == ("queued", False, 0)
    assert (run.mapping_name, run.uploaded_by) == (sample.MAPPING, town.coordinator.id)
    assert run.organisation == town.centre
    assert not Case.objects.filter(team=town.team).exists()


def test_the_file_is_sealed_and_opens_as_it_was(town: Town) -> None:
    queue_sample()
    run = ImportRun.objects.get(team=town.team)
    plain = sample.FILE.read_bytes()
    assert plain[:60] not in bytes(run.content)
    assert content_of(run) == plain
    _header, rows = read_rows(plain)
    assert len(list(rows)) == 1000


def test_a_second_call_queues_nothing(town: Town) -> None:
    assert [queue_sample(), queue_sample()] == [True, False]
    assert ImportRun.objects.filter(team=town.team).count() == 1


def test_without_the_town_or_its_coordinator_nothing_is_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Town()
    monkeypatch.setattr(sample, "TOWN", empty.team.slug)
    with pytest.raises(Membership.DoesNotExist):
        queue_sample()
    monkeypatch.setattr(sample, "TOWN", "nowhere")
    with pytest.raises(Team.DoesNotExist):
        queue_sample()
    assert not ImportRun.objects.filter(team=empty.team).exists()
