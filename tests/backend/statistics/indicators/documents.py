"""A release's document by hand, as the releases write it: every mark of the registry, shown, masked or left out."""

from collections.abc import Mapping
from typing import Any

from backend.statistics.indicators import registry
from backend.statistics.indicators.registry import Part

SHA256 = "ab12cd34ef56" + "0" * 52
ROWS = ("bor", "total")
BY_COLUMN = {"gaps": ("service_group", ("HR", "total")), "substances": ("substance_group", ("1", "total"))}
ITEM = "primary_drug"


def cell(row: str, column: str, mark: str, n: int | None, mask: str = "") -> dict[str, Any]:
    return {"row": row, "column": column, "mark": mark, "n": n, "mask": mask}


def table(name: str, cells: list[dict[str, Any]], *, rows: str = "team", columns: str = "") -> dict[str, Any]:
    level = {"geography": "team", "period": "quarter"}
    return {"id": name, "level": level, "fact": "referral", "rows": rows, "columns": columns, "cells": cells}


def document(
    *tables: Mapping[str, Any], tier: str = "B", period: str = "2026-Q3", **parts: Any
) -> dict[str, Any]:
    scope = {
        "teams": ["bor", "majdanpek"],
        "groups": {"bor": ["bor", "majdanpek"]},
        "not_included": ["sabac"],
    }
    made = {"tier": tier, "period": period, "plan": 1, "scope": scope, "tables": list(tables)}
    return {**made, "medians": [], "counts": [], "tallies": [], "method": {}, "notes": [], **parts}


def parts() -> list[tuple[str, Part]]:
    return [(code, part) for code, one in registry.registry().items() for part in one.parts]


def whole(*, n: int | None = 60, mask: str = "", tier: str = "B", period: str = "2026-Q3") -> dict[str, Any]:
    """Every mark, table, median and count of which the registry speaks, with one and the same number."""
    marks = {mark for _code, part in parts() for mark in part.marks if part.kind != registry.BY}
    marks |= {f"unknown_{ITEM}"}
    main = table("main", [cell(row, "total", mark, n, mask) for row in ROWS for mark in sorted(marks)])
    others = [
        table(part.table, _columns(part, n, mask), columns=BY_COLUMN[part.table][0])
        for _code, part in parts()
        if part.kind == registry.BY
    ]
    medians = [
        {"id": code, "row": "bor", "value": n and 4, "n": n, "mask": mask, "unit": "days"}
        for code, part in parts()
        if part.kind == registry.MEDIAN
    ]
    counts = [
        {"id": code, "name": part.name, "row": "total", "value": n and 50, "unit": "per_cent", "mask": ""}
        for code, part in parts()
        if part.kind == registry.DIRECTORY
    ]
    return document(main, *others, tier=tier, period=period, medians=medians, counts=counts)


def _columns(part: Part, n: int | None, mask: str) -> list[dict[str, Any]]:
    return [cell("bor", column, part.mark, n, mask) for column in BY_COLUMN[part.table][1]]
