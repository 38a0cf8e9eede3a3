"""Every edge of `case_transitions.csv` can be taken with what it requires; every other step is refused."""

import itertools

import pytest

from backend.cases import lifecycle
from backend.cases.lifecycle import check, first_step, legal_verbs, step_for, verb_of
from backend.errors import Conflict, Invalid
from backend.reference.lists import codes
from backend.reference.steps import NEW, CaseStep, case_steps

pytestmark = pytest.mark.pure
STATUSES = tuple(codes("case_statuses"))
VERBS = sorted({verb_of(step) for step in case_steps()})
EDGES = {(step.source, verb_of(step), step.to) for step in case_steps()}
ALL = [(source, verb, to) for source, verb, to in itertools.product((NEW, *STATUSES), VERBS, STATUSES)]


@pytest.mark.parametrize("step", case_steps(), ids=lambda step: f"{step.source}-{step.to}-{step.action}")
def test_each_edge_of_the_table_has_a_verb_that_takes_it(step: CaseStep) -> None:
    found = step_for(verb_of(step), status=step.source, to=step.to)
    assert (found.source, found.to, found.action) == (step.source, step.to, step.action)


@pytest.mark.parametrize(("source", "verb", "to"), [edge for edge in ALL if edge not in EDGES])
def test_every_other_step_is_a_conflict_that_names_the_legal_verbs(source: str, verb: str, to: str) -> None:
    with pytest.raises(Conflict) as refused:
        step_for(verb, status=source, to=to)
    assert refused.value.code == "illegal_transition"
    assert refused.value.legal == legal_verbs(source)


@pytest.mark.parametrize("step", case_steps(), ids=lambda step: f"{step.source}-{step.to}-{step.action}")
def test_each_edge_passes_with_all_it_requires(step: CaseStep) -> None:
    check(step, given=step.requires)


@pytest.mark.parametrize(
    ("step", "absent"),
    [(step, requirement) for step in case_steps() for requirement in sorted(step.requires)],
    ids=lambda value: value if isinstance(value, str) else f"{value.source}-{value.to}",
)
def test_each_edge_is_refused_without_any_one_of_its_requirements(step: CaseStep, absent: str) -> None:
    with pytest.raises((Conflict, Invalid)) as refused:
        check(step, given=step.requires - {absent})
    if isinstance(refused.value, Invalid):
        assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(f"/{absent}", "required")]
    else:
        assert refused.value.legal == legal_verbs(step.source)


def test_a_consent_is_a_basis_but_a_basis_is_no_consent() -> None:
    resume = step_for("resume", status="on_hold")
    check(resume, given=frozenset({"consent"}))
    reopen = step_for("reopen", status="closed")
    with pytest.raises(Conflict, match="consent_missing"):
        check(reopen, given=frozenset({"consent_or_basis"}))


def test_what_a_client_may_do_next_is_named_by_status() -> None:
    assert legal_verbs("proposed") == ("triage", "close")
    assert legal_verbs("active") == ("hold", "close")
    assert legal_verbs("on_hold") == ("resume", "close")
    assert legal_verbs("closed") == ("reopen",)
    assert legal_verbs("erased") == ()


def test_only_an_open_case_may_change() -> None:
    assert {status for status in STATUSES if lifecycle.is_editable(status)} == {
        "proposed",
        "active",
        "on_hold",
    }


def test_a_case_begins_by_proposal_or_in_one_step() -> None:
    assert first_step("propose").to == "proposed"
    assert first_step("open").to == "active"
    assert {"consent", "eligibility"} <= first_step("open").requires
