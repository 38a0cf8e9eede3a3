"""The real server, two processes on this worker's databases, and a client with cookies that speaks to it."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import IO, Any, Final

from django.conf import settings

SECONDS: Final = 30


@contextmanager
def served(*, said: IO[bytes] | None = None, **environment: str) -> Iterator[int]:
    """Yield the port of a server that is ready. `environment` are settings beside those of this process; what it says
    goes to `said`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    given = {**os.environ, "SPONA_BASE_URL": f"http://localhost:{port}", **environment}
    words = [
        sys.executable,
        "-m",
        "backend",
        "serve",
        "--port",
        str(port),
        "--workers",
        "2",
        "--threads",
        "8",
    ]
    server = subprocess.Popen(
        words, cwd=settings.BASE_DIR, env=given, stdout=said or subprocess.DEVNULL, stderr=said
    )
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(SECONDS)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asked:
                asked.request("GET", "/health/ready", headers={"Host": "localhost"})
                if asked.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not become ready.")


class Visitor:
    """Sends JSON and keeps cookies: Secure ones too, as browsers do for localhost."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def send(self, method: str, path: str, body: Any = None) -> int:
        """Return the status of the answer."""
        named = {"Host": "localhost", "Content-Type": "application/json"}
        if self.cookies:
            named["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            named["X-CSRFToken"] = self.cookies.get(settings.CSRF_COOKIE_NAME, "")
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as asked:
            asked.request(method, path, json.dumps(body) if body is not None else None, named)
            answer = asked.getresponse()
            answer.read()
            for header in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = header.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status
