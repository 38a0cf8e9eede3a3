"""A request for erasure over HTTP: granted after the three steps of the erasure and not before; refused at any time."""

from typing import Any

import pytest

from tests.api.client import Api, browser_for
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town

AT = "/api/v1/rights-requests"


@pytest.fixture
def loop(town: Town) -> Loop:
    return opened(town)


def recorded(loop: Loop, *, kind: str = "erasure") -> str:
    said = {
        "case": loop.case.code, "kind": kind, "channel": "letter", "received_on": str(loop.case.opened_on),
    }  # fmt: skip
    answer = browser_for(loop.town.social_worker).post(AT, said)
    assert answer.status == 201, answer.raw
    return f"{AT}/{answer.json['id']}"


def erase(loop: Loop, **said: Any) -> None:
    town = loop.town
    asked = browser_for(town.social_worker).post(f"/api/v1/cases/{loop.case.id}/erasure", said)
    path = f"/api/v1/erasures/{asked.json['id']}"
    assert browser_for(town.lead).post(f"{path}/confirm").status == 200
    assert browser_for(town.coordinator).post(f"{path}/execute").status == 200


def chair(loop: Loop) -> Api:
    return browser_for(loop.town.coordinator)


def test_it_is_granted_once_the_case_is_erased(loop: Loop) -> None:
    path = recorded(loop)
    early = chair(loop).post(f"{path}/answer", {"answer": "granted"})
    assert (early.status, early.code) == (409, "not_erased_yet")
    assert chair(loop).get(path).json["answer"] == ""
    erase(loop, reason="rights_request")
    officer = browser_for(loop.town.officer)
    done = officer.post(f"{path}/answer", {"answer": "granted"})
    assert (done.status, done.json["answer"]) == (200, "granted"), done.raw


def test_it_is_refused_without_an_erasure(loop: Loop) -> None:
    path = recorded(loop)
    said = chair(loop).post(f"{path}/answer", {"answer": "refused", "reason": "duty_in_law"})
    assert (said.status, said.json["answer"]) == (200, "refused"), said.raw
    assert chair(loop).get(f"/api/v1/cases/{loop.case.id}").status == 200


def test_nothing_is_exported_of_what_is_erased(loop: Loop) -> None:
    path = recorded(loop, kind="access")
    assert chair(loop).post(f"{path}/export", {}).status == 200
    erase(loop, reason="rights_request")
    gone = chair(loop).post(f"{path}/export", {})
    assert (gone.status, gone.code) == (410, "erased")
