"""The few answers that are not about data: the web app, the documentation of the API, addresses without a view."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from rest_framework.exceptions import APIException

from api import filters, throttling, web_app
from api.attempt import ANONYMOUS
from api.errors import answer
from api.problems import Answer, respond
from api.refusals import BadParameter
from backend.statistics.transparency import reports
from permissions.scope import NotFound

View = Callable[..., HttpResponseBase]

DOCS: Final = Path(__file__).with_name("templates") / "api" / "docs.html"
NOT_BUILT: Final = DOCS.with_name("not_built.html")
OPENAPI: Final = Path(__file__).with_name("openapi.yaml")
HTML: Final = "text/html; charset=utf-8"


def public(view: View) -> View:
    """Mark a plain view as open to everybody; the start-up check refuses one that is not marked."""
    view.public = True  # type: ignore[attr-defined]
    return view


@public
@require_safe
def app(_request: HttpRequest, **_address: str) -> HttpResponse:
    """Answer the web app, at whatever address of its own; it may not have been built."""
    built = web_app.page(settings.SPONA_WEB_APP)
    if built is None:
        return HttpResponse(NOT_BUILT.read_bytes(), content_type=HTML, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return built.answer()


@public
@require_safe
def docs(_request: HttpRequest) -> HttpResponse:
    """Answer the page in which Swagger UI shows openapi.yaml, without any other server."""
    return HttpResponse(DOCS.read_bytes(), content_type=HTML)


@public
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Answer what the service tells everybody about itself, in three languages. It counts as a call of a stranger."""
    try:
        throttling.check_rate(ANONYMOUS, request)
        filters.check_names(request.GET, known=frozenset())
    except (APIException, BadParameter) as refused:
        return answer(refused)
    return render(request, "api/transparency.html", {"pages": reports.pages()})


@public
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Answer openapi.yaml as it was generated and committed."""
    return HttpResponse(OPENAPI.read_bytes(), content_type="application/yaml")


@public
@csrf_exempt
def no_such_page(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Answer an address that nothing lives at."""
    return answer(NotFound())


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses before a view is asked, such as a form that cannot be read."""
    return answer(exception)


def forbidden(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a PermissionDenied outside DRF."""
    return answer(exception)


def internal_error(_request: HttpRequest) -> HttpResponse:
    """Answer what failed outside every view."""
    return respond(Answer("internal"))
