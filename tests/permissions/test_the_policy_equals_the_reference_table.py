"""`permissions/roles.py` is read as law, so it must be the table that was agreed, line by line."""

import csv
from pathlib import Path

import pytest

from permissions.roles import POLICY, ROLES, UnknownAction, rule

DATA = Path(__file__).parents[2] / "backend" / "reference" / "data" / "v1"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MATRIX = rows("roles_matrix.csv")


def test_the_roles_are_those_of_the_role_table_in_its_order() -> None:
    assert list(ROLES) == [row["code"] for row in rows("roles.csv")]


def test_the_policy_has_each_action_once_and_no_other() -> None:
    assert list(POLICY) == [row["code"] for row in MATRIX]


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row["code"])
def test_each_line_says_what_the_table_says(row: dict[str, str]) -> None:
    line = POLICY[row["code"]]
    assert dict(line.by) == {role: row[role] for role in ROLES}
    assert line.second_role == tuple(filter(None, row["second_role"].split(";")))


def test_an_unknown_action_is_loud_and_never_a_yes() -> None:
    with pytest.raises(UnknownAction):
        rule("case.view_everything")


def test_nobody_may_look_a_person_up_in_another_team() -> None:
    assert set(POLICY["case.lookup_other_team"].by.values()) == {"no"}


CONTENT = ("case.", "referral.", "consent.", "meeting.", "assessment.", "safeguarding.", "disclosure.")


@pytest.mark.parametrize(
    "role", [row["code"] for row in rows("roles.csv") if row["sees_case_content"] == "no"]
)
def test_a_role_without_case_content_has_no_right_on_cases_referrals_or_consents(role: str) -> None:
    allowed = {
        action for action, line in POLICY.items() if action.startswith(CONTENT) and line.by[role] != "no"
    }
    assert allowed == set()
