"""Eight writers, transactions held open and taken back, a sealer that is killed: each entry has one place."""

from datetime import datetime
from itertools import pairwise

import pytest

from audit import tree, verify
from audit.kept import subtrees
from audit.models import Checkpoint, Entry, Leaf, Log
from audit.sealing import work_once
from tests.audit.sealing.conftest import leaves_of
from tests.audit.sealing.trial import Plan, Trial
from tests.databases import Clone

pytestmark = pytest.mark.xdist_group("sealer")
SMALL = Plan(writers=8, events=400, held=4, held_seconds=0.5, kills=1, pause=0.05)
WHOLE = Plan(writers=8, events=20_000, held=100, held_seconds=5, kills=20, pause=2)


@pytest.mark.parametrize("plan", [SMALL, pytest.param(WHOLE, marks=pytest.mark.full)], ids=["small", "whole"])
def test_each_entry_is_sealed_exactly_once(
    apart: Clone, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = Trial()
    trial.run(plan, apart)
    work_once()
    assert trial.kills >= plan.kills
    assert len(trial.committed) + len(trial.taken_back) == plan.events
    sealed = [entry for log in trial.logs for entry in leaves_of(log)]
    assert len(sealed) == len(set(sealed)) == len(trial.committed)
    assert set(sealed) == set(trial.committed)
    for log in Log.objects.using("sealer").filter(id__in=trial.logs):
        the_tree_is_that_of_the_entries(log)
        every_checkpoint_continues_the_one_before(log)
    lags = lags_of(trial)
    with capsys.disabled():
        print(  # noqa: T201 - the figures of the trial
            f"\n{len(sealed)} entries sealed, {len(trial.taken_back)} taken back; {trial.kills} kills,"
            f" {trial.in_a_round} of them within a round; seconds from commit to sealed:"
            f" median {lags[len(lags) // 2]:.1f}, p99 {lags[len(lags) * 99 // 100]:.1f}, most {lags[-1]:.1f}"
        )
    assert lags[len(lags) * 99 // 100] <= 70


def the_tree_is_that_of_the_entries(log: Log) -> None:
    bodies = {
        entry.id: bytes(entry.body)
        for entry in Entry.objects.using("sealer").filter(log=log.id).only("id", "body")
    }
    whole = verify.Frontier()
    for entry in leaves_of(log.id):
        whole.append(verify.leaf_hash(bodies[entry]))
    assert (whole.size, b"".join(whole.hashes)) == (log.size, bytes(log.frontier))
    assert tree.root(subtrees(log.id, using="sealer"), log.size) == verify.root_of(whole.hashes)


def every_checkpoint_continues_the_one_before(log: Log) -> None:
    points = list(Checkpoint.objects.using("sealer").filter(log=log).order_by("size"))
    assert points[-1].size == log.size
    for old, new in pairwise(points):
        proof = tree.consistency_proof(subtrees(log.id, using="sealer"), old.size, size=new.size)
        tree.check_consistency(proof, bytes(old.root), old.size, size=new.size, root=bytes(new.root))


def lags_of(trial: Trial) -> list[float]:
    """Return the seconds from the commit of each entry to its place, the shortest first."""
    at: dict[object, datetime] = dict(
        Leaf.objects.using("sealer").filter(log_id__in=trial.logs).values_list("entry_id", "sealed_at")
    )
    return sorted((at[entry] - committed).total_seconds() for entry, committed in trial.committed.items())
