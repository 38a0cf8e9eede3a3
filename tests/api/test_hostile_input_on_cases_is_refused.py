"""Whatever is sent to the operations on cases: a clear problem, no traceback, no lost or half-done write."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.cases.models import Case, CaseFacts, Consent, Note
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for
from tests.world import Town

HARMLESS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
text = st.text(max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9**20) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
TERMS = ("purposes", "data_classes", "recipients", "given_by", "how", "valid_until", "bundle", "need")
PATHS = (
    "",
    "/profile",
    "/flags",
    "/needs",
    "/triage",
    "/hold",
    "/close",
    "/assign",
    "/reveal",
    "/notes",
    "/consents",
    "/safeguarding",
)


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


@pytest.fixture
def chair(town: Town) -> Api:
    return browser_for(town.coordinator)


@pytest.fixture
def address(town: Town, worker: Api) -> str:
    return str(worker.post(CASES, case_body(town)).headers["Location"])


def is_clear(answer: Any) -> bool:
    return answer.status < 500 and (answer.status < 400 or answer.json["code"] != "internal")


@HARMLESS
@given(st.sampled_from(PATHS), st.dictionaries(text, json_values, max_size=4))
def test_no_json_whatsoever_breaks_an_operation(
    town: Town, chair: Api, address: str, path: str, body: dict[str, Any]
) -> None:
    case = Case.objects.get(pk=address.rsplit("/", 1)[1])
    if path == "":
        answer = chair.patch(address, body, If_Match=f'"{case.version}"')
    else:
        answer = chair.post(f"{address}{path}", body)
    assert is_clear(answer), answer.raw
    if answer.status not in {200, 429}:
        assert answer.status in {400, 403, 404, 409, 413, 422}, answer.raw
        assert Case.objects.get(pk=case.pk).version == case.version


@HARMLESS
@given(
    st.dictionaries(st.sampled_from(["sex", "year", "secondary_drugs", "x"]) | text, json_values, max_size=4)
)
def test_no_item_whatsoever_breaks_the_profile(
    town: Town, worker: Api, address: str, items: dict[str, Any]
) -> None:
    before = CaseFacts.objects.filter(case_id=address.rsplit("/", 1)[1]).values_list("revision", flat=True)
    total = sum(before)
    answer = worker.post(f"{address}/profile", {"items": items})
    assert is_clear(answer), answer.raw
    if answer.status != 200:
        after = CaseFacts.objects.filter(case_id=address.rsplit("/", 1)[1]).values_list("revision", flat=True)
        assert sum(after) == total


@HARMLESS
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(TERMS, json_values)))
def test_no_terms_whatsoever_break_the_ledger(
    town: Town, worker: Api, address: str, change: dict[str, Any]
) -> None:
    case_id = address.rsplit("/", 1)[1]
    before = Consent.objects.filter(case_id=case_id).count()
    answer = worker.post(f"{address}/consents", consent_body(town.clinic, **change))
    assert is_clear(answer), answer.raw
    written = Consent.objects.filter(case_id=case_id).count() - before
    assert written == (1 if answer.status == 201 else 0)


@HARMLESS
@given(st.text(max_size=60))
def test_no_text_whatsoever_breaks_the_search(town: Town, worker: Api, address: str, sought: str) -> None:
    answer = worker.get(CASES, query={"q": sought})
    assert answer.status in {200, 400, 429}, answer.raw


@pytest.mark.parametrize(
    "key", ["x", "%00", "..", "LO-0000-0000-0", "' OR 1=1 --", "0" * 300, "null", "šđčćž"]
)
def test_no_key_whatsoever_finds_a_case(worker: Api, key: str) -> None:
    answer = worker.get(f"{CASES}/{key}")
    assert answer.status in {400, 404}, answer.raw


@pytest.mark.parametrize("wild", ["%", "_", "%%", "\\", "tihi%", "____ _____"])
def test_a_wild_card_is_a_letter_like_any_other(town: Town, worker: Api, address: str, wild: str) -> None:
    answer = worker.get(CASES, query={"q": wild})
    assert answer.status in {200, 400}
    if answer.status == 200:
        assert answer.json["results"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"x"',
        b"{",
        b'{"items": {"sex": NaN}}',
        b'{"items": 1e999}',
        b"\xff\xfe",
        b'{"a":1,"a":2}',
    ],
)
def test_a_body_that_is_no_object_is_refused(worker: Api, address: str, body: bytes) -> None:
    answer = worker.post(f"{address}/profile", body)
    assert answer.status in {400, 422}, answer.raw


def test_a_body_over_the_limit_is_refused_before_it_is_read(worker: Api, address: str) -> None:
    answer = worker.post(f"{address}/notes", b'{"text": "' + b"a" * 300_000 + b'"}')
    assert answer.status == 413


def test_a_thousand_fields_are_not_opened(worker: Api, address: str) -> None:
    fields = [f"note:{uuid4()}" for _ in range(1000)]
    answer = worker.post(f"{address}/reveal", {"fields": fields, "purpose": "direct_work"})
    assert answer.status == 422


def test_a_note_with_control_characters_is_not_kept(worker: Api, address: str) -> None:
    for wrong in ("a\x00b", "a\x07b", "\ud800"):
        answer = worker.post(f"{address}/notes", {"text": wrong})
        assert answer.status in {400, 422}, answer.raw
    assert not Note.objects.filter(case_id=address.rsplit("/", 1)[1]).exists()


@pytest.mark.parametrize("version", ["1", '"2"', 'W/"1"', "*", '"1", "2"', "", '"x"'])
def test_only_the_very_version_fits(worker: Api, address: str, version: str) -> None:
    answer = worker.patch(address, {"urgency": "urgent"}, If_Match=version)
    assert answer.status in {400, 412, 428}, answer.raw
    assert worker.get(address).json["urgency"] == "routine"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE"])
def test_a_case_is_neither_replaced_nor_deleted(worker: Api, address: str, method: str) -> None:
    assert worker.send(method, address, {}).status == 405
    assert worker.get(address).status == 200


@pytest.mark.parametrize("language", ["sr", "sr-Cyrl", "sr-Latn", "en", "bs", "xx"])
def test_a_refusal_is_said_in_the_caller_s_language(worker: Api, address: str, language: str) -> None:
    answer = worker.post(f"{address}/resume", {}, Accept_Language=language)
    assert (answer.status, answer.code) == (409, "illegal_transition")
    cyrillic = any("а" <= letter <= "ш" for letter in answer.json["detail"])
    assert cyrillic == (language == "sr-Cyrl")
