"""The code lists of the product: read once from the package, immutable, in three label languages.

Pure: no database. What the database holds is a copy for other programs and for switching entries off.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from backend.reference.rows import BrokenFile, Row, Table, read_table, several
from backend.reference.translit import latin

VERSION = "1"
DATA = Path(__file__).with_name("data") / f"v{VERSION}"
STEP_TABLES = frozenset({"referral_transitions", "case_transitions", "transfer_transitions"})
LANGUAGES = ("en", "sr-Latn", "sr-Cyrl")
PART = ":"  # `tdi_items:sex` names the codes of one item of a list with two-part keys

_LABELS = {"label_en": "en", "label_sr_latn": "sr-Latn", "label_sr_cyrl": "sr-Cyrl"}
_NAMES = {"name_sr_latn": "sr-Latn", "name_sr_cyrl": "sr-Cyrl"}  # municipalities have one Latin name


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its labels by language and the other columns of its row as text."""

    code: str
    item: str
    position: int
    labels: Mapping[str, str]
    attributes: Mapping[str, str]

    @property
    def key(self) -> str:
        """The code, or `item:code` where a code is unique only within its item."""
        return f"{self.item}{PART}{self.code}" if self.item else self.code

    def values(self, attribute: str) -> tuple[str, ...]:
        """The values of a cell that may hold several."""
        return several(self.attributes[attribute])

    def is_yes(self, attribute: str) -> bool:
        return self.attributes[attribute] == "yes"


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list; `digest` is the SHA-256 of its file in hex, `by_key` keeps the order of the file."""

    name: str
    version: str
    digest: str
    entries: tuple[Entry, ...]
    by_key: Mapping[str, Entry]


class UnknownCode(LookupError):
    """No such list, item or code."""


def read_list(path: Path, *, version: str = VERSION) -> CodeList:
    """Read one code list from a file. Raises BrokenFile."""
    table = read_table(path)
    entries = tuple(_entry(table, position, row) for position, row in enumerate(table.rows))
    by_key = {entry.key: entry for entry in entries}
    if not entries or len(by_key) != len(entries):
        raise BrokenFile(path.name, "has no rows or a key twice")
    return CodeList(table.name, version, table.digest, entries, MappingProxyType(by_key))


def read_lists(folder: Path, *, version: str = VERSION) -> Iterator[CodeList]:
    """Read every code list of a folder, in order of name. Raises BrokenFile."""
    paths = sorted(path for path in folder.glob("*.csv") if path.stem not in STEP_TABLES)
    if not paths:
        raise BrokenFile(folder.name, "holds no lists")
    return (read_list(path, version=version) for path in paths)


class _Packaged(Mapping[str, CodeList]):
    """Reads a list when it is first asked for, and once."""

    def __getitem__(self, name: str) -> CodeList:
        if name not in _packaged_names():
            raise KeyError(name)
        return _packaged(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_packaged_names())

    def __len__(self) -> int:
        return len(_packaged_names())


LISTS: Mapping[str, CodeList] = _Packaged()


@cache
def codes(name: str) -> Mapping[str, Entry]:
    """The entries of a list by code; `tdi_items:sex` gives one item of a list. Raises UnknownCode."""
    base, _, item = name.partition(PART)
    if base not in LISTS:
        raise UnknownCode(f"no list {base!r}")
    if not item:
        return LISTS[base].by_key
    found = {entry.code: entry for entry in LISTS[base].entries if entry.item == item}
    if not found:
        raise UnknownCode(f"no item {item!r} in {base!r}")
    return MappingProxyType(found)


def entry(name: str, code: str) -> Entry:
    """One entry. Raises UnknownCode."""
    try:
        return codes(name)[code]
    except KeyError as error:
        raise UnknownCode(f"no code {code!r} in {name!r}") from error


def code_exists(name: str, code: str) -> bool:
    """Whether `code` is in the list `name`; an unknown list is an error, an unknown code is not."""
    return code in codes(name)


@cache
def _packaged_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in DATA.glob("*.csv") if path.stem not in STEP_TABLES))


@cache
def _packaged(name: str) -> CodeList:
    return read_list(DATA / f"{name}.csv")


def _entry(table: Table, position: int, row: Row) -> Entry:
    labels = _labels(table, position, row)
    known = {"code", "item", *_LABELS, *_NAMES}
    attributes = {column: cell for column, cell in row.items() if column not in known}
    if not row.get("code"):
        raise BrokenFile(f"{table.name}.csv", "a row without code", line=position + 2)
    return Entry(
        row["code"], row.get("item", ""), position, MappingProxyType(labels), MappingProxyType(attributes)
    )


def _labels(table: Table, position: int, row: Row) -> dict[str, str]:
    columns = _NAMES if "name_sr_latn" in row else _LABELS
    labels = {language: row.get(column, "") for column, language in columns.items()}
    labels.setdefault("en", labels["sr-Latn"])
    _check_labels(table, position, labels.values(), labels)
    return {language: labels[language] for language in LANGUAGES}


def _check_labels(table: Table, position: int, values: Iterable[str], labels: Mapping[str, str]) -> None:
    file, line = f"{table.name}.csv", position + 2
    if not all(values):
        raise BrokenFile(file, "a label is missing", line=line)
    if latin(labels["sr-Cyrl"]) != labels["sr-Latn"]:
        raise BrokenFile(file, "the Latin label is not the Cyrillic one letter by letter", line=line)
