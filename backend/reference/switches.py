"""A municipality may switch entries of a list off and on again; it cannot invent one.

The caller wraps these in its audited act: this room knows nothing of people and rights.
"""

from django.utils import timezone

from backend.reference.lists import PART, Entry, codes, entry
from backend.reference.models import Switched


def switch_off(municipality_code: str, *, list_name: str, code: str) -> bool:
    """Switch one entry off; False when it was off already. Raises UnknownCode."""
    entry("municipalities", municipality_code)
    base, key = _place(list_name, code)
    _row, created = Switched.objects.get_or_create(
        municipality_code=municipality_code, list_name=base, code=key, defaults={"since": timezone.now()}
    )
    return created


def switch_on(municipality_code: str, *, list_name: str, code: str) -> bool:
    """Take the switch away; False when there was none. Raises UnknownCode."""
    base, key = _place(list_name, code)
    rows = Switched.objects.filter(municipality_code=municipality_code, list_name=base, code=key)
    return bool(rows.delete()[0])


def in_use(municipality_code: str, *, list_name: str) -> tuple[Entry, ...]:
    """The entries of a list that a municipality uses, in the order of the list. Raises UnknownCode."""
    rows = Switched.objects.filter(
        municipality_code=municipality_code, list_name=list_name.partition(PART)[0]
    )
    off = set(rows.values_list("code", flat=True))
    return tuple(found for found in codes(list_name).values() if found.key not in off)


def is_in_use(municipality_code: str, *, list_name: str, code: str) -> bool:
    """Whether a code exists and is not switched off there. Raises UnknownCode for an unknown list."""
    found = codes(list_name).get(code)
    return found is not None and found in in_use(municipality_code, list_name=list_name)


def _place(list_name: str, code: str) -> tuple[str, str]:
    """The list and key under which a switch is kept, however the list was named."""
    return list_name.partition(PART)[0], entry(list_name, code).key
