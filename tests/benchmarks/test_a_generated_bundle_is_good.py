"""The bundle that the benchmark checks is one that the verifier calls good; else its time says nothing."""

import pytest

from benchmarks.bundle import measure


def test_a_small_one_is_made_and_checked(capfd: pytest.CaptureFixture[str]) -> None:
    measure(300)
    said = capfd.readouterr().out
    assert "GOOD: 300 entries of spona.example/" in said
    assert "300 entries, bundle of " in said
