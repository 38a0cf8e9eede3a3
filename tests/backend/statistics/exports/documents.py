"""Releases made by hand, in the shape of the document that a release keeps."""

from typing import Any

from backend.statistics.exports.edition import Edition


def cell(row: str, column: str, n: int | None, mask: str = "", *, mark: str = "requested") -> dict[str, Any]:
    return {"row": row, "column": column, "mark": mark, "n": n, "mask": mask}


def table(name: str = "referrals_by_service", *cells: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "level": {"geography": "team", "period": "quarter"},
        "fact": "referral",
        "rows": "team",
        "columns": "service_group",
        "cells": list(cells or (cell("bor", "HR", 12), cell("bor", "total", None, "0-4"))),
        **more,
    }


def document(*tables: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "tier": "B",
        "period": "2026-Q3",
        "plan": 1,
        "scope": {"teams": ["bor"], "not_included": ["sabac"]},
        "tables": list(tables or (table(),)),
        "medians": [{"id": "P1", "row": "bor", "value": 4, "unit": "days", "mask": ""}],
        "counts": [],
        "tallies": [{"id": "syringes_out", "row": "bor", "column": "", "value": 1200}],
        "method": {"ptable": "ab12", "mask": "0-4"},
        "notes": ["A note."],
        **more,
    }


def edition(*tables: dict[str, Any], number: int | None = 3, **more: Any) -> Edition:
    return Edition(number, "5a" * 32, "7b" * 32, document(*tables, **more))
