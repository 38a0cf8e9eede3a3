"""A data set of a million referrals is made once: another one only when its rows would look different."""

from pathlib import Path

import pytest

from benchmarks import datasets
from benchmarks.datasets import DataSet


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataSet:
    monkeypatch.setattr(datasets, "HOME", tmp_path)
    found = DataSet(teams=7, referrals=10)
    found.folder.mkdir(parents=True)
    return found


def test_each_size_has_a_folder_of_its_own() -> None:
    folders = {DataSet(teams, referrals).folder for teams in (7, 200) for referrals in (10, 20)}

    assert len(folders) == 4


def test_without_a_stamp_it_is_not_filled(data: DataSet) -> None:
    assert not data.is_filled()


def test_it_is_filled_while_its_shape_is_the_same_and_not_after(
    data: DataSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.stamp.write_text(datasets.shape(), encoding="ascii")
    assert data.is_filled()

    monkeypatch.setattr(datasets, "shape", lambda: "another")
    assert not data.is_filled()


def test_a_fingerprint_changes_with_a_byte_and_with_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "ROOT", tmp_path)
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("a", encoding="ascii")
    first = datasets.fingerprint([one])
    one.write_text("b", encoding="ascii")
    second = datasets.fingerprint([one])
    one.rename(other)

    assert len({first, second, datasets.fingerprint([other])}) == 3
    assert datasets.fingerprint([other]) == datasets.fingerprint([other])


def test_removing_takes_everything_away_and_again_nothing(data: DataSet) -> None:
    data.stamp.write_text("x", encoding="ascii")
    data.remove()
    data.remove()

    assert not data.folder.exists()
