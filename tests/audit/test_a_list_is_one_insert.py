"""However many teams a list reaches into: one statement, an entry for each team, only with its own ids."""

import json
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from audit.canonical import InvalidFact
from audit.models import NATIONAL
from audit.recorder import record_list
from tests.audit.conftest import QueryCounter, Reader
from tests.audit.people import Person


def ids(count: int) -> list[UUID]:
    return [uuid4() for _ in range(count)]


@pytest.mark.parametrize("teams", [1, 2, 7])
def test_one_statement_for_all_teams(
    database: None, read_log: Reader, count_queries: QueryCounter, teams: int
) -> None:
    shares: dict[UUID | None, list[UUID]] = {uuid4(): ids(50) for _ in range(teams)}
    with count_queries("default") as statements:
        record_list(Person(), "case.listed", kind="case", ids_by_team=shares, status="active")
    assert len(statements) == 1
    assert statements[0].startswith("INSERT INTO")
    assert "RETURNING" not in statements[0]
    for team, expected in shares.items():
        assert team is not None
        (entry,) = read_log(team)
        said = json.loads(entry.body)
        assert said["object_ids"] == [str(identifier) for identifier in expected]
        assert said["facts"] == {"status": "active"}
        assert entry.is_genuine(settings.SPONA_AUDIT_KEY)


def test_no_team_learns_of_another(database: None, read_log: Reader) -> None:
    mine, theirs = uuid4(), uuid4()
    foreign = ids(1)
    record_list(Person(), "case.listed", kind="case", ids_by_team={mine: ids(1), theirs: foreign})
    (entry,) = read_log(mine)
    assert str(foreign[0]).encode() not in bytes(entry.body)
    assert str(theirs).encode() not in bytes(entry.body)


def test_an_empty_answer_is_an_answer(team: UUID, read_log: Reader) -> None:
    record_list(Person(), "case.listed", kind="case", ids_by_team={team: []})
    (entry,) = read_log(team)
    assert json.loads(entry.body)["object_ids"] == []
    assert entry.object_id == ""


def test_an_empty_answer_of_no_team_is_national(database: None, read_log: Reader) -> None:
    by = Person()
    record_list(by, "case.listed", kind="case", ids_by_team={})
    record_list(by, "service.listed", kind="service", ids_by_team={None: ids(2)})
    mine = [entry for entry in read_log(NATIONAL) if entry.actor_id == by.id]
    assert [entry.verb for entry in mine] == ["case.listed", "service.listed"]


def test_filters_are_names_and_codes_never_text(team: UUID, read_log: Reader) -> None:
    with pytest.raises(InvalidFact):
        record_list(Person(), "case.listed", kind="case", ids_by_team={team: ids(1)}, search="petar p.")
    assert read_log(team) == []


def test_one_wrong_id_stops_the_whole_list(database: None, read_log: Reader) -> None:
    good, bad = uuid4(), uuid4()
    shares: dict[UUID | None, list[UUID]] = {good: ids(1), bad: [3.5]}  # type: ignore[list-item]
    with pytest.raises(InvalidFact):
        record_list(Person(), "case.listed", kind="case", ids_by_team=shares)
    assert read_log(good) == []
