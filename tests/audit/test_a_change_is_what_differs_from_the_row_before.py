"""From the rows of a history to what changed: names, values and nothing where nothing that shows is different."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit.changes import Change, Difference, changes, reason

pytestmark = pytest.mark.pure

PLAIN = {"status": "status", "holder": "holder_id"}
SEALED = {"note": "note_revision"}
ENTRY = UUID("3f333df6-90a4-4fda-8dd3-9485d27cee36")


def row(**values: Any) -> dict[str, Any]:
    return {
        "history_id": uuid4(),
        "history_date": datetime(2026, 6, 10, tzinfo=UTC),
        "history_user_id": uuid4(),
        "history_change_reason": f"case.closed {ENTRY}",
        "status": "active",
        "holder_id": None,
        "note_revision": 0,
        **values,
    }


def found(*rows: dict[str, Any]) -> list[Change]:
    return list(changes(rows, kind="case", plain=PLAIN, sealed=SEALED))


def test_the_first_row_says_what_stood_there_and_leaves_out_what_was_empty() -> None:
    [one] = found(row())
    assert one.fields == (Difference("status", None, "active"),)


def test_a_later_row_says_what_was_and_what_is() -> None:
    holder = uuid4()
    _, one = found(row(), row(status="closed", holder_id=holder))
    assert one.fields == (Difference("status", "active", "closed"), Difference("holder", None, holder))


def test_what_was_emptied_is_a_difference_too() -> None:
    holder = uuid4()
    _, one = found(row(holder_id=holder), row())
    assert one.fields == (Difference("holder", holder, None),)


def test_a_sealed_field_says_no_value() -> None:
    _, one = found(row(), row(note_revision=1))
    assert one.fields == (Difference("note", sealed=True),)
    assert (one.fields[0].was, one.fields[0].becomes) == (None, None)


def test_a_sealed_field_is_named_at_the_beginning_when_it_was_there() -> None:
    [one] = found(row(note_revision=1))
    assert one.fields[-1] == Difference("note", sealed=True)


def test_a_row_in_which_nothing_that_shows_changed_is_left_out_and_still_compared_with() -> None:
    first, second = found(row(), row(version=2), row(status="closed"))
    assert first.fields[0].becomes == second.fields[0].was == "active"


def test_a_change_carries_author_verb_and_entry() -> None:
    said = row()
    [one] = found(said)
    assert (one.author, one.verb, one.entry) == (said["history_user_id"], "case.closed", ENTRY)
    assert (one.id, one.at, one.kind) == (said["history_id"], said["history_date"], "case")


@pytest.mark.parametrize("text", [None, "", "by hand", "case.closed", "case.closed x"])
def test_a_reason_that_is_none_of_ours_tells_nothing(text: str | None) -> None:
    assert reason(text) == ("", None)
