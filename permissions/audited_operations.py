"""The migration operation that has the database ask for an audit entry where something changes."""

from typing import Any

from permissions import audited
from permissions.rls_operations import Statements


class Audited(Statements):
    """Attach to `tables` what `permissions.audited` says. A table made after this needs it in its own migration.

    A later migration that changes rows of such a table writes an entry in its transaction, or it fails at COMMIT.
    """

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self) -> Any:
        return (type(self).__name__, list(self.tables), {})

    def database_forwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        for table in self.tables:
            editor.execute(audited.attach(table), params=None)

    def database_backwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        for table in self.tables:
            editor.execute(audited.detach(table), params=None)
