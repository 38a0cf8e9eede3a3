"""Made at the first start, the same ever after, and readable by its owner alone."""

import base64
import multiprocessing
import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from backend.embedded.strongbox import Strongbox


def test_a_second_start_finds_the_same(tmp_path: Path) -> None:
    first = Strongbox(tmp_path / "secrets").password("spona_app")
    assert Strongbox(tmp_path / "secrets").password("spona_app") == first


def test_each_name_has_its_own(tmp_path: Path) -> None:
    box = Strongbox(tmp_path)
    assert len({box.password(str(number)) for number in range(50)}) == 50


def test_a_password_needs_no_quoting_in_an_address(tmp_path: Path) -> None:
    password = Strongbox(tmp_path).password("x")
    assert len(password) == 64
    assert password.isalnum()


def test_a_key_is_thirty_two_bytes(tmp_path: Path) -> None:
    text = Strongbox(tmp_path).key_file("SPONA_AUDIT_KEY").read_text()
    assert len(base64.urlsafe_b64decode(text)) == 32


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    box = Strongbox(tmp_path / "secrets")
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE(box.key_file("k").stat().st_mode) == 0o600


def first_sight(folder: str) -> str:
    return Strongbox(Path(folder)).password("x")


def test_processes_at_once_agree_and_leave_no_draft(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        seen = set(pool.map(first_sight, [str(tmp_path)] * 12))
    assert len(seen) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_lost_race_keeps_the_winners_value(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("theirs")
    assert Strongbox(tmp_path).password("x") == "theirs"
