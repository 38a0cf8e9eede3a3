"""Reading the figures of a release as sentences, and its TDI-shaped tables as a workbook; both recorded."""

from typing import Final

from audit import recorder
from backend.errors import Conflict
from backend.statistics.indicators.figures import Figure, figures
from backend.statistics.releases.models import NATIONAL, Release
from backend.statistics.tdi import workbook
from permissions.actor import Actor
from permissions.scope import Forbidden

FILE: Final = "spona-tdi-{period}.xlsx"


def figures_of(row: Release, *, only: str = "") -> list[Figure]:
    """Return the figures of every indicator, or of one; none as long as there is no document."""
    if row.document is None or row.sha256 is None:
        return []
    return list(figures(row.document, number=row.number, sha256=row.sha256, only=only))


def read_figures(by: Actor, row: Release, *, only: str = "") -> list[Figure]:
    """Return the figures of a release that `by` sees, and record that they were read."""
    recorder.record(by, "release.figures_read", team=None, kind="release", object_id=str(row.pk))
    return figures_of(row, only=only)


def tdi_of(by: Actor, row: Release) -> bytes:
    """Return the workbook of a release, and record that it was fetched.

    Raises Forbidden for who is not of the Office, Conflict `no_tdi_tables`.
    """
    if not by.seats_for(NATIONAL):
        raise Forbidden
    try:
        made = workbook.written(row.document or {}, number=row.number, sha256=row.sha256 or "")
    except workbook.NoTables:
        raise Conflict("no_tdi_tables") from None
    recorder.record(by, "release.tdi_read", team=None, kind="release", object_id=str(row.pk))
    return made


def file_name(row: Release) -> str:
    """Return under which name a browser saves the workbook."""
    return FILE.format(period=row.period)
