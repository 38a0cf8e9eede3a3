"""The whole mapping from exceptions to answers: one function for each kind of exception."""

import logging
from collections.abc import Sequence
from functools import singledispatch

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import DatabaseError, IntegrityError, connections
from django.http import Http404, multipartparser
from rest_framework import exceptions

from api.faults import faults_of
from api.problems import Answer
from api.refusals import (
    BadHeader,
    BadParameter,
    CrossSite,
    CsrfFailed,
    KeyNeeded,
    NotForMachines,
    PreconditionRequired,
    StepUpNeeded,
    TooLarge,
)
from api.strict_json import NotAccepted
from audit.recorder import AuditUnavailable
from backend.encryption.envelope import IntegrityFailure
from backend.encryption.private_files import RootKeyUnusable
from backend.encryption.vault import KeyGone
from backend.errors import Conflict, Fault, Gone, Invalid, Refusal, Stale
from backend.guard import IdentifierFound
from permissions.scope import Forbidden, NotFound

logger = logging.getLogger("spona.api")

BEARER = {"WWW-Authenticate": 'Bearer realm="spona"'}
SECONDS_TO_RETRY = 5
# What PostgreSQL says when two transactions were in each other's way: trying again helps.
IN_THE_WAY = frozenset({"40001", "40P01", "55P03"})
# The first wall let something pass that the database does not take: a mistake of ours, and no leak.
BY_THE_SECOND_WALL = "42501"
# What the database says at COMMIT of a change without an audit entry (permissions/rls_functions.sql).
WITHOUT_ENTRY = "SP001"


@singledispatch
def describe(exc: BaseException) -> Answer:
    """Say how an exception is answered. What nobody foresaw is logged by its kind and place, and is a 500."""
    logger.error("unexpected", exc_info=exc)
    return Answer("internal")


@describe.register(NotFound | Http404 | ObjectDoesNotExist | exceptions.NotFound)
def _not_found(exc: Exception) -> Answer:
    del exc
    return Answer("not_found")


@describe.register(Forbidden | PermissionDenied | exceptions.PermissionDenied)
def _forbidden(exc: Exception) -> Answer:
    del exc
    return Answer("forbidden")


@describe.register(exceptions.NotAuthenticated)
def _not_authenticated(exc: Exception) -> Answer:
    del exc
    return Answer("not_authenticated", headers=BEARER)


@describe.register(exceptions.AuthenticationFailed)
def _invalid_credentials(exc: Exception) -> Answer:
    del exc
    return Answer("invalid_credentials", headers=BEARER)


@describe.register(KeyNeeded)
def _key_needed(exc: Exception) -> Answer:
    del exc
    return Answer("security_key_required", headers=BEARER)


@describe.register(StepUpNeeded)
def _step_up(exc: Exception) -> Answer:
    del exc
    return Answer("step_up_required")


@describe.register(NotForMachines)
def _not_for_machines(exc: Exception) -> Answer:
    del exc
    return Answer("not_for_machines")


@describe.register
def _csrf(exc: CsrfFailed) -> Answer:
    del exc
    return Answer("csrf_failed")


@describe.register(CrossSite)
def _cross_site(exc: Exception) -> Answer:
    del exc
    return Answer("cross_site")


@describe.register
def _refusal(exc: Refusal) -> Answer:
    return Answer(exc.code, otherwise="forbidden")


@describe.register
def _conflict(exc: Conflict) -> Answer:
    return Answer(exc.code, otherwise="conflict", legal=exc.legal)


@describe.register(Stale)
def _stale(exc: Exception) -> Answer:
    del exc
    return Answer("stale_version")


@describe.register(Gone | KeyGone)
def _gone(exc: Exception) -> Answer:
    del exc
    return Answer("erased")


@describe.register
def _invalid(exc: Invalid) -> Answer:
    return _wrong(exc.faults)


@describe.register
def _validation(exc: exceptions.ValidationError) -> Answer:
    return _wrong(faults_of(exc.detail))


def _wrong(faults: Sequence[Fault]) -> Answer:
    """Answer faults of the input; an identifier in a text gives the whole its code."""
    found = any(fault.code == "identifier_found" for fault in faults)
    return Answer("identifier_found" if found else "invalid", faults=faults)


@describe.register
def _identifier(exc: IdentifierFound) -> Answer:
    return Answer("identifier_found", faults=[Fault("", "identifier_found", tuple(exc.kinds))])


@describe.register
def _parameter(exc: BadParameter) -> Answer:
    code = "unknown_parameter" if exc.code == "unknown_parameter" else "invalid"
    return Answer(exc.code, faults=[Fault(f"?{exc.name}", code)])


@describe.register(BadHeader | NotAccepted)
def _coded(exc: BadHeader | NotAccepted) -> Answer:
    return Answer(exc.code)


@describe.register(exceptions.ParseError | SuspiciousOperation | multipartparser.MultiPartParserError)
def _unreadable(exc: Exception) -> Answer:
    del exc
    return Answer("bad_request")


@describe.register(PreconditionRequired)
def _precondition(exc: Exception) -> Answer:
    del exc
    return Answer("precondition_required")


@describe.register(exceptions.MethodNotAllowed)
def _method(exc: Exception) -> Answer:
    del exc
    return Answer("method_not_allowed")


@describe.register(exceptions.UnsupportedMediaType)
def _media_type(exc: Exception) -> Answer:
    del exc
    return Answer("unsupported_media_type")


@describe.register(TooLarge | RequestDataTooBig)
def _too_large(exc: Exception) -> Answer:
    del exc
    return Answer("too_large")


@describe.register
def _throttled(exc: exceptions.Throttled) -> Answer:
    return Answer("throttled", headers={"Retry-After": str(int(getattr(exc, "wait", None) or 1))})


@describe.register(AuditUnavailable)
def _audit(exc: Exception) -> Answer:
    logger.error("audit_unavailable", exc_info=exc)
    return Answer("audit_unavailable", headers={"Retry-After": str(SECONDS_TO_RETRY)})


@describe.register(RootKeyUnusable)
def _keys(exc: Exception) -> Answer:
    logger.error("keys_unavailable", exc_info=exc)
    return Answer("keys_unavailable")


@describe.register(IntegrityFailure)
def _integrity(exc: Exception) -> Answer:
    logger.error("integrity_failure", exc_info=exc)
    return Answer("integrity_failure")


@describe.register
def _database(exc: DatabaseError) -> Answer:
    state = getattr(exc.__cause__, "sqlstate", None) or ""
    if state == WITHOUT_ENTRY:
        return _audit(exc)
    if isinstance(exc, IntegrityError) or state in IN_THE_WAY:
        return Answer("conflict", legal=())
    if state == BY_THE_SECOND_WALL:
        logger.error("second_wall_refused", exc_info=exc)
        return Answer("forbidden")
    logger.error("database_unavailable", exc_info=exc)
    _look_at_connections()
    return Answer("database_unavailable", headers={"Retry-After": str(SECONDS_TO_RETRY)})


def _look_at_connections() -> None:
    """Have every connection tried at the end of this request: what closed one has mostly closed the others too."""
    for connection in connections.all(initialized_only=True):
        connection.errors_occurred = True
