"""One file per team and generation, for its owner alone, written whole or not at all, never over another."""

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backend.encryption.keyring import RootKeys, RootKeyUnusable, create_root, root_keys

TEAM = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
KNOWN_KEK = "7e09188993b113f6c1fc7541edc103e0205e7d0f8a8cfd5809dcd4687117e350"  # HKDF written out by hand


def write(path: Path, text: bytes, mode: int = 0o600) -> None:
    path.write_bytes(text)
    path.chmod(mode)


def encoded(key: bytes) -> bytes:
    return base64.urlsafe_b64encode(key)


def test_a_new_root_key_is_32_random_bytes_for_its_owner_alone(roots: RootKeys) -> None:
    assert roots.create(TEAM)
    path = roots.folder / f"{TEAM}.1.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(base64.urlsafe_b64decode(path.read_bytes())) == 32
    roots.create(None)
    assert (roots.folder / "platform.1.key").read_bytes() != path.read_bytes()


def test_the_mode_does_not_depend_on_the_umask(roots: RootKeys) -> None:
    before = os.umask(0)
    try:
        roots.create(TEAM)
    finally:
        os.umask(before)
    assert stat.S_IMODE(roots.path(TEAM, 1).stat().st_mode) == 0o600


def test_an_existing_root_key_is_never_replaced(roots: RootKeys) -> None:
    create_root(TEAM)
    before = roots.path(TEAM, 1).read_bytes()
    assert create_root(TEAM) is False
    assert roots.path(TEAM, 1).read_bytes() == before


def test_no_draft_is_left_behind(roots: RootKeys) -> None:
    roots.create(TEAM)
    roots.create(TEAM)
    assert [entry.name for entry in roots.folder.iterdir()] == [f"{TEAM}.1.key"]


def test_of_many_creators_one_wins_and_all_see_its_key(roots: RootKeys) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: (roots.create(TEAM), roots.kek(TEAM, 1)), range(40)))
    assert sum(first for first, _ in made) == 1
    assert len({kek for _, kek in made}) == 1


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RootKeyUnusable, match="cannot be written"):
        RootKeys(tmp_path / "absent").create(TEAM)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o666, 0o610, 0o601, 0o620, 0o602, 0o777])
def test_a_key_that_others_can_reach_is_refused(roots: RootKeys, mode: int) -> None:
    write(roots.path(TEAM, 1), encoded(os.urandom(32)), mode)
    with pytest.raises(RootKeyUnusable, match="0600"):
        roots.kek(TEAM, 1)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_for_its_owner_alone_is_read(roots: RootKeys, mode: int) -> None:
    write(roots.path(TEAM, 1), encoded(os.urandom(32)), mode)
    assert len(roots.kek(TEAM, 1)) == 32


def test_a_link_or_a_folder_or_a_pipe_is_not_a_key(roots: RootKeys, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", encoded(os.urandom(32)))
    roots.path(TEAM, 1).symlink_to(tmp_path / "elsewhere")
    roots.path(TEAM, 2).mkdir(mode=0o700)
    os.mkfifo(roots.path(TEAM, 3), 0o600)
    for generation in (1, 2, 3):
        with pytest.raises(RootKeyUnusable):
            roots.kek(TEAM, generation)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n",
        b"short",
        encoded(bytes(31)),
        encoded(bytes(33)),
        encoded(bytes(64)),
        b"!" * 43,
        b"\xff" * 32,
        b"=" * 44,
    ],
)
def test_other_content_is_refused_without_quoting_it(roots: RootKeys, text: bytes) -> None:
    write(roots.path(TEAM, 1), text)
    with pytest.raises(RootKeyUnusable, match="not 32 bytes of base64url") as caught:
        roots.kek(TEAM, 1)
    assert repr(text)[2:-1] not in str(caught.value) or not text.strip()


def test_padding_and_white_space_do_not_matter(roots: RootKeys) -> None:
    key = bytes(range(0xE0, 0x100))
    found = set()
    for generation, text in enumerate(
        [encoded(key), encoded(key) + b"\n", encoded(key).rstrip(b"=") + b"\r\n"], 1
    ):
        write(roots.path(None, generation), text)
        found.add(roots.path(None, generation).name)
        write(roots.path(TEAM, 1), text)
        found.add(roots.kek(TEAM, 1).hex())
    assert len(found) == 4


def test_each_team_and_generation_has_its_own_kek_even_from_one_root(roots: RootKeys) -> None:
    other, key = uuid4(), encoded(bytes(range(32)))
    for team in (TEAM, other, None):
        for generation in (1, 2):
            write(roots.path(team, generation), key)
    keks = {roots.kek(team, generation) for team in (TEAM, other, None) for generation in (1, 2)}
    assert len(keks) == 6
    assert bytes(range(32)) not in keks


def test_the_kek_of_a_known_root_is_known(roots: RootKeys) -> None:
    write(roots.path(TEAM, 3), encoded(bytes(range(32))))
    assert roots.kek(TEAM, 3).hex() == KNOWN_KEK


def test_the_newest_generation_is_the_greatest_number(roots: RootKeys) -> None:
    for generation in (2, 10, 9, 1):
        roots.create(TEAM, generation=generation)
    assert roots.generations(TEAM) == [1, 2, 9, 10]
    assert roots.newest(TEAM) == 10


def test_each_team_counts_its_own_generations(roots: RootKeys) -> None:
    other = uuid4()
    roots.create(TEAM, generation=4)
    roots.create(None, generation=2)
    assert (roots.generations(TEAM), roots.generations(None), roots.generations(other)) == ([4], [2], [])
    with pytest.raises(RootKeyUnusable, match=f"no root key {other}.1.key"):
        roots.newest(other)


@pytest.mark.parametrize(
    "name",
    [
        "{}.0.key",
        "{}.01.key",
        "{}.70000.key",
        "{}.1.key.bak",
        ".{}.1.key.abc",
        "{}.key",
        "{}.-1.key",
        "{}.1.KEY",
        "x{}.1.key",
    ],
)
def test_other_files_are_no_generation(roots: RootKeys, name: str) -> None:
    write(roots.folder / name.format(TEAM), encoded(os.urandom(32)))
    assert roots.generations(TEAM) == []


@pytest.mark.parametrize("generation", [0, -1, 65_536])
def test_a_generation_has_two_bytes(roots: RootKeys, generation: int) -> None:
    with pytest.raises(ValueError, match="65535"):
        roots.create(TEAM, generation=generation)


def test_an_absent_key_or_folder_is_named(roots: RootKeys, tmp_path: Path) -> None:
    with pytest.raises(RootKeyUnusable, match=rf"{TEAM}.1.key cannot be read"):
        roots.kek(TEAM, 1)
    with pytest.raises(RootKeyUnusable, match="absent"):
        RootKeys(tmp_path / "absent").newest(None)


def test_the_installation_uses_the_folder_of_its_settings(roots: RootKeys) -> None:
    assert root_keys() == roots
