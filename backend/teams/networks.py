"""From where a machine token works: networks in CIDR form. Pure."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from typing import Final

from backend.errors import Fault, Invalid

MOST: Final = 20


def canonical(given: Iterable[str], *, pointer: str) -> list[str]:
    """Return the networks in one form, each once, sorted. Raises Invalid with the place of each that is none.

    An address alone is the network of that one address; bits outside the mask are refused, for they are a mistake.
    """
    faults, found = [], set()
    for position, text in enumerate(given):
        try:
            found.add(str(ip_network(text)))
        except ValueError:
            faults.append(Fault(f"{pointer}/{position}", "not_a_network"))
    if len(found) > MOST:
        faults.append(Fault(pointer, "too_many"))
    if faults:
        raise Invalid(*faults)
    return sorted(found)


def within(networks: Iterable[str], address: str) -> bool:
    """Say whether `address` is in one of the networks; without any network, every address is."""
    listed = list(networks)
    if not listed:
        return True
    try:
        asking = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(asking, "ipv4_mapped", None)
    return any((mapped or asking) in ip_network(network) for network in listed)
