"""Database and mail addresses: one line each, and anything that would have to be guessed stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from backend.database_url import parse_database_url, parse_email_url

NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


def test_a_server_by_name_and_port() -> None:
    found = parse_database_url("postgresql://spona_app:geheim@db.example:6432/spona")
    wanted = {
        "NAME": "spona",
        "USER": "spona_app",
        "PASSWORD": "geheim",
        "HOST": "db.example",
        "PORT": "6432",
    }
    assert {key: found[key] for key in wanted} == wanted


def test_a_socket_folder_is_given_as_the_host() -> None:
    found = parse_database_url("postgresql://spona_app:x@/spona?host=/run/spona")
    assert (found["HOST"], found["PORT"]) == ("/run/spona", "")


def test_a_password_may_hold_any_character_when_it_is_encoded() -> None:
    assert parse_database_url("postgresql://a:p%40ss%2Fw%3Ard@h/n")["PASSWORD"] == "p@ss/w:rd"


def test_further_options_reach_the_driver_beside_ours() -> None:
    options = parse_database_url("postgresql://a:b@h/n?sslmode=verify-full")["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert "statement_timeout=5000" in options["options"]


@pytest.mark.parametrize(
    "url", ["", "spona", "mysql://a:b@h/n", "postgresql://a:b@h", "postgresql://a:b@h/", "sqlite:///x"]
)
def test_any_other_address_of_a_database_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        parse_database_url(url)


@given(NAMES, NAMES, NAMES)
def test_names_in_any_script_survive(user: str, password: str, name: str) -> None:
    found = parse_database_url(f"postgresql://{user}:{password}@h/{name}")
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == (user, password, name)


def test_mail_goes_into_a_folder_or_to_a_server() -> None:
    assert parse_email_url("file:///srv/mail")[1] == {"EMAIL_FILE_PATH": "/srv/mail"}
    backend, found = parse_email_url("smtps://user:p%40ss@mail.example")
    assert backend.endswith("smtp.EmailBackend")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == (
        "mail.example",
        465,
        "p@ss",
    )
    assert found["EMAIL_USE_SSL"]
    assert not found["EMAIL_USE_TLS"]


def test_mail_to_another_machine_is_never_sent_in_clear() -> None:
    assert parse_email_url("smtp://mail.example")[1]["EMAIL_USE_TLS"]
    assert not parse_email_url("smtp://localhost:1025")[1]["EMAIL_USE_TLS"]


@pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example", "smtp://", "console://"])
def test_any_other_address_of_mail_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        parse_email_url(url)
