"""Makes an RFC 9457 answer of a code: the one place that knows its shape.

{"type": "urn:spona:problem:invalid", "title": ..., "status": 422, "detail": ..., "code": "invalid",
 "request_id": ..., "errors": [{"pointer": "/urgency", "code": "required", "detail": ...}], "legal": [...]}

`errors` is there when places in the input are wrong, `legal` on a 409 that has verbs to offer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from django.http import HttpResponse

from api import catalogue, language
from api.attempt import attempt
from backend.errors import Fault

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class Answer:
    """A refusal on its way out. `otherwise` lends status and text to a code that has none of its own."""

    code: str
    otherwise: str = "bad_request"
    faults: Sequence[Fault] = ()
    legal: Sequence[str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return catalogue.problem(self.code, otherwise=self.otherwise).status


def respond(answer: Answer) -> HttpResponse:
    """Return the HTTP response for `answer`, in the language of the request."""
    return HttpResponse(
        orjson.dumps(body(answer)),
        status=answer.status,
        content_type=MEDIA_TYPE,
        headers=dict(answer.headers),
    )


def body(answer: Answer) -> dict[str, Any]:
    """Return the problem as a mapping, in the language of the request."""
    known, tongue = catalogue.problem(answer.code, otherwise=answer.otherwise), language.current.get()
    said: dict[str, Any] = {
        "type": f"urn:spona:problem:{answer.code}",
        "title": known.title.said_in(tongue),
        "status": known.status,
        "detail": known.detail.said_in(tongue),
        "code": answer.code,
        "request_id": attempt().request_id,
    }
    if answer.faults:
        said["errors"] = [_fault(one, tongue) for one in answer.faults]
    if answer.legal is not None:
        said["legal"] = list(answer.legal)
    return said


def _fault(fault: Fault, tongue: language.Language) -> dict[str, Any]:
    text = catalogue.fault(fault.code).said_in(tongue)
    values = {"values": list(fault.values)} if fault.values else {}
    return {"pointer": fault.pointer, "code": fault.code, "detail": text, **values}
