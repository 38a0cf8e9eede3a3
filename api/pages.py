"""The few answers that are not about data: the first page, the documentation of the API, addresses without a view."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from api.errors import answer
from api.problems import Answer, respond
from permissions.scope import NotFound

View = Callable[..., HttpResponseBase]

DOCS: Final = Path(__file__).with_name("templates") / "api" / "docs.html"
SIGN_IN: Final = DOCS.with_name("sign_in.html")


def public(view: View) -> View:
    """Mark a plain view as open to everybody; the start-up check refuses one that is not marked."""
    view.public = True  # type: ignore[attr-defined]
    return view


@public
@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """Answer the first page."""
    return HttpResponse(
        (settings.BASE_DIR / "web" / "index.html").read_bytes(), content_type="text/html; charset=utf-8"
    )


@public
@require_safe
def docs(_request: HttpRequest) -> HttpResponse:
    """Answer the page in which Swagger UI shows openapi.yaml, without any other server."""
    return HttpResponse(DOCS.read_bytes(), content_type="text/html; charset=utf-8")


@public
@require_safe
def sign_in(_request: HttpRequest) -> HttpResponse:
    """Answer the page on which people show, or add, a second factor. The web app will take its place."""
    return HttpResponse(SIGN_IN.read_bytes(), content_type="text/html; charset=utf-8")


@public
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Answer openapi.yaml as it was generated and committed."""
    return HttpResponse((settings.BASE_DIR / "openapi.yaml").read_bytes(), content_type="application/yaml")


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
