"""Envelopes of cases in all their columns, current rows and histories: found by the data key they name, sealed anew."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from backend.encryption import vault
from backend.encryption.cipher import IntegrityFailure
from backend.encryption.envelope import Where, revision_of
from backend.encryption.places import CASE, SealedColumn, columns

# Format, suite, generation and revision come before the id of the data key. What is not padded plaintext is 96 bytes.
_DEK: Final = "substring({column} FROM 9 FOR 16)"
_AROUND: Final = 96


class Found(NamedTuple):
    """One envelope: in which column, its row's key, its owner, and the columns that its place is made from."""

    column: SealedColumn
    key: UUID
    row: Mapping[str, Any]
    envelope: bytes

    @property
    def case_id(self) -> UUID:
        owner: UUID = self.row[self.column.place.owner]
        return owner

    @property
    def where(self) -> Where:
        """Return how an audit entry names it."""
        place = self.column.place.of(self.row)
        return Where(place.case_id, place.record_id, place.label)


def of_cases() -> tuple[SealedColumn, ...]:
    """Return every column that holds envelopes of cases."""
    return tuple(columns(owner=CASE))


def not_under(newest: Mapping[UUID, UUID]) -> Iterator[Found]:
    """Yield the envelopes of these cases that do not name the newest data key of their case (case id: key id)."""
    for column in of_cases():
        yield from _not_under(column, newest)


def _not_under(column: SealedColumn, newest: Mapping[UUID, UUID]) -> Iterator[Found]:
    names = sorted(column.place.columns)
    sealed, owner = _quoted(column.place.field), _quoted(column.place.owner)
    read = ", ".join(map(_quoted, (_key(column), column.place.field, *names)))
    text = f"""
        SELECT {read} FROM {_quoted(column.table)}
        JOIN unnest(%s::uuid[], %s::bytea[]) AS newest(owner, dek) ON {owner} = newest.owner
        WHERE {_DEK.format(column=sealed)} <> newest.dek
    """  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.execute(text, [list(newest), [key.bytes for key in newest.values()]])
        for key, envelope, *values in cursor.fetchall():
            yield Found(column, key, dict(zip(names, values, strict=True)), bytes(envelope))


def seal_anew(found: Sequence[Found]) -> tuple[int, list[Found]]:
    """Seal envelopes of one case under its newest data key, each only if it still stands where it was found.

    Returns how many were replaced, and those that do not open, which stay as they are.
    """
    by_column: dict[SealedColumn, list[tuple[bytes, UUID, bytes]]] = {}
    failed = []
    for one in found:
        try:
            by_column.setdefault(one.column, []).append((_sealed_again(one), one.key, one.envelope))
        except IntegrityFailure:
            failed.append(one)
    return sum(_replace(column, rows) for column, rows in by_column.items()), failed


def _sealed_again(one: Found) -> bytes:
    place = one.column.place.of(one.row)
    value = vault.open_for(
        owner_id=one.case_id,
        record_id=place.record_id,
        label=place.label,
        envelope=one.envelope,
        revision=one.column.place.revision_in(one.row),
    )
    return vault.seal_for(
        owner_id=one.case_id,
        record_id=place.record_id,
        label=place.label,
        revision=revision_of(one.envelope),
        value=value,
        floor=len(one.envelope) - _AROUND,
    )


def _replace(column: SealedColumn, rows: Sequence[tuple[bytes, UUID, bytes]]) -> int:
    sealed = _quoted(column.place.field)
    where = f"{_quoted(_key(column))} = %s AND {sealed} = %s"
    text = f"UPDATE {_quoted(column.table)} SET {sealed} = %s WHERE {where}"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.executemany(text, rows)
        return int(cursor.rowcount)


def counted(team_id: UUID) -> Iterator[tuple[UUID, bytes, int]]:
    """Yield how many envelopes of a team's cases name which data key: case, the key's id as it stands, the count."""
    for column in of_cases():
        sealed, owner = _quoted(column.place.field), _quoted(column.place.owner)
        text = f"""
            SELECT {owner}, {_DEK.format(column=sealed)}, count(*) FROM {_quoted(column.table)}
            WHERE {sealed} IS NOT NULL AND {owner} IN (SELECT id FROM cases_case WHERE team_id = %s) GROUP BY 1, 2
        """  # noqa: S608 - names of ours
        with connection.cursor() as cursor:
            cursor.execute(text, [team_id])
            for case_id, key, count in cursor.fetchall():
                yield case_id, bytes(key), count


def _key(column: SealedColumn) -> str:
    return str(column.model._meta.pk.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
