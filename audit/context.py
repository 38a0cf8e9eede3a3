"""What an entry says about the request around it. The outermost middleware sets it; commands do not."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestFacts:
    """`route` is the template of the path (`/cases/{id}`), never the path, which may carry a secret."""

    request_id: str
    route: str = ""
    method: str = ""


NO_REQUEST = RequestFacts(request_id="")

request_facts: ContextVar[RequestFacts] = ContextVar("request_facts", default=NO_REQUEST)
