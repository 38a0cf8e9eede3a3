"""What every writer is given: a release's document with its number and hashes; and the document as plain lines.

A line is one published number. A masked one has no value: its mask says what is known of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

# The parts of a document that are no tables: each entry is a number of its own.
LOOSE: Final = ("rates", "medians", "counts", "tallies")


@dataclass(frozen=True)
class Edition:
    """A release as it is handed out. `number` is None until it is published; the hashes are SHA-256 in hex."""

    number: int | None
    sha256: str
    manifest_sha256: str
    document: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return the name of a file without its ending; letters, digits and hyphens."""
        said = f"release-{self.number}" if self.number is not None else "release-not-published"
        return f"spona-{said}-{self.document['tier']}-{self.document['period']}"


class Line(NamedTuple):
    """One number with all that is needed to read it alone."""

    release: int | None
    sha256: str
    tier: str
    period: str
    table: str
    row: str
    column: str
    mark: str
    value: int | float | None
    mask: str
    caveat: str


def lines(edition: Edition) -> Iterator[Line]:
    """Yield every number of the document, in its order."""
    document = edition.document
    for table in document["tables"]:
        for cell in table["cells"]:
            yield _line(edition, table["id"], cell, value=cell["n"], caveat=_text(table.get("caveat")))
    for part in LOOSE:
        for one in document.get(part, ()):
            yield _line(edition, part, one, value=one["value"], caveat=_text(one.get("caveat")))


def texts(said: Mapping[str, Any] | Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield path and value of everything in a nested part of the document, such as its method."""
    pairs = said.items() if isinstance(said, Mapping) else enumerate(said, start=1)
    for name, value in pairs:
        if isinstance(value, Mapping | list | tuple):
            yield from ((f"{name}.{deeper}", text) for deeper, text in texts(value))
        else:
            yield str(name), "" if value is None else str(value)


def _line(edition: Edition, table: str, one: Mapping[str, Any], *, value: float | None, caveat: str) -> Line:
    document = edition.document
    return Line(
        edition.number,
        edition.sha256,
        document["tier"],
        document["period"],
        table,
        row=str(one.get("row", "")),
        column=str(one.get("column", "")),
        mark=str(one.get("mark") or one.get("id", "")),
        value=value,
        mask=str(one.get("mask", "")),
        caveat=caveat,
    )


def _text(caveat: Any) -> str:
    """Return a caveat in English where it is given in three scripts."""
    return str(caveat.get("en", "")) if isinstance(caveat, Mapping) else str(caveat or "")
