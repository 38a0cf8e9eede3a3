"""Checks an audit bundle of Spona, offline: python verify.py BUNDLE --policy FILE [--old CHECKPOINT]...

One file, so that a stranger can read it before trusting it. It needs Python 3.11 and the package `cryptography`. What
a bundle holds, and what this proves and does not, is in docs/audit-format.md. Keys come from the policy, old
checkpoints from whoever kept them on paper; nothing in the bundle is trusted. It ends with

    0  all checks hold, and the witnesses that the policy asks for signed the last checkpoint
    2  tampered with, or not proven as the policy asks; the first bad index is named
    3  a bundle, a policy or a command line that cannot be read
"""

import argparse
import hashlib
import io
import json
import re
import sys
import zipfile
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import reduce
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG_KEY, WITNESS_KEY = 1, 4
MAX_SIZE, MAX_LINE, MAX_SHORT, MAX_SIGNATURES = 2**63, 1 << 24, 1 << 14, 100
# The body of an entry in its one canonical form, RFC 8785: ASCII, sorted, no white space, no fraction.
COLUMNS = ("acting_for", "actor_id", "actor_kind", "at", "code", "id", "log",
           "object_id", "object_kind", "outcome", "request_id", "verb")  # fmt: skip
TEXT = r'"[ !#-\[\]-~]*+(?:\\["\\][ !#-\[\]-~]*+)*+"'
ATOM = rf"(?:{TEXT}|null|true|false|0|-?[1-9][0-9]*+)"
LIST = rf"\[(?:{ATOM}(?:,{ATOM})*+)?+\]"
FACT = rf'"[a-z][a-z0-9_]*":(?:{ATOM}|{LIST})'
SHAPES = dict.fromkeys((*COLUMNS, "method", "route"), ATOM)
SHAPES |= {"facts": rf"\{{(?:{FACT}(?:,{FACT})*+)?+\}}", "format": "1", "object_ids": LIST}
BODY = re.compile("{" + ",".join(f'"{name}":(?P<{name}>{SHAPES[name]})' for name in sorted(SHAPES)) + "}")
SHOWN = "{" + ",".join(f'"{name}":%s' for name in COLUMNS) + "}"
LINE = re.compile(r'\[([0-9]+),"([0-9a-f]{64})","(.*)",(\{"acting_for":.*\})\]\n')
HEADER = re.compile(r'{"format":"spona-audit-bundle/1",.+,"origin":"([^"]+)","size":([0-9]+),.+\n')
FILES = ["bundle.json", "checkpoints.txt", "entries.jsonl"]


class Tampered(Exception):
    """The first index that can be bad, and what was found."""


