"""Conditions that leave out what tells of a case somebody is shut out of; nothing that is granted stands against them.

The ids go to the database as one array, so that a query reads the same for however many cases.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, UUIDField, Value

Condition: TypeAlias = Func | Q


def not_among(column: str, cases: Sequence[UUID]) -> Condition:
    """Return the condition that `column` is empty or none of `cases`."""
    return _asked(column, cases, template="(%(expressions)s)) IS NOT TRUE", joiner=" = ANY (")


def names_none(column: str, cases: Sequence[UUID]) -> Condition:
    """Return the condition that `column` holds the id of nothing that hangs on one of `cases`."""
    template, joiner = "(%(expressions)s))::text[])) IS NOT TRUE", "::text = ANY ((SELECT spona.names_of("
    return _asked(column, cases, template=template, joiner=joiner)


def mentions_none(column: str, cases: Sequence[UUID]) -> Condition:
    """Return the condition that the bytes in `column` say no name of anything that hangs on one of `cases`."""
    template, joiner = "NOT spona.mentions(%(expressions)s)))", ", (SELECT spona.names_of("
    return _asked(column, cases, template=template, joiner=joiner)


def _asked(column: str, cases: Sequence[UUID], *, template: str, joiner: str) -> Condition:
    given: Any = Value(list(cases), output_field=ArrayField(UUIDField()))
    return Func(F(column), given, template=template, arg_joiner=joiner, output_field=BooleanField())
