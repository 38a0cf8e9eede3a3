"""Whatever consents are given, expire or are withdrawn: what opens is what the live ones say, computed another way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.cases.classes import coded
from backend.cases.consents import classes_open_to, covering, record_consent
from backend.cases.models import Case
from backend.cases.standing import standing
from backend.cases.terms import ConsentTerms, Named
from backend.reference.lists import codes, entry
from tests.backend.cases.papers import Open, overwrite, received, terms, withdraw
from tests.world import Town, actor, ago, ahead

PURPOSES = ("case_coordination", "mdt_discussion", "referral", "outcome_feedback", "violence_support")
CLASSES = tuple(codes("data_classes"))
PEOPLE = {"society": "outreach", "clinic": "nurse", "centre": "coordinator"}


@dataclass(frozen=True)
class Given:
    """One consent as drawn: what happens to it afterwards is `fate`."""

    purposes: tuple[str, ...]
    classes: tuple[str, ...]
    named: tuple[str, ...]
    fate: str

    @property
    def lives(self) -> bool:
        return self.fate == "live"

    def may(self, organisation: str) -> set[str]:
        """The classes it opens to an organisation, from the list of purposes and nothing else."""
        if not self.lives or organisation not in self.named:
            return set()
        allowed = {
            code
            for one in self.purposes
            for code in entry("consent_purposes", one).values("max_data_classes")
        }
        return set(self.classes) & allowed


def takeable(purposes: Sequence[str]) -> list[str]:
    allowed = {code for one in purposes for code in entry("consent_purposes", one).values("max_data_classes")}
    return [code for code in CLASSES if code in allowed]


@st.composite
def consents(draw: st.DrawFn) -> Given:
    purposes = draw(st.lists(st.sampled_from(PURPOSES), min_size=1, max_size=2, unique=True))
    classes = draw(st.lists(st.sampled_from(takeable(purposes)), min_size=1, max_size=5, unique=True))
    named = draw(st.lists(st.sampled_from(sorted(PEOPLE)), min_size=1, max_size=3, unique=True))
    fate = draw(st.sampled_from(["live", "live", "withdrawn", "over", "to come"]))
    return Given(tuple(purposes), tuple(classes), tuple(named), fate)


def record(town: Town, case: Case, one: Given, admin: psycopg.Connection[Any]) -> None:
    recipients = [Named(getattr(town, name).id, one.classes) for name in one.named]
    wanted = ConsentTerms(purposes=one.purposes, data_classes=one.classes, recipients=recipients)
    made = record_consent(actor(town.outreach), case, terms=wanted, organisation_id=town.society.id)
    if one.fate == "withdrawn":
        withdraw(made)
    elif one.fate == "over":
        overwrite(admin, "cases_consent", made.id, valid_until=ago(seconds=1))
    elif one.fate == "to come":
        overwrite(admin, "cases_consent", made.id, valid_from=ahead(days=1))


@pytest.fixture
def bare(town: Town, opened: Open) -> Case:
    """A case whose first consent is withdrawn: nothing is open by consent."""
    case = opened(consent=terms(town.society))
    withdraw(case.consent_set.get())
    received(case, town.clinic)
    return case


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(consents(), max_size=4))
def test_what_opens_is_what_the_live_consents_say(
    town: Town, opened: Open, admin: psycopg.Connection[Any], drawn: list[Given]
) -> None:
    case = opened(consent=terms(town.society))
    withdraw(case.consent_set.get())
    received(case, town.clinic)
    for one in drawn:
        record(town, case, one, admin)
    for name, user in PEOPLE.items():
        agreed = set().union(*(one.may(name) for one in drawn))
        assert classes_open_to(case, [getattr(town, name).id]) == agreed
        by_role = set() if name == "clinic" else set(coded())
        assert standing(actor(getattr(town, user)), case).data_classes == agreed | by_role


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(consents(), max_size=3),
    st.sampled_from(PURPOSES),
    st.lists(st.sampled_from(CLASSES), min_size=1, max_size=3, unique=True),
)
def test_a_consent_covers_only_when_one_live_one_says_all_of_it(  # noqa: PLR0917 - drawn by hypothesis
    town: Town,
    opened: Open,
    admin: psycopg.Connection[Any],
    drawn: list[Given],
    purpose: str,
    wanted: list[str],
) -> None:
    case = opened(consent=terms(town.society))
    withdraw(case.consent_set.get())
    for one in drawn:
        record(town, case, one, admin)
    takes = set(entry("consent_purposes", purpose).values("max_data_classes"))
    expected = any(
        one.lives
        and "clinic" in one.named
        and purpose in one.purposes
        and set(wanted) <= set(one.classes) & takes
        for one in drawn
    )
    found = covering(case, organisation_id=town.clinic.id, classes=wanted, purpose=purpose)
    assert (found is not None) == expected


def test_a_consent_ends_by_the_clock_of_the_database(
    town: Town, bare: Case, admin: psycopg.Connection[Any]
) -> None:
    soon = timezone.now() + timedelta(days=1)
    wanted = terms(town.clinic, valid_until=soon)
    made = record_consent(actor(town.outreach), bare, terms=wanted, organisation_id=town.society.id)
    assert classes_open_to(bare, [town.clinic.id])
    [edge] = admin.execute("SELECT clock_timestamp()").fetchone() or [None]
    overwrite(admin, "cases_consent", made.id, valid_until=edge)
    assert classes_open_to(bare, [town.clinic.id]) == frozenset()


def test_consents_of_another_case_open_nothing_here(town: Town, bare: Case, opened: Open) -> None:
    other = opened()
    assert classes_open_to(other, [town.society.id])
    assert classes_open_to(bare, [town.society.id]) == frozenset()
