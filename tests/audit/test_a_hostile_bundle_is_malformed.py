"""Whatever somebody hands in, the verifier ends with one line and status 2 or 3, in bounded memory."""

import json
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audit import verify
from audit.bundle import header_line, write_bundle
from audit.verify import leaf_hash
from tests.audit import logs
from tests.audit.logs import POLICY, Log, log_of

pytestmark = pytest.mark.pure

Capture = pytest.CaptureFixture[str]
LOG = log_of(8, every=4)
FILES = {
    "bundle.json": header_line(LOG.signer.key, size=8).encode(),
    "checkpoints.txt": "--\n".join(LOG.notes).encode(),
    "entries.jsonl": b"".join(LOG.lines),
}


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.txt"
    path.write_text(POLICY, "utf-8")
    return path


def zipped(path: Path, files: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def checked(bundle: Path, policy: Path, capsys: Capture, *more: str) -> tuple[int, str]:
    status = verify.main([str(bundle), "--policy", str(policy), *more])
    out, err = capsys.readouterr()
    assert out.count("\n") <= 1
    assert "Traceback" not in out + err
    return status, out


def with_line(line: bytes) -> dict[str, bytes]:
    return {**FILES, "entries.jsonl": line}


def first(change: Callable[[list[object]], object]) -> bytes:
    record = json.loads(LOG.lines[0])
    changed = change(record)
    return json.dumps(changed, separators=(",", ":")).encode() + b"\n"


ROW = LOG.lines[0]
MALFORMED = {
    "no entries": {name: text for name, text in FILES.items() if name != "entries.jsonl"},
    "a fourth file": {**FILES, "more.txt": b""},
    "no line end": with_line(ROW[:-1]),
    "empty line": with_line(b"\n"),
    "not JSON": with_line(b"entry\n"),
    "not UTF-8": with_line(b"\xff\n"),
    "an object": with_line(b"{}\n"),
    "too few": with_line(b'[0,"00","{}"]\n'),
    "index as text": with_line(first(lambda record: ["0", *record[1:]])),
    "index true": with_line(first(lambda record: [True, *record[1:]])),
    "index NaN": with_line(first(lambda record: [float("nan"), *record[1:]])),
    "index negative": with_line(first(lambda record: [-1, *record[1:]])),
    "hash short": with_line(first(lambda record: [0, "00", *record[2:]])),
    "hash no text": with_line(first(lambda record: [0, 1, *record[2:]])),
    "body an object": with_line(first(lambda record: [0, record[1], {}, record[3]])),
    "columns a list": with_line(first(lambda record: [0, record[1], record[2], []])),
    "deep": with_line(b"[" * 100_000 + b"]" * 100_000 + b"\n"),
    "a gigantic line": with_line(b"[" + b" " * (verify.MAX_LINE + 1) + b"\n"),
    "header no JSON": {**FILES, "bundle.json": b"spona\n"},
    "header of another format": {**FILES, "bundle.json": FILES["bundle.json"].replace(b"/1", b"/2")},
    "header size text": {**FILES, "bundle.json": FILES["bundle.json"].replace(b":8,", b':"8",')},
    "header empty": {**FILES, "bundle.json": b""},
    "header gigantic": {**FILES, "bundle.json": b"{" + b" " * 10**6},
    "checkpoint no note": {**FILES, "checkpoints.txt": b"checkpoint\n"},
    "checkpoint negative": {**FILES, "checkpoints.txt": FILES["checkpoints.txt"].replace(b"\n4\n", b"\n-4\n")},
    "checkpoint huge": {**FILES, "checkpoints.txt": FILES["checkpoints.txt"].replace(b"\n4\n", b"\n9" * 30)},
    "checkpoint endless": {**FILES, "checkpoints.txt": b"x\n" * 10**6},
    "checkpoint with a fourth line": {
        **FILES, "checkpoints.txt": FILES["checkpoints.txt"].replace(b"=\n\n", b"=\nmore\n\n"),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_bundle_is_malformed(name: str, tmp_path: Path, policy: Path, capsys: Capture) -> None:
    status, said = checked(zipped(tmp_path / "b.zip", MALFORMED[name]), policy, capsys)
    assert status == 3
    assert said.startswith("MALFORMED: ")


def shown_twice(line: bytes) -> bytes:
    return line.replace(b',"verb":', b',"verb":"case.viewed","verb":')


FAULTY = {
    "a column twice": shown_twice(ROW),
    "a column more": ROW.replace(b',"verb":', b',"verc":"x","verb":'),
    "a blank": b"[ " + ROW[1:],
    "the index with a zero": b"[00" + ROW[2:],
    "an escape": ROW.replace(b"user", b"\\u0075ser"),
    "a column as a number": ROW.replace(b'"code":""', b'"code":0'),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_line_written_otherwise_is_found_at_its_index(
    name: str, tmp_path: Path, policy: Path, capsys: Capture
) -> None:
    bundle = zipped(tmp_path / "b.zip", with_line(FAULTY[name] + b"".join(LOG.lines[1:])))
    status, said = checked(bundle, policy, capsys)
    assert (status, "first bad index 0:" in said) in {(2, True), (3, False)}
    assert status == 2 or name == "a blank"


BODIES = {
    "no JSON": b"entry",
    "an array": b"[]",
    "nothing": b"",
    "deep": b'{"acting_for":' + b"[" * 50_000,
    "a member twice": LOG.rows[0].body.replace(b'"code":""', b'"code":"","code":""'),
    "a blank": LOG.rows[0].body.replace(b'"code":""', b'"code": ""'),
    "another order": b'{"code":"","acting_for":null' + LOG.rows[0].body[18:],
    "a fraction": LOG.rows[0].body.replace(b'"first_contact_days":0', b'"first_contact_days":0.5'),
    "NaN": LOG.rows[0].body.replace(b'"first_contact_days":0', b'"first_contact_days":NaN'),
    "a fact twice": LOG.rows[0].body.replace(b'"mode":', b'"mode":1,"mode":'),
    "facts in another order": LOG.rows[0].body.replace(b'"mode":', b'"a":1,"mode":'),
    "a nested fact": LOG.rows[0].body.replace(b'"first_contact_days":0', b'"first_contact_days":{}'),
    "a sentence": LOG.rows[0].body.replace(b'"mode":"', b'"mode":"\xc4\x91'),
    "of format 2": LOG.rows[0].body.replace(b'"format":1', b'"format":2'),
    "of another log": LOG.rows[0].body.replace(b'"log":"0', b'"log":"1'),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_entry_is_found_though_it_was_signed(
    name: str, tmp_path: Path, policy: Path, capsys: Capture
) -> None:
    assert BODIES[name] != LOG.rows[0].body
    row = LOG.rows[0]
    log = log_of(1)
    log.rows[0] = type(row)(leaf_hash(BODIES[name]), BODIES[name], row.shown)
    signed = Log(log.rows, log_notes(log.rows))
    status, said = checked(signed.write(tmp_path / "b.zip"), policy, capsys)
    assert status == 2
    assert "first bad index 0:" in said


def log_notes(rows: list[logs.Row]) -> list[str]:
    return [logs.note_of(logs.point_at(rows, len(rows)), LOG.signer, *logs.WITNESSES)]


def test_the_entry_itself_would_be_good(tmp_path: Path, policy: Path, capsys: Capture) -> None:
    log = Log(LOG.rows[:1], log_notes(LOG.rows[:1]))
    assert checked(log.write(tmp_path / "b.zip"), policy, capsys)[0] == 0


def test_an_empty_log_is_good_when_it_is_signed(tmp_path: Path, policy: Path, capsys: Capture) -> None:
    assert checked(Log([], log_notes([])).write(tmp_path / "b.zip"), policy, capsys)[0] == 0
    assert checked(Log([], []).write(tmp_path / "b.zip"), policy, capsys)[0] == 2


def test_no_file_and_no_zip_are_malformed(tmp_path: Path, policy: Path, capsys: Capture) -> None:
    text, loop = tmp_path / "text", tmp_path / "loop"
    text.write_bytes(b"this is no zip")
    loop.symlink_to(loop)
    for path in (tmp_path / "absent", tmp_path, text, loop, Path("/dev/null")):
        assert checked(path, policy, capsys)[0] == 3


def test_a_link_in_the_zip_is_not_followed(tmp_path: Path, policy: Path, capsys: Capture) -> None:
    outside = tmp_path / "entries.jsonl"
    outside.write_bytes(FILES["entries.jsonl"])
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("bundle.json", FILES["bundle.json"])
        archive.writestr("checkpoints.txt", FILES["checkpoints.txt"])
        link = zipfile.ZipInfo("entries.jsonl")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(outside))
    assert checked(tmp_path / "b.zip", policy, capsys)[0] == 3


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_compression_is_malformed(how: int, tmp_path: Path, policy: Path, capsys: Capture) -> None:
    assert checked(zipped(tmp_path / "b.zip", FILES, how=how), policy, capsys)[0] == 3


@pytest.mark.parametrize("where", ["checkpoints.txt", "entries.jsonl"])
def test_a_zip_bomb_is_not_unpacked(where: str, tmp_path: Path, policy: Path, capsys: Capture) -> None:
    bundle = zipped(tmp_path / "b.zip", {**FILES, where: b"0" * (100 << 20)})
    assert bundle.stat().st_size < 1 << 20
    tracemalloc.start()
    status, _ = checked(bundle, policy, capsys)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert status == 3
    assert peak < 70 << 20


def test_a_file_twice_is_malformed(tmp_path: Path, policy: Path, capsys: Capture) -> None:
    zipped(tmp_path / "b.zip", FILES)
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("entries.jsonl", FILES["entries.jsonl"])
    assert checked(tmp_path / "b.zip", policy, capsys)[0] == 3


def test_a_damaged_zip_ends_in_words_and_a_cut_one_is_malformed(
    tmp_path: Path, policy: Path, capsys: Capture
) -> None:
    whole = zipped(tmp_path / "b.zip", FILES, how=zipfile.ZIP_STORED).read_bytes()
    begins, ends = whole.index(FILES["entries.jsonl"]), whole.index(FILES["entries.jsonl"][-9:])
    for place in range(0, len(whole), 197):
        raw = bytearray(whole)
        raw[place] ^= 0x41
        (tmp_path / "b.zip").write_bytes(raw)
        status = checked(tmp_path / "b.zip", policy, capsys)[0]
        assert status in ({2, 3} if begins <= place < ends else {0, 2, 3})  # dates of a zip mean nothing
        (tmp_path / "b.zip").write_bytes(whole[:place])
        assert checked(tmp_path / "b.zip", policy, capsys)[0] == 3


def test_a_wrong_command_line_is_malformed_and_help_is_not(policy: Path, capsys: Capture) -> None:
    assert verify.main([]) == 3
    assert verify.main(["x", "--policy", str(policy), "--trust-me"]) == 3
    assert verify.main(["--help"]) == 0
    capsys.readouterr()


def test_it_runs_alone_without_the_project(tmp_path: Path, policy: Path) -> None:
    alone = tmp_path / "verify.py"
    alone.write_bytes(Path(verify.__file__).read_bytes())
    with (tmp_path / "b.zip").open("wb") as file:
        rows = ((row.leaf, row.body, row.shown) for row in LOG.rows)
        write_bundle(file, LOG.signer.key, size=8, notes=LOG.notes, entries=rows)
    command = [sys.executable, "-I", str(alone), "b.zip", "--policy", str(policy)]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("GOOD: 8 entries")
