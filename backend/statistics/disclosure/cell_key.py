"""Perturbation by cell key: the same facts always get the same noise, so asking again averages nothing away.

A count's key is the sum of the record keys of its facts, modulo the number of keys. The count and the sum are made in
SQL, side by side, by the columns below; the noise is looked up here.
"""

from backend.statistics.disclosure.ptable import Noise


def cell_key(key_sum: int, table: Noise) -> int:
    """The key of a cell whose facts' record keys add up to `key_sum`."""
    return key_sum % table.keys


def perturbed(count: int, key_sum: int, table: Noise) -> int:
    """The count to publish, before any mask. An empty cell stays 0: nobody is made up."""
    if count == 0:
        return 0
    return count + table.noise(count, cell_key(key_sum, table))


def sql_columns(table: Noise, *, where: str = "true") -> str:
    """Two SQL columns, `n` and `cell_key`, over the rows with a `record_key` that fulfil `where`."""
    chosen = f"filter (where {where})"
    return f"count(*) {chosen} as n, (coalesce(sum(record_key) {chosen}, 0) % {table.keys})::int as cell_key"
