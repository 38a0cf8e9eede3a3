"""Hands out a release as a file: to who may see it, recorded; and what is published for all to everybody."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from audit import recorder
from backend.errors import Conflict
from backend.statistics.exports import csv_file, json_file, workbook
from backend.statistics.exports.edition import Edition
from backend.statistics.releases.building import canonical
from backend.statistics.releases.models import Release
from permissions.actor import Actor


@dataclass(frozen=True)
class Form:
    """One way to write a release."""

    ending: str
    media_type: str
    written: Callable[[Edition], bytes]


@dataclass(frozen=True)
class File:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


def _form(ending: str, writer: ModuleType) -> Form:
    return Form(ending, writer.MEDIA_TYPE, writer.written)


FORMS: Final[Mapping[str, Form]] = {
    one.ending: one for one in (_form("csv", csv_file), _form("json", json_file), _form("xlsx", workbook))
}


def hand_out(by: Actor, row: Release, *, form: str) -> File:
    """Return a release that `by` sees as a file, recorded. Raises Conflict `release_building`, `release_refused`."""
    made = as_file(row, form=form)
    recorder.record(
        by,
        "release.exported",
        team=None,
        kind="release",
        object_id=str(row.pk),
        form=form,
        sha256=str(row.sha256),
    )
    return made


def as_file(row: Release, *, form: str) -> File:
    """Return a release as a file, the same bytes each time. Raises as `hand_out`."""
    if row.document is None:
        raise Conflict("release_building" if row.gate is None else "release_refused")
    manifest = hashlib.sha256(canonical(row.manifest)).hexdigest()
    edition = Edition(row.number, str(row.sha256), manifest, row.document)
    chosen = FORMS[form]
    return File(f"{edition.name}.{chosen.ending}", chosen.media_type, chosen.written(edition))
