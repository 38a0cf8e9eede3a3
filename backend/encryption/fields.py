"""A model field that holds envelopes and nothing else: text put there by mistake is refused, not stored."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from backend.encryption.envelope import Envelope, is_envelope

if TYPE_CHECKING:  # Django's fields take their type parameters in the stubs only
    _Bytes = models.BinaryField[bytes | memoryview | None, Any]
else:
    _Bytes = models.BinaryField


class SealedField(_Bytes):
    """Stores envelopes as `bytea`. It can be asked `isnull` and nothing else; opening is the vault's work."""

    description = "A sealed envelope"

    def from_db_value(self, value: Any, *_query: Any) -> Envelope | None:
        return None if value is None else Envelope(value)

    def to_python(self, value: Any) -> Envelope | None:
        if value is None:
            return None
        if not is_envelope(value):
            raise ValidationError("Only a sealed envelope can be stored here.", code="not_sealed")
        return Envelope(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self.to_python(value))

    def get_lookup(self, lookup_name: str) -> Any:
        """Equal texts have unequal envelopes: any other lookup would answer, and answer wrongly."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
