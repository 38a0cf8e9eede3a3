"""An organisation says how much it gave in a month: its own services, their items, no month to come, one number."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from backend.errors import Conflict, Invalid, Stale
from backend.statistics import tallies
from backend.statistics.models import ServiceTally
from permissions.scope import Forbidden, NotFound, visible_to
from tests.backend.statistics.tallying import exchange, locked, month, recorded
from tests.world import Town, actor

pytestmark = pytest.mark.database


@pytest.fixture
def town() -> Town:
    return Town()


def test_the_organisation_that_gives_it_records_it() -> None:
    town = Town()
    tally = recorded(town, exchange(town), amount=1200)
    assert (tally.organisation_id, tally.amount, tally.version) == (town.society.id, 1200, 1)
    assert ServiceTally.history.filter(id=tally.id).count() == 1


def test_an_amount_is_corrected_with_a_history() -> None:
    town = Town()
    tally = recorded(town, exchange(town))
    tallies.change_amount(actor(town.outreach), tally, amount=90, version=1)
    assert [one.amount for one in ServiceTally.history.filter(id=tally.id).order_by("version")] == [100, 90]
    with pytest.raises(Stale):
        tallies.change_amount(actor(town.outreach), tally, amount=80, version=1)


def test_the_same_month_is_recorded_once(town: Town) -> None:
    service = exchange(town)
    recorded(town, service)
    with pytest.raises(Conflict, match="tally_exists"):
        recorded(town, service, amount=5)
    recorded(town, service, item="syringes_back")
    recorded(town, service, month=month(5))


def test_a_partner_tells_its_towns_apart(town: Town) -> None:
    other = Town()
    service = exchange(town)
    service.organisation_id = town.partner.id
    tellings = [
        tallies.record_tally(
            actor(town.partner_worker),
            service=service,
            team=team,
            month=month(4),
            item="syringes_out",
            amount=3,
        )
        for team in (town.team, other.team)
    ]
    assert {one.organisation_id for one in tellings} == {town.partner.id}


def test_nobody_records_for_another_organisation_or_another_town(town: Town) -> None:
    service, other = exchange(town), Town()
    given = {"service": service, "month": month(4), "item": "syringes_out", "amount": 1}
    for user, team in ((town.nurse, town.team), (town.outreach, other.team), (other.outreach, other.team)):
        with pytest.raises(Forbidden):
            tallies.record_tally(actor(user), team=team, **given)  # type: ignore[arg-type]
    for user in (town.lead, town.officer):
        with pytest.raises(Forbidden):
            tallies.record_tally(actor(user), team=town.team, **given)  # type: ignore[arg-type]


def test_only_the_own_organisation_sees_it(town: Town) -> None:
    tally, other = recorded(town, exchange(town)), Town()
    seen = {
        user: visible_to(actor(user), ServiceTally.objects.filter(pk=tally.pk), tallies.RECORD).exists()
        for user in (town.outreach, town.nurse, town.coordinator, town.lead, other.outreach)
    }
    assert [user for user, found in seen.items() if found] == [town.outreach]
    with pytest.raises(NotFound):
        tallies.change_amount(actor(town.coordinator), tally, amount=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"item": "naloxone_kits"},
        {"months_ago": -1},
        {"months_ago": 25},
        {"amount": -1},
        {"amount": 1_000_001},
    ],
    ids=["of another service", "to come", "too long ago", "below nothing", "too much"],
)
def test_what_cannot_be_is_refused(town: Town, wrong: dict[str, int]) -> None:
    values = dict(wrong)
    when = month(values.pop("months_ago", 4))
    with pytest.raises(Invalid):
        recorded(town, exchange(town), **{"month": when, **values})
    assert not ServiceTally.objects.filter(team=town.team).exists()


def test_the_edges_are_taken(town: Town) -> None:
    service = exchange(town)
    for number, (ago, amount) in enumerate(((0, 0), (24, 1_000_000)), start=1):
        recorded(town, service, month=month(ago), amount=amount)
        assert ServiceTally.objects.filter(team=town.team).count() == number


def test_a_day_within_a_month_is_no_month(town: Town) -> None:
    with pytest.raises(Invalid):
        recorded(town, exchange(town), month=month(4).replace(day=2))


def test_a_locked_quarter_takes_nothing_and_changes_nothing(town: Town) -> None:
    service = exchange(town)
    tally = recorded(town, service)
    locked(town, tally.month)
    with pytest.raises(Conflict, match="quarter_locked"):
        tallies.change_amount(actor(town.outreach), tally, amount=1)
    with pytest.raises(Conflict, match="quarter_locked"):
        recorded(town, service, item="syringes_back")
    tally.refresh_from_db()
    assert tally.amount == 100
    recorded(town, service, month=month(0))


def test_the_lock_of_a_partner_s_town_holds_for_the_partner(town: Town) -> None:
    service = exchange(town)
    service.organisation_id = town.partner.id
    locked(town, month(4))
    with pytest.raises(Conflict, match="quarter_locked"):
        tallies.record_tally(
            actor(town.partner_worker),
            service=service,
            team=town.team,
            month=month(4),
            item="syringes_out",
            amount=1,
        )


def test_of_five_at_once_one_is_recorded(town: Town) -> None:
    service, by = exchange(town), actor(town.outreach)

    def record(amount: int) -> str:
        try:
            with transaction.atomic():
                tallies.record_tally(
                    by, service=service, team=town.team, month=month(4), item="syringes_out", amount=amount
                )
        except Conflict as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "recorded"

    with ThreadPoolExecutor(5) as pool:
        answers = sorted(pool.map(record, range(5)))
    assert answers[0] == "recorded"
    assert answers.count("recorded") == 1
    assert ServiceTally.objects.filter(service=service).count() == 1
