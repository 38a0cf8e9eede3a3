"""Whatever is read: one INSERT, that of the audit. Counters and denied attempts go another way and do not count."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.access.operations import committed
from tests.access.runner import Runner
from tests.access.usual import asking

pytestmark = pytest.mark.database


def test_no_get_inserts_more_than_its_entries(runner: Runner) -> None:
    wrong: dict[str, list[str]] = {}
    for operation in committed():
        if not operation.is_safe:
            continue
        request = asking(operation, runner.world)
        with CaptureQueriesContext(connections["default"]) as asked:
            answer = request()
        assert operation.is_sign_in or answer.status == 200, (operation.name, answer.status)
        inserts = [one["sql"] for one in asked.captured_queries if one["sql"].upper().startswith("INSERT")]
        if len(inserts) > 1 or any(not one.startswith('INSERT INTO "audit_entry"') for one in inserts):
            wrong[operation.name] = inserts
    assert wrong == {}
