"""The roles and the matrix of actions by role as typed rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from backend.reference.lists import LISTS, Entry


@dataclass(frozen=True, slots=True)
class Role:
    """`sees_case_content` is yes, no, own_organisation or acting."""

    code: str
    labels: Mapping[str, str]
    level: str
    sees_case_content: str
    incompatible_with: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One action: the answer for each role, and which roles may confirm it (empty: nobody has to)."""

    action: str
    labels: Mapping[str, str]
    by: Mapping[str, str]
    second_role: frozenset[str]
    condition: str


@cache
def roles() -> Mapping[str, Role]:
    """All roles by code."""
    return MappingProxyType({entry.code: _role(entry) for entry in LISTS["roles"].entries})


@cache
def role_rules() -> Mapping[str, RoleRule]:
    """All actions by code; a missing action is a no."""
    return MappingProxyType({entry.code: _rule(entry) for entry in LISTS["roles_matrix"].entries})


def _role(entry: Entry) -> Role:
    others = frozenset(entry.values("incompatible_with"))
    return Role(
        entry.code, entry.labels, entry.attributes["level"], entry.attributes["sees_case_content"], others
    )


def _rule(entry: Entry) -> RoleRule:
    answers = {role: entry.attributes[role] for role in roles()}
    second = frozenset(entry.values("second_role"))
    condition = entry.attributes["condition_en"]
    return RoleRule(entry.code, entry.labels, MappingProxyType(answers), second, condition)
