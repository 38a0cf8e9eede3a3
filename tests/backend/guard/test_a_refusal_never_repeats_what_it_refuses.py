"""What was found is named by kind and place only: no message, repr, traceback or log holds the text."""

import logging
import pickle
import traceback

import pytest

from backend.guard import Finding, IdentifierFound, check, refuse

SECRETS = {
    "jmbg": "0101001770001",
    "mobile": "060 123 4567",
    "landline": "015/000-000",
    "email": "primer@example.org",
    "url": "https://example.org/neko",
    "handle": "@primer_nalog",
    "full_date": "rođena 01.02.1990.",
    "lbo": "LBO 99000000001",
    "id_card": "lična karta 990000001",
    "passport": "pasoš 990000001",
    "bank_account": "999-123-73",
}


@pytest.mark.parametrize(("kind", "secret"), SECRETS.items())
def test_an_identifier_is_refused_by_its_kind(kind: str, secret: str) -> None:
    with pytest.raises(IdentifierFound) as caught:
        refuse(f"Beleška: {secret}, toliko.")
    assert caught.value.kinds == (kind,)
    assert str(caught.value) == f"the text holds identifiers: {kind}"


@pytest.mark.parametrize("secret", SECRETS.values())
def test_nothing_of_the_error_holds_the_text(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(IdentifierFound) as caught:
        refuse(f"Beleška: {secret}, toliko.")
    error = caught.value
    shown = (
        "".join(traceback.format_exception(error))
        + repr(error)
        + str(vars(error))
        + str(error.args)
        + caplog.text
    )
    assert secret not in shown
    assert secret.rsplit(maxsplit=1)[-1] not in shown
    assert error.__cause__ is None


def test_a_finding_holds_no_text() -> None:
    (finding,) = check("mob. 060 123 4567")
    assert finding == Finding(start=5, end=17, kind="mobile", action="block")
    assert b"123 4567" not in pickle.dumps(finding)
    assert "123" not in repr(finding)


def test_kinds_are_named_once_in_the_order_of_the_text() -> None:
    with pytest.raises(IdentifierFound) as caught:
        refuse("a@example.org, 060 000 0000, b@example.org, 061 000 0000")
    assert caught.value.kinds == ("email", "mobile")


def test_a_name_is_asked_about_and_not_refused() -> None:
    refuse("Javio se Petar Primerović.")
    found = check("Javio se Petar Primerović.")
    assert [(finding.kind, finding.action) for finding in found] == [("person_name", "ask")]


def test_a_clean_text_gives_an_empty_list() -> None:
    refuse("Dogovoren termin 12.10. u 9.30.")
    refuse("")
    assert check("Dogovoren termin 12.10. u 9.30.") == []
    assert check("") == []


def test_a_number_beside_a_name_refuses() -> None:
    with pytest.raises(IdentifierFound) as caught:
        refuse("Javio se Petar Primerović, 060 000 0000")
    assert caught.value.kinds == ("mobile",)


def test_a_published_number_is_not_refused() -> None:
    with pytest.raises(IdentifierFound):
        refuse("tel. 015/000-000")
    refuse("tel. 015/000-000", directory=frozenset({"015 000 000"}))


def test_findings_come_in_the_order_of_the_text() -> None:
    found = check("Petar Primerović 060 000 0000 a@example.org Jelena Primerić")
    assert [finding.kind for finding in found] == ["person_name", "mobile", "email", "person_name"]
    assert found == sorted(found)


def test_a_case_code_is_no_finding_and_hides_nothing() -> None:
    assert check("Vidi LO-7K3M-9QXF-4.") == []
    assert [finding.kind for finding in check("LO-7K3M-9QXF-4 060 000 0000")] == ["mobile"]
