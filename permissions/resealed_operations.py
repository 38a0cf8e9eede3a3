"""The migration operation that lets re-keying change envelopes, and holds it to that."""

from typing import Any

from permissions import resealed
from permissions.rls_operations import Statements


class Resealed(Statements):
    """Attach to `tables` what `permissions.resealed` says. A table with envelopes made after this needs it, too."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self) -> Any:
        return (type(self).__name__, list(self.tables), {})

    def database_forwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        for table in self.tables:
            editor.execute(resealed.attach(table), params=None)

    def database_backwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        for table in self.tables:
            editor.execute(resealed.detach(table), params=None)
