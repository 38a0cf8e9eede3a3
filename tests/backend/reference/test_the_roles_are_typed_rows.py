"""Roles and the matrix of actions: every answer is a known word, and content stays with those who help."""

import pytest

from backend.reference.lists import LISTS
from backend.reference.roles import role_rules, roles

pytestmark = pytest.mark.pure

ANSWERS = {"yes", "own_organisation", "acting", "no"}
WITHOUT_CONTENT = [code for code, role in roles().items() if role.sees_case_content == "no"]


def test_there_are_eleven_roles_and_eighty_nine_actions() -> None:
    assert (len(roles()), len(role_rules())) == (11, 89)
    assert list(roles()) == [entry.code for entry in LISTS["roles"].entries]


def test_every_action_answers_for_every_role_with_a_known_word() -> None:
    for rule in role_rules().values():
        assert set(rule.by) == set(roles())
        assert set(rule.by.values()) <= ANSWERS
        assert rule.second_role <= set(roles())


def test_a_role_is_read_as_written() -> None:
    coordinator = roles()["coordinator"]
    assert (coordinator.level, coordinator.sees_case_content) == ("team", "yes")
    assert "municipal_lead" in coordinator.incompatible_with
    assert coordinator.labels["sr-Latn"] == "Koordinator tima"
    assert roles()["directory_admin"].incompatible_with == frozenset()


def test_an_action_is_read_as_written() -> None:
    rule = role_rules()["case.open"]
    assert rule.by["coordinator"] == "yes"
    assert rule.by["member"] == "own_organisation"
    assert rule.by["partner_worker"] == "no"
    assert rule.condition == "consent recorded; eligibility met"
    assert rule.labels["en"] == "Open a case"


def test_rules_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        role_rules()["case.open"].by["platform_admin"] = "yes"  # type: ignore[index]
    with pytest.raises(TypeError):
        roles()["god"] = roles()["coordinator"]  # type: ignore[index]


def test_nobody_may_look_a_person_up_across_teams() -> None:
    assert set(role_rules()["case.lookup_other_team"].by.values()) == {"no"}


@pytest.mark.parametrize("role", WITHOUT_CONTENT)
def test_a_role_without_content_opens_no_case(role: str) -> None:
    for action in ("case.view_coded", "case.view_sealed", "case.open", "case.propose"):
        assert role_rules()[action].by[role] == "no"


def test_nobody_holds_keys_and_servers_at_once() -> None:
    assert "platform_admin" in roles()["key_custodian"].incompatible_with
    assert "key_custodian" in roles()["platform_admin"].incompatible_with
    assert "data_protection_officer" in roles()["municipal_lead"].incompatible_with
