"""Rotations and re-keyings, killed again and again, while clients read and write: nothing fails, nothing is left."""

import io
import json

import psycopg
import pytest
from django.core.management import call_command
from pytest_django import Settings

from backend.encryption.keyring import RootKeys
from tests.backend.keys.filled import all_of, opens
from tests.backend.keys.trial import Plan, Trial
from tests.world import Town

pytestmark = [pytest.mark.database, pytest.mark.xdist_group("keys")]
SMALL = Plan(cases=6, rotations=1, rekeyings=1, clients=2, kills=0)
WHOLE = Plan(cases=5_000, rotations=20, rekeyings=2, clients=4, kills=20, pause=0.02)


@pytest.fixture(autouse=True)
def unlimited(settings: Settings) -> None:
    """Lift the limits of calls: the clients are faster than people."""
    settings.SPONA_RATES = dict.fromkeys(settings.SPONA_RATES, "1000000/min")


@pytest.mark.parametrize("plan", [SMALL, pytest.param(WHOLE, marks=pytest.mark.full)], ids=["small", "whole"])
def test_nobody_notices(
    town: Town,
    plan: Plan,
    roots: RootKeys,
    keys_admin: psycopg.Connection,
    capsys: pytest.CaptureFixture[str],
) -> None:
    trial = Trial(town, plan)
    trial.open_cases()
    trial.run(keys_admin)
    with capsys.disabled():
        seconds = {verb: [round(one, 1) for one in found] for verb, found in trial.seconds.items()}
        print(  # noqa: T201 - the figures of the trial
            f"\n{plan.cases} cases; {trial.reads} reads, {trial.writes} writes, {len(trial.wrong)} wrong or failed;"
            f" {trial.kills} kills, {trial.at_work} of them at work; seconds {seconds}"
        )
    assert trial.wrong[:5] == []
    assert trial.reads > plan.clients
    assert trial.kills == plan.kills
    nothing_is_left(town, plan)
    assert all(opens(one) is not None for one in all_of(trial.cases[:50]))
    assert len(roots.generations(town.team.id)) == 1


def nothing_is_left(town: Town, plan: Plan) -> None:
    """The report ends with no row under an old root or an old data key, and with nothing amiss."""
    out = io.StringIO()
    call_command("keys", "status", "--team", town.team.slug, "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert found["wrong"] == []
    assert found["newest_root"] > plan.rotations
    assert found["root_generations"] == {str(found["newest_root"]): plan.cases}
    [(generation, count)] = found["data_key_generations"].items()
    assert (int(generation) > plan.rekeyings, count) == (True, plan.cases)
    assert (found["under_an_old_root"], found["envelopes_under_an_old_key"]) == (0, 0)
