"""Declared filters: the only query parameters of a list besides paging. Everything else is a 400.

A view says `filters = {"status": Code("case_statuses"), "organisation": Id("holder_organisation_id")}`. A foreign id
finds nothing, as an absent one does. Values come from closed kinds, so their text may enter the audit.
"""

import re
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

MOST_VALUES: Final = 20
DATE_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One parameter. `path` is where it looks in the model; empty: the parameter's own name.

    `describe` is shown in the API's documentation.
    """

    path: str = ""
    describe: str = ""
    # A filter of free text is audited by its name alone: somebody may have typed a person's name into it.
    is_text: bool = False

    def read(self, text: str) -> Any:
        """Return the value; raises ValueError for a text that is none."""
        raise NotImplementedError

    def condition(self, name: str, text: str) -> Q:
        """Return what rows must meet. Raises ValueError."""
        return Q(**{self.path or name: self.read(text)})

    @property
    def schema(self) -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True)
class Code(Filter):
    """Codes of a reference list, several separated by commas: any of them."""

    list_name: str

    def read(self, text: str) -> list[str]:
        found, known = text.split(","), lists.codes(self.list_name)
        if len(found) > MOST_VALUES or not all(code in known for code in found):
            raise ValueError(self.list_name)
        return found

    def condition(self, name: str, text: str) -> Q:
        return Q(**{f"{self.path or name}__in": self.read(text)})

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

    def condition(self, name: str, text: str) -> Q:
        wanted = self.read(text)
        if self.when is None:
            return Q(**{self.path or name: wanted})
        return self.when() if wanted else ~self.when()

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


def narrow(queryset: QuerySet[M], filters: Mapping[str, Filter], given: QueryDict) -> QuerySet[M]:
    """Apply the declared filters that were given."""
    for name, declared in filters.items():
        if name not in given:
            continue
        try:
            queryset = queryset.filter(declared.condition(name, str(given[name])))
        except (ValueError, KeyError):
            raise BadParameter(name) from None
    return queryset


def facts(filters: Mapping[str, Filter], given: QueryDict) -> list[str]:
    """Return `name=value` for each filter given, whose values are codes, ids, dates or flags; of a text the name."""
    asked = {name: declared for name, declared in filters.items() if name in given}
    return [name if declared.is_text else f"{name}={given[name]}" for name, declared in asked.items()]
