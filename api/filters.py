"""Declared filters: the only query parameters of a list besides paging. Everything else is a 400.

A view says `filters = {"status": Code("case_statuses"), "organisation": Id("holder_organisation_id")}`. A foreign id
finds nothing, as an absent one does. Values come from closed kinds, so their text may enter the audit.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from api.denials import UUID_FORM
from api.refusals import BadParameter
from backend.reference import lists
from permissions.actor import Actor

MOST_VALUES: Final = 20
DATE_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE_FORM: Final = re.compile(r"0|[1-9][0-9]{0,18}")
LARGEST: Final = 2**63 - 1
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Filter(ABC):
    """One parameter. `path` is where it looks in the model; empty: the parameter's own name.

    `describe` is shown in the API's documentation. `unless` gives the rows of which the caller does not see what the
    filter looks at: it never finds them.
    """

    path: str = ""
    describe: str = ""
    # A filter of free text is audited by its name alone: somebody may have typed a person's name into it.
    is_text: bool = False
    unless: Callable[[Actor], Q] | None = None

    @abstractmethod
    def read(self, text: str) -> Any:
        """Return the value; raises ValueError for a text that is none."""

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        """Return what rows must meet for a value that `read` returned."""
        del by
        return Q(**{self.path or name: value})

    def said(self, text: str) -> str:
        """Return the value as the audit keeps it; it was read before."""
        return text

    @property
    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return how the API's documentation describes the value."""


@dataclass(frozen=True)
class Code(Filter):
    """Codes of a reference list, several separated by commas: any of them."""

    list_name: str

    def read(self, text: str) -> list[str]:
        found, known = text.split(","), lists.codes(self.list_name)
        if len(found) > MOST_VALUES or not all(code in known for code in found):
            raise ValueError(self.list_name)
        return found

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del by
        return Q(**{f"{self.path or name}__in": value})

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "enum": list(lists.codes(self.list_name))}}


@dataclass(frozen=True)
class Id(Filter):
    """An object's id. One that is foreign finds nothing, like one that does not exist."""

    def read(self, text: str) -> UUID:
        if not UUID_FORM.fullmatch(text):
            raise ValueError(text)
        return UUID(text)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}


@dataclass(frozen=True)
class Flag(Filter):
    """`true` or `false`. With `when`, `true` means that condition and `false` its opposite."""

    when: Callable[[], Q] | None = None

    def read(self, text: str) -> bool:
        return {"true": True, "false": False}[text]

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        if self.when is None:
            return super().condition(name, value, by=by)
        return self.when() if value else ~self.when()

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day(Filter):
    """A date, such as 2026-11-22; give `path` with its comparison, for example `opened_on__gte`."""

    def read(self, text: str) -> date:
        if not DATE_FORM.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Whole(Filter):
    """A whole number from 0 on that fits into 63 bits, written in one way only."""

    def read(self, text: str) -> int:
        if not WHOLE_FORM.fullmatch(text) or int(text) > LARGEST:
            raise ValueError(text)
        return int(text)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "maximum": LARGEST}


@dataclass(frozen=True)
class OneOf(Filter):
    """One of a few words that are no reference list."""

    choices: tuple[str, ...] = ()

    def read(self, text: str) -> str:
        if text not in self.choices:
            raise ValueError(text)
        return text

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}


def check_names(given: QueryDict, *, known: frozenset[str]) -> None:
    """Raise BadParameter for a parameter that is not declared, or given twice."""
    for name, values in given.lists():
        if name not in known:
            raise BadParameter(name, code="unknown_parameter")
        if len(values) != 1 or "\0" in values[0]:
            raise BadParameter(name)


def read(filters: Mapping[str, Filter], given: QueryDict) -> dict[str, Any]:
    """Return the values of the declared filters that were given. Raises BadParameter."""
    values = {}
    for name, declared in filters.items():
        if name in given:
            try:
                values[name] = declared.read(str(given[name]))
            except (ValueError, KeyError):
                raise BadParameter(name) from None
    return values


def narrow(
    queryset: QuerySet[M], filters: Mapping[str, Filter], values: Mapping[str, Any], *, by: Actor
) -> QuerySet[M]:
    """Apply declared filters with the values that `read` returned."""
    for name, value in values.items():
        declared = filters[name]
        queryset = queryset.filter(declared.condition(name, value, by=by))
        if declared.unless is not None:
            queryset = queryset.filter(~declared.unless(by))
    return queryset


def facts(filters: Mapping[str, Filter], given: QueryDict) -> list[str]:
    """Return `name=value` for each filter given, whose values are codes, ids, dates or flags; of a text the name."""
    asked = {name: declared for name, declared in filters.items() if name in given}
    return [
        name if declared.is_text else f"{name}={declared.said(str(given[name]))}"
        for name, declared in asked.items()
    ]
