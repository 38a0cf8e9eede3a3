"""`SPONA_ALLOWED_HOSTS` is asked before anything else, at every address, and the database is not asked at all."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.api.client import Api, client_for
from tests.world import Town

ADDRESSES = ["/api/v1/me", "/api/v1/cases", "/sign-in", "/health/live", "/health/ready", "/", "/nothing"]
OTHERS = ["evil.com", "localhost.evil.com", "evil.com:8000", "localhost@evil.com", "local host", "[::1", ""]


@pytest.mark.parametrize("host", OTHERS)
@pytest.mark.parametrize("path", ADDRESSES)
def test_another_host_is_no_address_of_ours(town: Town, path: str, host: str) -> None:
    client = client_for(town.nurse)
    with (
        CaptureQueriesContext(connections["default"]) as queries,
        CaptureQueriesContext(connections["outside"]) as outside,
    ):
        answer = client.get(path, Host=host)
    assert (answer.status, answer.code) == (400, "bad_request")
    assert len(queries) == len(outside) == 0


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "LOCALHOST"])
def test_a_host_that_is_named_is_answered(town: Town, host: str) -> None:
    assert client_for(town.nurse).get("/api/v1/me", Host=host).status == 200
    assert Api().get("/health/live", Host=host).status == 200
