"""A process that ends with the one that started it, even when that one is killed: `python -m backend.tethered ...`.

Its standard input is a pipe from there; the end of the pipe is the order to stop. (A killed supervisor would
otherwise leave a web server behind that holds the port and talks to databases that are gone.)
"""

import os
import signal
import sys
import threading

from backend.__main__ import main as command
from backend.web_server import serve_web


def main(words: list[str]) -> int:
    """Run the web server (`web ADDRESS PORT WORKERS THREADS`) or any command of `spona`."""
    threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
    if words[0] == "web":
        serve_web(*words[1:])
        return 0
    return command(words)


def _stop_at_end_of_input() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
