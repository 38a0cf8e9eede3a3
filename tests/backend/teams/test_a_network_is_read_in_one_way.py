"""Networks of machine tokens: one form for each, nothing by mistake, and every address on the right side."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import Invalid
from backend.teams import networks

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("given_", "stored"),
    [
        (["192.0.2.0/24"], ["192.0.2.0/24"]),
        (["192.0.2.7"], ["192.0.2.7/32"]),
        (["2001:DB8::/32", "192.0.2.0/24"], ["192.0.2.0/24", "2001:db8::/32"]),
        (["192.0.2.0/24", "192.0.2.0/255.255.255.0"], ["192.0.2.0/24"]),
        ([], []),
    ],
)
def test_each_is_stored_once_in_one_form(given_: list[str], stored: list[str]) -> None:
    assert networks.canonical(given_, pointer="/networks") == stored


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "192.0.2.1/24", "192.0.2.0/33", "300.1.1.1", "192.0.2", "::/129", "ж", "0", "\ud800", "*"],
)
def test_what_is_no_network_is_named_by_its_place(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        networks.canonical(["192.0.2.0/24", text], pointer="/networks")
    assert [(one.pointer, one.code) for one in refused.value.faults] == [("/networks/1", "not_a_network")]


def test_there_is_an_end_to_how_many() -> None:
    many = [f"192.0.2.{number}" for number in range(networks.MOST + 1)]
    with pytest.raises(Invalid):
        networks.canonical(many, pointer="/networks")
    assert len(networks.canonical(many[1:], pointer="/networks")) == networks.MOST


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("192.0.2.1", True),
        ("::ffff:192.0.2.1", True),
        ("192.0.3.1", False),
        ("2001:db8::1", True),
        ("2001:db9::1", False),
        ("", False),
        ("unknown", False),
        ("192.0.2.1, 10.0.0.1", False),
    ],
)
def test_an_address_is_inside_or_outside(address: str, inside: bool) -> None:
    assert networks.within(["192.0.2.0/24", "2001:db8::/32"], address) is inside


@pytest.mark.parametrize("address", ["192.0.2.1", "::1", "", "unknown"])
def test_without_a_network_every_address_is_inside(address: str) -> None:
    assert networks.within([], address)


@given(st.ip_addresses(v=4), st.integers(0, 32), st.ip_addresses(v=4))
def test_it_agrees_with_the_bits(base: object, length: int, address: object) -> None:
    network = ip_network(f"{base}/{length}", strict=False)
    shift = 32 - length
    inside = int(network.network_address) >> shift == int(address) >> shift  # type: ignore[call-overload]
    assert networks.within([str(network)], str(address)) is inside
