"""The service that browser tests use: our own web server on this worker's databases, with a log that can be shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.api.served import served

ROOT: Final = Path(__file__).parents[2]
INDEX: Final = ROOT / "web/dist/index.html"
# Limits that do not stand in the way: all browser tests come from one address.
RATES: Final = {
    **{f"SPONA_RATE_{name}": "9999999/s" for name in ("USER", "TOKEN", "ANONYMOUS", "PROBE", "GUARD")},
    "SPONA_RATE_LOGIN": "9999/m/ip",
    "SPONA_RATE_LOGIN_FAILED": "9999/m/ip,999/5m/key",
    "SPONA_RATE_KEY": "9999/m/ip",
    "SPONA_RATE_DUPLICATE": "9999/h",
}


@dataclass(frozen=True)
class Service:
    """Where it answers, and the file in which it says what went wrong."""

    address: str
    log: Path


@contextmanager
def service(folder: Path, **environment: str) -> Iterator[Service]:
    log = folder / "service.log"
    with log.open("wb") as said, served(said=said, **{**RATES, **environment}) as port:
        yield Service(f"http://localhost:{port}", log)
