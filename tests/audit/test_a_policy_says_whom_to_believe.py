"""The policy file: n of m, groups of groups, and every line that could mean two things is refused."""

import itertools
from pathlib import Path

import pytest

from audit import verify
from audit.notes import checkpoint_text, log_signer, vkey
from audit.verify import read_policy
from tests.audit.logs import LOG, ORIGIN, POLICY, SECRET, WITNESSES, Log, log_of, note_of, point_at

pytestmark = pytest.mark.pure

LOG_LINE = f"log {vkey(log_signer(SECRET, ORIGIN).key)}\n"
ONE, TWO, THREE = (f"witness w{n} {vkey(one.key)}\n" for n, one in enumerate(WITNESSES, 1))
ALL = LOG_LINE + ONE + TWO + THREE
Capture = pytest.CaptureFixture[str]


def quorums(text: str) -> set[frozenset[str]]:
    """Return every set of the three witnesses that the policy takes for a quorum."""
    policy = read_policy(text)
    sets = (frozenset(some) for n in range(4) for some in itertools.combinations(["w1", "w2", "w3"], n))
    return {some for some in sets if policy.met(some)}


@pytest.mark.parametrize(
    ("rest", "least"),
    [
        ("quorum w1", [{"w1"}]),
        ("group g any w1 w2\nquorum g", [{"w1"}, {"w2"}]),
        ("group g all w1 w2\nquorum g", [{"w1", "w2"}]),
        ("group g 2 w1 w2 w3\nquorum g", [{"w1", "w2"}, {"w1", "w3"}, {"w2", "w3"}]),
        ("group a any w1 w2\ngroup b all a w3\nquorum b", [{"w1", "w3"}, {"w2", "w3"}]),
        ("quorum none", [set()]),
        ("  quorum   w3  # the Office", [{"w3"}]),
    ],
    ids=range(7),
)
def test_a_quorum_is_what_its_groups_say(rest: str, least: list[set[str]]) -> None:
    found = quorums(f"# whom to believe\n\n{ALL}{rest}\n")
    assert found == {some for some in quorums(f"{ALL}quorum none") if any(each <= some for each in least)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        ALL,
        f"{ALL}quorum w1\nquorum w2",
        f"{ALL}quorum w4",
        f"{ALL}quorum",
        f"{ALL}trust everybody\nquorum none",
        f"{ALL}log\nquorum none",
        f"{ALL}{LOG_LINE}quorum none",
        f"{ALL}{ONE}quorum none",
        f"{ALL}{ONE.replace('w1', 'w4')}quorum none",
        f"{ALL}{ONE.replace('w1', 'none')}quorum none",
        f"{ALL}group g 0 w1\nquorum g",
        f"{ALL}group g 3 w1 w2\nquorum g",
        f"{ALL}group g 2 w1 w1\nquorum g",
        f"{ALL}group g x w1\nquorum g",
        f"{ALL}group g -1 w1\nquorum g",
        f"{ALL}group g all\nquorum g",
        f"{ALL}group g any w1 later\ngroup later any w2\nquorum g",
        f"{ALL}group w1 any w2\nquorum w1",
        f"{ALL}group none any w2\nquorum none",
        f"{LOG_LINE.replace('log ', 'witness w1 ')}quorum w1",
        f"{ONE.replace('witness w1 ', 'log ')}quorum none",
        f"log {vkey(log_signer(SECRET, ORIGIN).key)[:-1]}A\nquorum none",
        f"log {ORIGIN}+00000000+{'A' * 44}\nquorum none",
    ],
    ids=range(24),
)
def test_a_line_that_is_not_clear_is_refused(text: str, tmp_path: Path, capsys: Capture) -> None:
    with pytest.raises(ValueError, match=r"policy|vkey|int"):
        read_policy(text)
    (tmp_path / "policy.txt").write_text(text, "utf-8")
    assert verify.main(["bundle.zip", "--policy", str(tmp_path / "policy.txt")]) == 3
    assert capsys.readouterr().out.startswith("MALFORMED: ")


def test_urls_are_not_the_verifiers_business() -> None:
    assert quorums(f"{ALL.replace('w1 ', 'w1 ', 1)}quorum w1") == quorums(
        f"{LOG_LINE}{ONE.strip()} https://witness.example/\n{TWO}{THREE}quorum w1"
    )


def judged(log: Log, policy: str, folder: Path, capsys: Capture, *, old: str = "") -> tuple[int, str]:
    (folder / "policy.txt").write_text(policy, "utf-8")
    (folder / "old.txt").write_text(old, "utf-8")
    more = ["--old", str(folder / "old.txt")] if old else []
    bundle = log.write(folder / "bundle.zip")
    status = verify.main([str(bundle), "--policy", str(folder / "policy.txt"), *more])
    return status, capsys.readouterr().out


def test_good_is_never_said_without_the_quorum(tmp_path: Path, capsys: Capture) -> None:
    for signed in range(4):
        log = log_of(5, witnesses=WITNESSES[:signed])
        status, said = judged(log, POLICY, tmp_path, capsys)
        assert (status, "GOOD" in said) == ((0, True) if signed >= 2 else (2, False))


def test_where_the_quorum_ends_is_named(tmp_path: Path, capsys: Capture) -> None:
    log = log_of(9, every=3)
    log.notes[2] = note_of(point_at(log.rows, 9), log.signer, WITNESSES[0])
    status, said = judged(log, POLICY, tmp_path, capsys)
    assert status == 2
    assert "first bad index 6:" in said


def test_a_log_that_the_policy_does_not_name_is_not_good(tmp_path: Path, capsys: Capture) -> None:
    other = POLICY.replace(
        vkey(log_signer(SECRET, ORIGIN).key), vkey(log_signer(SECRET, "spona.example/x").key)
    )
    assert judged(log_of(3), other, tmp_path, capsys)[0] == 2
    impostor = POLICY.replace(vkey(log_signer(SECRET, ORIGIN).key), vkey(log_signer(bytes(32), ORIGIN).key))
    assert judged(log_of(3), impostor, tmp_path, capsys)[0] == 2


@pytest.mark.parametrize("size", [0, 1, 4, 6, 9])
def test_an_old_checkpoint_from_paper_agrees(size: int, tmp_path: Path, capsys: Capture) -> None:
    log = log_of(9, every=3)
    point = point_at(log.rows, size)
    for old in (
        checkpoint_text(point),
        note_of(point, log.signer),
        checkpoint_text(point).replace("\n", " \r\n"),
    ):
        assert judged(log, POLICY, tmp_path, capsys, old=old)[0] == 0


def test_an_old_checkpoint_of_another_history_does_not(tmp_path: Path, capsys: Capture) -> None:
    log = log_of(9, every=3)
    point = point_at(log.rows, 5)
    for old, first in [
        (point._replace(root=bytes(32)), 3),
        (point._replace(size=4), 3),
        (point._replace(size=12), 9),
        (point._replace(origin=f"other.example/{LOG}"), 3),
    ]:
        status, said = judged(log, POLICY, tmp_path, capsys, old=checkpoint_text(old))
        assert status == 2
        assert f"first bad index {first}:" in said
    assert judged(log, POLICY, tmp_path, capsys, old="three lines\n")[0] == 3
