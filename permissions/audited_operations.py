"""The migration operation that has the database refuse what changes without an audit entry."""

from typing import Any

from django.db.migrations import RunPython

from permissions import audited


class Audited(RunPython):
    """Attach to `tables` what `permissions.audited` says. A table made after this needs it in its own migration.

    A later migration that changes rows of such a table writes an entry in its transaction, or it fails at COMMIT.
    """

    def __init__(self, *tables: str) -> None:
        self.tables = tables
        super().__init__(self._attach, self._detach)

    def deconstruct(self) -> Any:
        return (type(self).__name__, list(self.tables), {})

    def _attach(self, _apps: Any, editor: Any) -> None:
        for table in self.tables:
            editor.execute(audited.attach(table), params=None)

    def _detach(self, _apps: Any, editor: Any) -> None:
        for table in self.tables:
            editor.execute(audited.detach(table), params=None)
