"""Which refusals an operation can answer with, and how they look in the document."""

from collections.abc import Iterator
from typing import Any, Final

from api import catalogue
from api.problems import MEDIA_TYPE

REQUEST_ID: Final = "6f1d2c0e-8d5c-4d0a-9a53-0c1f4c7f2b11"
# The code that stands for a status in the examples.
TYPICAL: Final = {
    400: "unknown_parameter", 401: "not_authenticated", 403: "forbidden", 404: "not_found", 409: "conflict",
    410: "erased", 412: "stale_version", 413: "too_large", 415: "unsupported_media_type", 422: "invalid",
    428: "precondition_required", 429: "throttled", 500: "internal", 503: "audit_unavailable",
}  # fmt: skip
_NAMED: Final = {
    422: [{"pointer": "/urgency", "code": "required"}],
    400: [{"pointer": "?page", "code": "unknown_parameter"}],
}
PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A refusal, after RFC 9457. Codes are stable (docs/errors.md); texts follow Accept-Language.",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        "legal": {
            "type": "array",
            "items": {"type": "string"},
            "description": "On 409: the verbs that are legal now.",
        },
    },
}
FAULT: Final[dict[str, Any]] = {
    "type": "object",
    "description": "One wrong place: a JSON pointer into the body, or `?name` for a parameter.",
    "required": ["pointer", "code", "detail"],
    "properties": {
        **{name: {"type": "string"} for name in ("pointer", "code", "detail")},
        "values": {
            "type": "array",
            "items": {"type": "string"},
            "description": "What the code is about, in codes.",
        },
    },
}


def statuses(*, public: bool, method: str, path: str) -> Iterator[int]:
    """Yield the refusals that an operation can answer with."""
    yield from (400, 429, 500, 503)
    if not public:
        yield from (401, 403)
    if "{" in path:
        yield from (404, 410)
    elif method == "POST":
        yield 404
    if method in {"POST", "PATCH"}:
        yield from (409, 413, 415, 422)
    if method == "DELETE":
        yield 409
    if method in {"PATCH", "DELETE"}:
        yield from (412, 428)
    if method == "POST" and "{id}" in path:
        yield 412


def name(status: int) -> str:
    """Return the name of the response's component."""
    return f"Problem{status}"


def components() -> dict[str, Any]:
    """Return a response for each status, with an example in English."""
    return {name(status): _response(status, code) for status, code in TYPICAL.items()}


def _response(status: int, code: str) -> dict[str, Any]:
    known = catalogue.problems()[code]
    example: dict[str, Any] = {
        "type": f"urn:spona:problem:{code}",
        "title": known.title.en,
        "status": status,
        "detail": known.detail.en,
        "code": code,
        "request_id": REQUEST_ID,
    }
    if status in _NAMED:
        named = _NAMED[status]
        example["errors"] = [{**one, "detail": catalogue.fault(one["code"]).en} for one in named]
    if status == 409:  # noqa: PLR2004 - the status that has this member
        example["legal"] = ["accept", "reject"]
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": known.title.en, "content": {MEDIA_TYPE: {"schema": schema, "example": example}}}
