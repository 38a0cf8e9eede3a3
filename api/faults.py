"""Turns DRF's nested validation errors into a flat list of JSON pointers and codes. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework.exceptions import ErrorDetail

from backend.errors import Fault

# DRF's words where ours are others.
CODES = {"does_not_exist": "unknown_id", "incorrect_type": "unknown_id", "invalid_choice": "unknown_code"}
# Of these the text is made of values, such as kinds of identifiers, and holds nothing of the input.
WITH_VALUES = frozenset({"identifier_found", "likely_name"})
_NAMES_OF_ALL = ("non_field_errors",)


def faults_of(detail: Any, pointer: str = "") -> list[Fault]:
    """Return one fault for each wrong place; a place that is wrong in two ways gives two."""
    return list(_walk(detail, pointer))


def _walk(detail: Any, pointer: str) -> Iterator[Fault]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _walk(inner, pointer if name in _NAMES_OF_ALL else f"{pointer}/{escaped(name)}")
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            yield from _walk(inner, pointer if isinstance(inner, str) else f"{pointer}/{position}")
    else:
        code = str(detail.code) if isinstance(detail, ErrorDetail) else "invalid"
        values = tuple(str(detail).split()) if code in WITH_VALUES else ()
        yield Fault(pointer, CODES.get(code, code), values)


def escaped(name: object) -> str:
    """Return one part of a JSON pointer (RFC 6901)."""
    return str(name).replace("~", "~0").replace("/", "~1")
