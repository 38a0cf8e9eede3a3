"""The committed openapi.yaml, read once by each process: it is long, and many tests hold something against it."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

OPENAPI: Final = Path(__file__).parents[1] / "openapi.yaml"


@cache
def document() -> dict[str, Any]:
    """Return it as it was committed. Nobody changes what is returned."""
    found: dict[str, Any] = yaml.load(OPENAPI.read_bytes(), yaml.CSafeLoader)
    return found
