"""Opening is one act: key, plain row, eight sealed rows of one size, consent, live reasons and the entry."""

import re
from typing import Any

import pytest

from backend.cases.classes import stored
from backend.cases.consents import covering
from backend.cases.models import Case, CaseFacts, CaseGrant, Consent, Notification
from backend.cases.opening import open_case
from backend.cases.reading import read_facts
from backend.encryption.models import WrappedKey
from backend.errors import Invalid
from permissions.scope import Forbidden
from tests.backend.cases.papers import Open, entries, full, terms
from tests.world import Town, actor


def test_a_member_opens_an_active_case_and_reads_it_back(town: Town, opened: Open) -> None:
    case = opened(items={"sex": "1", "primary_drug": "11"}, needs=("housing",), flags=("overdose",))
    assert case.status == "active"
    assert re.fullmatch(rf"{town.team.prefix}-....-....-.", case.code)
    assert re.fullmatch(r"[a-z]+ [a-z]+", case.spoken_name)
    reading = read_facts(actor(town.outreach), case)
    assert reading.purpose == "holding_case"
    assert reading.items == {"sex": "1", "primary_drug": "11"}
    assert [(need.code, need.status) for need in reading.needs] == [("housing", "open")]
    assert reading.flags == ("overdose",)