# The tree: RFC 6962
def leaf_hash(body: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root above subtrees that stand side by side, the largest first; of none, that of the empty tree."""
    top = hashes[-1] if hashes else hashlib.sha256().digest()
    return reduce(lambda right, left: node_hash(left, right), hashes[-2::-1], top)


class Frontier:
    """A growing tree: its size, and the roots of its perfect subtrees, the largest first."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size, self.hashes = size, list(hashes)

    def append(self, leaf: bytes) -> list[bytes]:
        """Add a leaf hash; return the roots of the subtrees it completes: of 1 leaf (itself), of 2, 4, 8 ..."""
        completed = [leaf]
        while self.size >> len(completed) - 1 & 1:
            completed.append(node_hash(self.hashes.pop(), completed[-1]))
        self.hashes.append(completed[-1])
        self.size += 1
        return completed


# Keys, notes, checkpoints: C2SP signed-note, tlog-cosignature, tlog-checkpoint
class Key(NamedTuple):
    """A name and an Ed25519 key, of a log (kind 1) or a witness (4). As text: a vkey, name+key id+base64(kind, key)."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]


def read_vkey(text: str, kind: int) -> Key:
    found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})", text)
    value = b64decode(found[3]) if found else b"\x00"
    key = Key(found[1] if found else "", value[0], value[1:])
    if not found or not key.name.isprintable() or key.kind != kind or key.id.hex() != found[2]:
        raise ValueError("no vkey (name+key id+key) of an Ed25519 key for this use")
    return key


class Note(NamedTuple):
    """A text, and who claims to have signed it: (key name, key id, signature). Nothing is checked yet."""

    text: str
    signatures: Sequence[tuple[str, bytes, bytes]]

    def signed_at(self, key: Key) -> int | None:
        """Return when `key` signed (POSIX seconds; 0 of a log), None when it did not. Raises InvalidSignature."""
        times, stamp = [], 8 if key.kind == WITNESS_KEY else 0
        for name, key_id, value in self.signatures:
            if (name, key_id) == (key.name, key.id):
                times.append(int.from_bytes(value[:stamp], "big"))
                message = f"cosignature/v1\ntime {times[-1]}\n{self.text}" if stamp else self.text
                Ed25519PublicKey.from_public_bytes(key.public).verify(value[stamp:], message.encode())
        return max(times, default=None)


def read_note(text: str) -> Note:
    """Split a signed note at its last empty line."""
    line = r"— ([^\s+]+) ([A-Za-z0-9+/=]{8,})\n"
    found = re.fullmatch(rf"([^\x00-\x09\x0b-\x1f]*\n)\n((?:{line}){{1,{MAX_SIGNATURES}}})", text)
    if not found:
        raise ValueError("no signed note")
    values = ((name, b64decode(value, validate=True)) for name, value in re.findall(line, found[2]))
    return Note(found[1], [(name, value[:4], value[4:]) for name, value in values])


class Checkpoint(NamedTuple):
    """What a log says of itself: with `size` leaves, this was the root. And which witnesses cosigned it when."""

    origin: str
    size: int
    root: bytes
    signed: tuple[tuple[str, int], ...] = ()


def read_checkpoint(text: str) -> Checkpoint:
    """Read the three lines of a checkpoint. Our logs write no fourth."""
    found = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n", text)
    if not found or int(found[2]) >= MAX_SIZE:
        raise ValueError("no checkpoint (origin, size, root)")
    return Checkpoint(found[1], int(found[2]), b64decode(found[3]))


# The policy: `log VKEY`, `witness NAME VKEY [URL]`, `group NAME K|any|all MEMBER...`, `quorum NAME|none`
class Policy(NamedTuple):
    """Whom to believe: logs by origin, witnesses by name, groups of them, and the quorum."""

    logs: dict[str, Key]
    witnesses: dict[str, Key]
    groups: dict[str, tuple[int, list[str]]]
    quorum: list[str]

    def met(self, signed: Iterable[str]) -> bool:
        there = set(signed)
        for name, (wanted, members) in self.groups.items():  # a group comes after its members
            if len(there.intersection(members)) >= wanted:
                there.add(name)
        return self.quorum == ["none"] or there.issuperset(self.quorum)


def read_policy(text: str) -> Policy:
    """Read a policy, one thing a line; comments begin with #."""
    policy = Policy({}, {}, {}, [])
    for number, line in enumerate(text.split("\n"), 1):
        known = {"none", *policy.witnesses, *policy.groups}
        match line.partition("#")[0].split():
            case []:
                pass
            case ["log", vkey] if (key := read_vkey(vkey, LOG_KEY)).name not in policy.logs:
                policy.logs[key.name] = key
            case ["witness", name, vkey] | ["witness", name, vkey, _] if name not in known:
                policy.witnesses[name] = read_vkey(vkey, WITNESS_KEY)
            case ["group", name, k, *members] if name not in known and known.issuperset(members):
                policy.groups[name] = ({"any": 1, "all": len(members)}.get(k) or int(k), members)
            case ["quorum", name] if name in known:
                policy.quorum.append(name)
            case _:
                raise ValueError(f"policy, line {number}: unknown words, or a name twice or not at all")
    keys = [*policy.logs.values(), *policy.witnesses.values()]
    fair = all(0 < wanted <= len(set(members)) for wanted, members in policy.groups.values())
    if not fair or len(policy.quorum) != 1 or len({key.public for key in keys}) < len(keys):
        raise ValueError("policy: one quorum, no key twice, and a group wants 1 to all of its members")
    return policy


# The bundle
def lines_of(archive: zipfile.ZipFile, name: str, limit: int) -> Iterator[str]:
    if archive.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"{name} is not deflated")
    with archive.open(name) as member, io.TextIOWrapper(member, encoding="utf-8", newline="\n") as lines:
        while line := lines.readline(limit):
            if not line.endswith("\n"):
                raise ValueError(f"{name} has a line that is cut or too long")
            yield line


def checkpoints(lines: Iterable[str], key: Key, witnesses: dict[str, Key]) -> Iterator[Checkpoint]:
    """Yield each checkpoint, the oldest first. The first bad one is the last, and has no root."""
    size = 0
    for between, group in groupby(lines, "--\n".__eq__):
        if not between:
            note = read_note("".join(islice(group, MAX_SIGNATURES + 5)))
            point = read_checkpoint(note.text)
            try:
                times = [(name, note.signed_at(witness)) for name, witness in witnesses.items()]
                good = note.signed_at(key) is not None and point.origin == key.name and point.size >= size
            except InvalidSignature:
                good = False
            if not good:
                yield Checkpoint(key.name, size, b"")
                return
            size = point.size
            yield point._replace(signed=tuple((name, at) for name, at in times if at is not None))


