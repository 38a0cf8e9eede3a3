"""Taking a file in: checked, sealed under a key of its own, and queued for the worker."""

import base64
from pathlib import Path
from typing import Final
from uuid import uuid4

from audit.acts import act
from backend.encryption import vault
from backend.errors import Fault, Invalid
from backend.imports.errors import Unreadable
from backend.imports.mapping import parse_mapping
from backend.imports.models import ImportRun
from backend.imports.people import check
from backend.imports.tables import MAX_BYTES
from backend.teams.models import Organisation, Team
from permissions.actor import Actor

LABEL: Final = "import.content"
MAPPINGS: Final = Path(__file__).parent / "mappings"
MAX_MAPPING: Final = 64 * 1024


def upload(
    by: Actor, *, team: Team, organisation: Organisation, mapping_text: str, content: bytes, dry_run: bool
) -> ImportRun:
    """Queue `content` for import into `team`, for the caller's `organisation`.

    Raises Forbidden, and Invalid where file and mapping do not fit: their codes are those of `Unreadable`.
    """
    if by.id is None or organisation.id not in by.organisations(team_id=team.id):
        raise Invalid(Fault("/organisation", "unknown"))
    name = _check(mapping_text, content)
    run = ImportRun(
        id=uuid4(),
        team=team,
        organisation=organisation,
        uploaded_by=by.id,
        mapping_name=name,
        mapping_text=mapping_text,
        dry_run=dry_run,
    )
    by.require("import.run", run)
    vault.create_key(owner_id=run.id, team_id=None)
    run.content = _seal(run, content)
    with act(by, "import.uploaded", team=team.id, dry_run=dry_run) as current:
        run.save(force_insert=True)
        current.on(run)
    return run


def shipped() -> list[str]:
    """Return the names of the mappings that come with the product."""
    return sorted(path.stem for path in MAPPINGS.glob("*.yaml"))


def shipped_text(name: str) -> str:
    """Return the text of a shipped mapping. Raises KeyError for any other name."""
    if name not in shipped():
        raise KeyError(name)
    return (MAPPINGS / f"{name}.yaml").read_text(encoding="utf-8")


def content_of(run: ImportRun) -> bytes:
    """Open the file of a run that is not finished."""
    value = vault.open_for(owner_id=run.id, record_id=run.id, label=LABEL, envelope=run.content, revision=1)
    return base64.b64decode(str(value))


def _seal(run: ImportRun, content: bytes) -> bytes:
    text = base64.b64encode(content).decode()
    return vault.seal_for(owner_id=run.id, record_id=run.id, label=LABEL, revision=1, value=text)


def _check(mapping_text: str, content: bytes) -> str:
    if len(mapping_text) > MAX_MAPPING:
        raise Invalid(Fault("/mapping", "too_large"))
    if len(content) > MAX_BYTES:
        raise Invalid(Fault("/file", "too_large"))
    try:
        mapping = parse_mapping(mapping_text)
    except Unreadable as refused:
        raise Invalid(Fault("/mapping", refused.code, (refused.detail,))) from refused
    try:
        check(mapping, content)
    except Unreadable as refused:
        raise Invalid(Fault("/file", refused.code, (refused.detail,))) from refused
    return mapping.name[:64]
