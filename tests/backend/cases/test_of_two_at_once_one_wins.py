"""Two people change one case at the same moment: the row is locked, and the later one meets the new state."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connections

from backend.cases.facts import add_need, change_items
from backend.cases.models import Case, CaseFacts
from backend.cases.reading import read_facts
from backend.cases.safeguarding import BasisTerms, confirm_basis, record_basis
from backend.cases.steps import triage
from backend.errors import Conflict, Stale
from tests.backend.cases.papers import Open, entries
from tests.world import Town, actor

ROUNDS = 6


def at_once(*attempts: Callable[[], Any]) -> list[str]:
    """Run the attempts at the same moment, each on its own connection; return `done` or the refusal of each."""
    together = Barrier(len(attempts))

    def run(attempt: Callable[[], Any]) -> str:
        try:
            together.wait(timeout=10)
            attempt()
        except (Conflict, Stale) as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(attempts)) as pool:
        return sorted(pool.map(run, attempts))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_one_triage_of_two_decides(
    town: Town, opened: Open, admin: psycopg.Connection[Any], round_: int
) -> None:
    case = opened(propose=True)
    by = actor(town.coordinator)
    said = at_once(
        lambda: triage(by, fresh(case), outcome="agenda", eligible=True),
        lambda: triage(by, fresh(case), outcome="out_of_scope"),
    )
    assert said == ["done", "illegal_transition"]
    assert [verb for verb, _ in entries(admin, case.id)].count("case.triaged") == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_changes_of_facts_both_stand(town: Town, opened: Open, round_: int) -> None:
    case, by = opened(items={"sex": "1"}), actor(town.outreach)
    said = at_once(
        lambda: change_items(by, fresh(case), given={"accommodation": "1"}),
        lambda: change_items(by, fresh(case), given={"education": "2"}),
    )
    assert said == ["done", "done"]
    assert read_facts(by, case).items == {"sex": "1", "accommodation": "1", "education": "2"}
    assert CaseFacts.objects.get(case=case, data_class="social").revision == 3


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_with_a_version_the_second_one_is_stale(town: Town, opened: Open, round_: int) -> None:
    case, by = opened(), actor(town.outreach)
    said = at_once(
        lambda: change_items(by, fresh(case), given={"sex": "1"}, version=1),
        lambda: change_items(by, fresh(case), given={"sex": "2"}, version=1),
    )
    assert said == ["done", "stale_version"]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_one_need_of_a_kind_is_added(town: Town, opened: Open, round_: int) -> None:
    case, by = opened(), actor(town.outreach)
    said = at_once(*[lambda: add_need(by, fresh(case), code="housing")] * 4)
    assert said == ["done", "need_already_open", "need_already_open", "need_already_open"]
    assert len(read_facts(by, case).needs) == 1


def test_one_confirmation_of_two_counts(town: Town, opened: Open) -> None:
    case = opened()
    basis = record_basis(
        actor(town.outreach),
        case,
        terms=BasisTerms(basis="child_protection"),
        organisation_id=town.society.id,
    )
    people = [actor(town.coordinator), actor(town.deputy)]
    said = at_once(*[lambda by=by: confirm_basis(by, type(basis).objects.get(pk=basis.pk)) for by in people])
    assert said == ["already_confirmed", "done"]
