"""Every exception that reaches the edge becomes one problem+json answer, and one entry in what has to be audited.

`handle` is DRF's handler; what an exception is answered with stands in `answers`.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

from api import throttling
from api.answers import describe
from api.attempt import attempt
from api.guesses import meant
from api.problems import Answer, respond
from api.refusals import (
    CsrfFailed,
)
from backend.encryption.envelope import IntegrityFailure
from backend.errors import Invalid

# What services say of an id in the body whether it is foreign, absent or not open to the caller.
NOT_FOUND_IN_BODY = frozenset(
    {
        "unknown_id",
        "unknown",
        "not_your_organisation",
        "not_replaceable",
        "not_a_worker_there",
        "consent_does_not_name",
    }
)


def handle(exc: Exception, context: dict[str, Any]) -> HttpResponse:
    """Answer an exception of a view: roll back, note what was denied, say so in problem+json."""
    del context
    set_rollback()
    return answer(exc)


def answer(exc: BaseException) -> HttpResponse:
    """Return the response for an exception and note in the attempt what the audit must hear of."""
    _note_guess(exc)
    if isinstance(exc, IntegrityFailure):
        attempt().broken = exc
    exc = throttling.count_probe(exc) if isinstance(exc, Exception) else exc
    said = describe(exc)
    _note_denied(said)
    return respond(said)


def _note_guess(exc: BaseException) -> None:
    """Note that a service did not find an id of the body. A field that looks it up itself has noted more already."""
    tried = attempt()
    if not isinstance(exc, Invalid) or tried.probed is not None:
        return
    missed = [fault.pointer for fault in exc.faults if fault.code in NOT_FOUND_IN_BODY]
    tried.guessed = bool(missed)
    tried.probed = next((one for at in missed if (one := meant(tried.shape, at))), None)


def _note_denied(said: Answer) -> None:
    tried = attempt()
    tried.throttled = said.status == HTTPStatus.TOO_MANY_REQUESTS
    on_object = said.status == HTTPStatus.NOT_FOUND and tried.target is not None
    with_credentials = said.code == "invalid_credentials"
    if (
        said.status == HTTPStatus.FORBIDDEN
        or on_object
        or with_credentials
        or (said.status == HTTPStatus.UNPROCESSABLE_ENTITY and (tried.probed or tried.guessed))
    ):
        tried.denied = said.code


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer Django's CSRF middleware in problem+json. Counted as a stranger's call: each one leaves an entry."""
    del reason
    try:
        throttling.check_rate(attempt().by, request)
    except exceptions.Throttled as over:
        return answer(over)
    return answer(CsrfFailed())
