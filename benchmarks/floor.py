"""The floor below everything: an empty REST framework view under our web server. `python -m benchmarks.floor PORT`."""

import sys
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

if not settings.configured:
    settings.configure(
        SECRET_KEY="nothing is signed here",  # noqa: S106 -- no secret: the view reads nothing
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="benchmarks.floor",
        REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None},
    )
    django.setup()

from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class Nothing(APIView):
    """Answers nothing."""

    renderer_classes = (JSONRenderer,)

    def get(self, _request: Request, **_path: Any) -> Response:
        return Response({})


urlpatterns = [path("nothing", Nothing.as_view())]
application = get_wsgi_application()

if __name__ == "__main__":
    Server(
        "benchmarks.floor:application",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
