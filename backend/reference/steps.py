"""The tables of steps as typed rows: which status may follow which, who may take the step, what it needs."""

from dataclasses import dataclass
from functools import cache

from backend.reference.lists import DATA
from backend.reference.rows import Row, read_table, several

NEW = "new"  # the moment before the first status


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One allowed step. `source` may be `new`; `requires` and `who` are coded words of the data README."""

    source: str
    to: str
    who: frozenset[str]
    requires: frozenset[str]
    kind: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStep(Step):
    our_addition: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep(Step):
    """`action` is the line of the roles matrix that gives the right; empty for a step of the system."""

    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStep(Step):
    """A step of a transfer between two teams."""


@cache
def referral_steps() -> tuple[ReferralStep, ...]:
    """All steps of a referral, in the order of the file."""
    return tuple(
        ReferralStep(
            source=row["from"],
            to=row["to"],
            who=_set(row, "who"),
            requires=_set(row, "requires"),
            kind=row["kind"],
            note=row["note"],
            our_addition=row["our_addition"] == "yes",
        )
        for row in read_table(DATA / "referral_transitions.csv").rows
    )


@cache
def case_steps() -> tuple[CaseStep, ...]:
    """All steps of a case, in the order of the file."""
    return tuple(
        CaseStep(
            source=row["from"],
            to=row["to"],
            who=_set(row, "who"),
            requires=_set(row, "requires"),
            kind=row["kind"],
            note=row["note"],
            action=row["action"],
        )
        for row in read_table(DATA / "case_transitions.csv").rows
    )


@cache
def transfer_steps() -> tuple[TransferStep, ...]:
    """All steps of a transfer, in the order of the file."""
    return tuple(
        TransferStep(
            source=row["from"],
            to=row["to"],
            who=_set(row, "who"),
            requires=_set(row, "requires"),
            kind=row["kind"],
            note=row["note"],
        )
        for row in read_table(DATA / "transfer_transitions.csv").rows
    )


def _set(row: Row, column: str) -> frozenset[str]:
    return frozenset(several(row[column]))
