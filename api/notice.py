"""The notice on redisclosure, in the body of every answer that is about a person: beside the fields, or the rows.

In the body, because a header is lost when an answer is kept or passed on, which is when the notice counts; once in a
list, because it holds for all of its rows.
"""

from typing import Any, Final

from django.http.response import HttpResponseBase
from rest_framework import status
from rest_framework.response import Response

from backend.cases.redisclosure import NOTICE

FIELD: Final = "redisclosure_notice"
NAME: Final = "RedisclosureNotice"
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": [FIELD],
    "properties": {
        FIELD: {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "In `en`, `sr-Latn` and `sr-Cyrl`; goes wherever the data go.",
            "example": dict(NOTICE),
        }
    },
}


def with_notice(response: HttpResponseBase) -> None:
    """Put the notice into an answer that has a body and is no refusal."""
    said: Any = getattr(response, "data", None)
    bare = isinstance(said, dict) and FIELD not in said
    if bare and isinstance(response, Response) and status.is_success(response.status_code):
        response.data = {**said, FIELD: NOTICE}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a body together with that of the notice."""
    return {"allOf": [schema, {"$ref": f"#/components/schemas/{NAME}"}]}
