"""What stands around every view: the request's id, its language, its headers, and what is left when it failed."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import MethodNotAllowed

from api import attempt, denials, language
from api.errors import answer
from api.headers import POLICY, headers_for
from api.refusals import BadHeader, CrossSite, TooLarge
from audit.context import RequestFacts, request_facts
from audit.recorder import AuditUnavailable
from backend import asker

View = Callable[[HttpRequest], HttpResponseBase]

# It enters the audit: nothing like a personal number, unless it is a UUID.
_REQUEST_ID: Final = re.compile(
    r"[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}|(?!.*[0-9]{9})[A-Za-z0-9._-]{8,64}"
)
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
_PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")
# A plain view is asked after CSRF, which would answer another method with a 403. The others say it themselves.
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE"})
_WITHOUT_BODY: Final = frozenset({"GET", "HEAD"})


class Outermost:
    """The first in and the last out. What comes past DRF (errors at COMMIT, too) is answered here.

    After the transaction is gone it writes what was denied. When that cannot be written the answer is 503, not the
    refusal: nobody is told anything that the audit does not know of.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        tried = _begin(request)
        try:
            request.get_host()  # Django itself asks only where an address is made
            _measure(request)
            with asker.as_nobody():
                response = self.get_response(request)
        except (BadHeader, DisallowedHost, TooLarge) as error:
            response = answer(error)
        try:
            denials.write(tried)
        except AuditUnavailable as error:
            response = answer(error)
        return _finish(request, response, tried)

    def process_view(
        self, request: HttpRequest, view: Any, _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Name the route to the audit; refuse a method that nothing here has, and a body that is too large."""
        facts = request_facts.get()
        request_facts.set(RequestFacts(facts.request_id, route=_route(request), method=facts.method))
        if request.method not in _METHODS and not getattr(view, "csrf_exempt", False):
            return answer(MethodNotAllowed(str(request.method)))
        limit = getattr(getattr(view, "cls", None), "max_body", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return answer(TooLarge()) if _length(request) > limit else None

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse:
        """Answer what a view or its COMMIT raised; the transaction has been rolled back already."""
        return answer(exception)


class Language:
    """Chooses the language of the answer by Accept-Language."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = language.negotiate(request.headers.get("Accept-Language", ""))
        language.current.set(chosen)
        with translation.override(language.DJANGO[chosen]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ["Accept-Language"])
        return response


class SameSite:
    """Refuses what another site sends with a signed-in browser, on top of SameSite cookies and CSRF tokens."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        if with_cookie and request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            return answer(CrossSite())
        return self.get_response(request)


def _begin(request: HttpRequest) -> attempt.Attempt:
    given = request.headers.get("X-Request-Id", "")
    request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid4())
    tried = attempt.Attempt(request_id=request_id)
    attempt.current.set(tried)
    language.current.set(language.DEFAULT)
    request_facts.set(RequestFacts(request_id, method=str(request.method)))
    return tried


def _finish(request: HttpRequest, response: HttpResponseBase, tried: attempt.Attempt) -> HttpResponseBase:
    own = response.headers.get(POLICY)
    for name, value in headers_for(request.path, secure=request.is_secure(), own_policy=own):
        response.headers[name] = value
    response.headers["X-Request-Id"] = tried.request_id
    return response


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return "/" + _PARAMETER.sub(r"{\1}", match.route) if match else ""


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or "0")


def _measure(request: HttpRequest) -> None:
    """Read a body that comes in chunks, without a length, up to the limit: WSGI would read it as empty.

    Raises BadHeader for a length that is no number, and for chunks where no body belongs.
    """
    if given := str(request.META.get("CONTENT_LENGTH") or ""):
        if not _LENGTH.fullmatch(given):
            raise BadHeader("bad_request")
        return
    if "chunked" not in request.headers.get("Transfer-Encoding", "").lower():
        return
    if request.method in _WITHOUT_BODY:
        raise BadHeader("bad_request")
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    raw = request.META["wsgi.input"].read(limit + 1)
    if len(raw) > limit:
        raise TooLarge
    request.META["CONTENT_LENGTH"] = str(len(raw))
    request._stream = BytesIO(raw)  # noqa: SLF001 - Django offers no other way
