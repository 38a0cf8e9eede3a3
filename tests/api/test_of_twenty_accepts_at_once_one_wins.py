"""Twenty workers of the recipient press "accept" at the same moment, each on a connection of its own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from backend.cases.models import CaseGrant, Disclosure, Notification
from backend.referrals.models import Referral, ReferralEvent
from tests.api.audit import Audit
from tests.api.client import Api, client_for
from tests.api.referral_loop import AT, Street, street
from tests.world import Town

TOGETHER = 20


@pytest.fixture
def way(town: Town, settings: Any) -> Street:
    # A thousand calls of one person within a minute are no matter here.
    settings.SPONA_RATES = {**settings.SPONA_RATES, "token": "100000/min"}
    return street(town)


def accept_together(clients: list[Api], referral: Referral, **headers: str) -> Counter[int]:
    """Send all requests at once, each from its own thread and connection; return how often each status came."""
    barrier = Barrier(len(clients))

    def accept(client: Api) -> int:
        try:
            barrier.wait(timeout=30)
            return client.post(f"{AT}/{referral.id}/accept", {}, **headers).status
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return Counter(pool.map(accept, clients))


def one_winner(way: Street, audit: Audit, *, rounds: int) -> None:
    nurse = client_for(way.loop.town.nurse)
    clients = [Api(**nurse.headers) for _ in range(TOGETHER)]
    for number in range(rounds):
        referral = way.loop.refer(need_id=None)
        headers = {"If_Match": f'"{referral.version}"'} if number % 2 else {}
        answers = accept_together(clients, referral, **headers)
        assert answers[200] == 1, answers
        assert answers[409] + answers[412] == TOGETHER - 1, answers
        assert_once(referral, audit)


def assert_once(referral: Referral, audit: Audit) -> None:
    """Assert that everything an acceptance leaves is there once."""
    found = Referral.objects.get(pk=referral.pk)
    assert (found.status, found.version) == ("accepted", referral.version + 1)
    assert ReferralEvent.objects.filter(referral=referral, verb="accept").count() == 1
    assert CaseGrant.objects.filter(source_id=referral.id, reason="referral_received").count() == 1
    assert Disclosure.objects.filter(referral_id=referral.id).count() == 2
    assert Notification.objects.filter(object_id=referral.id, kind="referral.accepted").count() == 1
    entries = audit.entries(object_id=str(referral.id), verb="referral.accepted", outcome="success")
    assert len(entries) == 1


def test_of_twenty_accepts_at_once_one_wins(way: Street, audit: Audit) -> None:
    one_winner(way, audit, rounds=3)


@pytest.mark.full
def test_of_twenty_accepts_at_once_one_wins_fifty_times(way: Street, audit: Audit) -> None:
    one_winner(way, audit, rounds=50)


def test_an_accept_and_a_cancel_at_once_leave_one_of_both(way: Street) -> None:
    barrier = Barrier(2)
    clients = {"accept": client_for(way.loop.town.nurse), "cancel": client_for(way.loop.town.social_worker)}
    referral = way.loop.refer()

    def take(verb: str) -> int:
        try:
            barrier.wait(timeout=30)
            body = {"reason_code": "duplicate"} if verb == "cancel" else {}
            return clients[verb].post(f"{AT}/{referral.id}/{verb}", body).status
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(clients, pool.map(take, clients), strict=True))
    found = Referral.objects.get(pk=referral.pk)
    assert answers["cancel"] == 200
    assert found.status == "cancelled"
    assert answers["accept"] in {200, 409}
    assert not CaseGrant.objects.filter(source_id=referral.id).exists()