def read_entry(line: str, log: str, ids: set[str], faults: list[tuple[int, str]], *, index: int) -> bytes:
    """Return the recorded leaf hash of a line; add to `faults` what is wrong with its entry."""
    found = LINE.fullmatch(line)
    if not found:
        raise ValueError(f"entries.jsonl, line {index + 1}: not [index, leaf hash, body, columns]")
    place, leaf, quoted, columns = found.groups()
    body = json.loads(f'"{quoted}"')
    said, shortest = BODY.fullmatch(body), len(body) + body.count('"') + body.count("\\")  # when quoted
    if leaf_hash(body.encode(errors="surrogateescape")).hex() != leaf:
        faults.append((index, "its body does not give its leaf hash"))
    elif not said or (facts := re.findall(r'[{,]("\w+"):', said["facts"])) != sorted(set(facts)):
        faults.append((index, "its body is not an entry in canonical form"))
    elif said["log"] != f'"{log}"' or said["id"] in ids:
        faults.append((index, "it belongs to another log, or its id is there twice"))
    elif (place, columns) != (str(index), SHOWN % said.group(*COLUMNS)) or len(quoted) != shortest:
        faults.append((index, "its index is not its place, or a column does not say what its body says"))
    else:
        ids.add(said["id"])
    return bytes.fromhex(leaf)


def walk(entries: Iterator[str], points: Iterable[Checkpoint], name: str) -> int:
    """Compare the entries with the checkpoints on the way; return how many there are. Raises Tampered."""
    log, tree, ids, good, faults = name.rpartition("/")[2], Frontier(), set[str](), 0, list[tuple[int, str]]()
    for origin, size, root, _ in sorted(points, key=lambda point: point.size):
        for line in islice(entries, size - tree.size):
            tree.append(read_entry(line, log, ids, faults, index=tree.size))
            if tree.size % 50_000 == 0:
                sys.stderr.write(f"{tree.size} entries read\n")
        if (origin, size, root) != (name, tree.size, root_of(tree.hashes)):
            raise Tampered(min([good, *dict(faults)]), f"not what was signed for {size}; seen: {faults[:1]}")
        good = size
    if faults:
        raise Tampered(faults[0][0], f"{faults[0][1]}; {len(faults)} in all: {[*dict(faults[:20])]}")
    if next(entries, None) is None:
        return good
    raise Tampered(good, "no checkpoint covers the entries from here on")


def verify(bundle: Path, policy: Policy, olds: Iterable[Checkpoint] = ()) -> str:
    """Return what is proven. Raises Tampered, and whatever hostile input provokes."""
    with zipfile.ZipFile(bundle) as archive:
        header = HEADER.fullmatch(next(lines_of(archive, "bundle.json", MAX_SHORT), ""))
        if header is None or sorted(archive.namelist()) != FILES:
            raise ValueError("not the three files of a bundle")
        key = policy.logs.get(header[1])
        if key is None:
            raise Tampered(0, "the policy does not know this log")
        points = list(checkpoints(lines_of(archive, "checkpoints.txt", MAX_SHORT), key, policy.witnesses))
        count = walk(lines_of(archive, "entries.jsonl", MAX_LINE), [*points, *olds], key.name)
    proven = {point.size: point.signed for point in points if policy.met(name for name, _ in point.signed)}
    if count not in proven or int(header[2]) != count:
        raise Tampered(max(proven, default=0), "no quorum signed what follows, or bundle.json lies")
    seen = ", ".join(f"{name} at {datetime.fromtimestamp(at, UTC)}" for name, at in proven[count])
    word = "CONSISTENT WITH ITSELF, and no more" if policy.quorum == ["none"] else "GOOD"
    return f"{word}: {count} entries of {key.name}, cosigned by {seen or 'nobody'}."


def main(arguments: Sequence[str] | None = None) -> int:
    """Check as the command line says; say what was found; return the status."""
    parser = argparse.ArgumentParser("verify.py", description="Checks an audit bundle of Spona, offline.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--policy", type=Path, required=True, help="keys of logs and witnesses; the quorum")
    parser.add_argument("--old", type=Path, action="append", default=[], help="a checkpoint somebody kept")
    try:
        asked = parser.parse_args(arguments)
        olds = [read_checkpoint("\n".join([*path.read_text("utf-8").split()[:3], ""])) for path in asked.old]
        status, said = 0, verify(asked.bundle, read_policy(asked.policy.read_text("utf-8")), olds)
    except SystemExit as problem:
        return 3 if problem.code else 0
    except Tampered as found:
        status, said = 2, "TAMPERED OR NOT PROVEN: first bad index {}: {}".format(*found.args)
    except Exception as problem:  # noqa: BLE001 -- whatever went wrong, nothing is verified, and nobody reads a traceback
        status, said = 3, f"MALFORMED: {str(problem) or type(problem).__name__}"
    sys.stdout.write(said.encode("ascii", "backslashreplace").decode() + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
