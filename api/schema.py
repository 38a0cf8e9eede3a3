"""openapi.yaml: what drf-spectacular cannot see in the code is told here."""

from typing import Any

from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    """Describes one operation."""


def finish(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Complete the generated document."""
    return result
