"""docs/errors.md lists every code that a client may meet. SPONA_TEST_WRITE_DOCS=1 renews the page."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from api import catalogue

pytestmark = pytest.mark.pure

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "errors.md"
RAISED = re.compile(r"(?:Conflict|Refusal|BadHeader|NotAccepted|Answer)\(\s*\"([a-z][a-z0-9_]*)\"")
FAULTS = re.compile(r"Fault\(\s*f?\"[^\"]*\",\s*\"([a-z][a-z0-9_]*)\"")
HEAD = """# Codes of refusals

Every refusal is `application/problem+json` (RFC 9457) with a `code` that never changes its meaning; texts come in
Serbian (Latin or Cyrillic) or English by `Accept-Language`. The tables are generated from `api/messages/`.
"""


def page() -> str:
    problems = sorted(catalogue.problems().values(), key=lambda one: (one.status, one.code))
    rows = [f"| {one.status} | `{one.code}` | {one.title.en} | {one.detail.en} |" for one in problems]
    faults = [f"| `{code}` | {text.en} |" for code, text in sorted(catalogue.faults().items())]
    return "\n".join(
        [
            HEAD,
            "## Answers",
            "",
            "| status | code | title | detail |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "## Single places in the input (`errors[].code`)",
            "",
            "| code | detail |",
            "| --- | --- |",
            *faults,
            "",
        ]
    )


def test_the_page_lists_every_code() -> None:
    if os.environ.get("SPONA_TEST_WRITE_DOCS") == "1":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), "SPONA_TEST_WRITE_DOCS=1 renews it"


def sources() -> Iterator[tuple[str, str]]:
    for folder in ("api", "backend"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_every_code_that_is_raised_has_a_text() -> None:
    raised = {(name, code) for name, text in sources() for code in RAISED.findall(text)}
    assert raised
    assert {one for one in raised if one[1] not in catalogue.problems()} == set()


def test_every_fault_that_is_named_has_a_text() -> None:
    named = {(name, code) for name, text in sources() for code in FAULTS.findall(text)}
    assert {one for one in named if one[1] not in catalogue.faults()} == set()


def test_two_files_may_not_define_one_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("faults:\n  same: {en: x, sr: ч}\n", encoding="utf-8")
    monkeypatch.setattr(catalogue, "MESSAGES", tmp_path)
    catalogue.faults.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"b\.yaml defines again: same"):
            catalogue.faults()
    finally:
        catalogue.faults.cache_clear()
