"""Two who are asked, or one who ends while another confirms: at the same moment, and exactly one of both holds."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from backend.teams import tokens
from backend.teams.models import TeamGrant
from tests.api.audit import Audit
from tests.api.client import Api, browser_for
from tests.api.test_a_second_person_confirms_over_http import PATHS
from tests.backend.teams.proposals import KINDS, MAKE, propose
from tests.world import Town, actor

ROUNDS = 3


def together(calls: Sequence[tuple[Api, str]]) -> list[int]:
    """Send all at once, each on a connection of its own; return the status of each."""
    barrier = Barrier(len(calls))

    def send(call: tuple[Api, str]) -> int:
        try:
            barrier.wait(timeout=30)
            return call[0].post(call[1], {}).status
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(send, calls))


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_confirmations_one_wins(town: Town, audit: Audit, kind: str) -> None:
    leads = [browser_for(one) for one in (town.lead, town.worker("municipal_lead"))]
    assert town.coordinator.id
    for _ in range(ROUNDS):
        made = MAKE[kind](town)
        at = f"{PATHS[kind]}/{made.id}/confirm"
        assert sorted(together([(lead, at) for lead in leads])) in ([200, 404], [200, 409])
        made.refresh_from_db()
        assert (made.waits_until, made.version) == (None, 2)
        assert len(audit.entries(verb=f"{kind}.confirmed", object_id=str(made.id), outcome="success")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_confirmation_and_its_refusal_leave_one(town: Town, kind: str) -> None:
    leads = [browser_for(one) for one in (town.lead, town.worker("municipal_lead"))]
    assert town.coordinator.id
    for _ in range(ROUNDS):
        made = MAKE[kind](town)
        at = f"{PATHS[kind]}/{made.id}"
        answers = together([(leads[0], f"{at}/confirm"), (leads[1], f"{at}/decline")])
        assert answers.count(200) == 1, answers
        made.refresh_from_db()
        assert (made.confirmed_by_id is not None, made.waits_until) == (answers[0] == 200, None)


def test_a_token_that_is_revoked_while_its_successor_is_confirmed_stays_revoked(town: Town) -> None:
    lead, coordinator = browser_for(town.lead), browser_for(town.coordinator)
    for _ in range(ROUNDS):
        old = MAKE["token"](town)
        tokens.confirm(actor(town.lead), old)
        new, _ = tokens.rotate(actor(town.coordinator), old)
        at = PATHS["token"]
        both = [(lead, f"{at}/{new.id}/confirm"), (coordinator, f"{at}/{old.id}/revoke")]
        assert together(both) == [200, 200]
        old.refresh_from_db()
        assert old.revoked_at is not None


def test_whoever_is_ended_while_being_confirmed_is_out(town: Town) -> None:
    lead, officer = browser_for(town.lead), browser_for(town.officer)
    for _ in range(ROUNDS):
        made = propose(town, town.lead, "coordinator", organisation=town.society)
        at = f"{PATHS['membership']}/{made.id}"
        confirmed, ended = together([(officer, f"{at}/confirm"), (lead, f"{at}/end")])
        assert ended == 200
        assert confirmed in {200, 409}
        assert actor(made.user).seats == ()
        assert not TeamGrant.objects.filter(source_id=made.id, until__isnull=True).exists()
