"""openapi.yaml: what drf-spectacular cannot see in the code is told here."""

from api.schema import fields
from api.schema.document import finish
from api.schema.operation import Schema

__all__ = ["Schema", "fields", "finish"]
