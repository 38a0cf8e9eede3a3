"""One way to read a setting; anything doubtful stops the start with the setting's name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.environment import env, env_list, is_set

NAME = "SPONA_SOMETHING"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)
    return monkeypatch


def test_a_value_is_read(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, " text ")
    assert env(NAME) == "text"


def test_a_file_is_read_without_its_last_line_break(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("šifra\n", encoding="utf-8")
    given.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env(NAME) == "šifra"


def test_both_are_refused(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv(NAME, "a")
    given.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} and {NAME}_FILE are both set"):
        env(NAME)


def test_nothing_is_refused_without_a_default(given: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is not set"):
        env(NAME)


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_empty_is_unset(given: pytest.MonkeyPatch, empty: str) -> None:
    given.setenv(NAME, empty)
    assert env(NAME, "default") == "default"
    assert not is_set(NAME)


def test_an_empty_file_is_unset(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n")
    given.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured):
        env(NAME)


def test_a_missing_file_is_named(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv(f"{NAME}_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match=r"SPONA_SOMETHING_FILE names .*absent: No such file"):
        env(NAME, "a default does not hide it")


def test_a_file_of_bytes_is_refused_without_showing_them(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff\xfesecret")
    given.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured) as caught:
        env(NAME)
    assert "not UTF-8" in str(caught.value)
    assert "secret" not in str(caught.value).replace(str(tmp_path / "secret"), "")


def test_a_list_is_split_at_commas(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, "a, b,,c ")
    assert env_list(NAME, "") == ["a", "b", "c"]


def test_is_set_does_not_open_the_file(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv(f"{NAME}_FILE", str(tmp_path / "absent"))
    assert is_set(NAME)
