"""Asks the application in this very process, as the web server would. Runs inside the service."""

import io
import sys
from typing import Any

from backend.wsgi import application
from benchmarks.operations import Call


def ask(call: Call) -> bytes:
    """Send one request through the application; raises when it is not answered with success."""
    path, _, query = call.path.partition("?")
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in call.headers.items()}
    environ: dict[str, Any] = {
        **headers,
        "REQUEST_METHOD": call.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(call.body)),
        "wsgi.input": io.BytesIO(call.body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    told: list[str] = []

    def start(status: str, _headers: Any, _info: Any = None) -> Any:
        told.append(status)

    answer = application(environ, start)
    body = b"".join(answer)
    answer.close()
    if not told[0].startswith("2"):
        raise SystemExit(f"{call.method} {call.path} was answered with {told[0]}: {body[:500]!r}")
    return body
