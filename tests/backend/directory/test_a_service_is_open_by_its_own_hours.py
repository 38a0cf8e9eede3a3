"""Open now: by the clock of Belgrade, over midnight, and unknown rather than wrong."""

from datetime import UTC, datetime

import pytest

from backend.directory.opening import open_at

EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
OFFICE = {"byday": "MO,TU,WE,TH,FR", "opens_at": "07:30", "closes_at": "15:30"}
NIGHT = {"byday": EVERY_DAY, "opens_at": "20:00", "closes_at": "08:00"}
FRIDAY_NIGHT = {"byday": "FR", "opens_at": "22:00", "closes_at": "02:00"}
ALWAYS = {"byday": EVERY_DAY, "opens_at": "00:00", "closes_at": "23:59"}


@pytest.mark.parametrize(
    ("line", "moment", "expected"),
    [
        # A Monday in winter, an hour ahead of UTC.
        (OFFICE, "2026-11-23T06:29", False),
        (OFFICE, "2026-11-23T06:30", True),
        (OFFICE, "2026-11-23T14:29", True),
        (OFFICE, "2026-11-23T14:30", False),
        # In summer two hours.
        (OFFICE, "2026-07-20T05:30", True),
        (OFFICE, "2026-11-22T10:00", False),
        (NIGHT, "2026-11-23T22:00", True),
        (NIGHT, "2026-11-24T06:59", True),
        (NIGHT, "2026-11-24T07:00", False),
        (FRIDAY_NIGHT, "2026-11-28T00:30", True),
        (FRIDAY_NIGHT, "2026-11-28T22:00", False),
        (ALWAYS, "2026-11-23T22:59:30", True),
        # New Year: an office may be closed, a shelter is not.
        (OFFICE, "2026-01-01T10:00", None),
        (ALWAYS, "2026-01-01T10:00", True),
    ],
)
def test_hours_are_read_as_people_mean_them(line: dict[str, str], moment: str, expected: bool | None) -> None:
    assert open_at([line], datetime.fromisoformat(moment).replace(tzinfo=UTC)) is expected


def test_without_hours_nobody_can_tell() -> None:
    assert open_at([], datetime(2026, 11, 23, 10, tzinfo=UTC)) is None


def test_any_of_several_lines_is_enough() -> None:
    assert open_at([OFFICE, NIGHT], datetime(2026, 11, 23, 21, tzinfo=UTC)) is True
