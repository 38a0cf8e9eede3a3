"""Whoever holds the file can check the document against its hash."""

import hashlib
import json

import pytest
import rfc8785

from backend.statistics.exports import json_file
from backend.statistics.exports.edition import Edition
from tests.backend.statistics.exports.documents import document, edition

pytestmark = pytest.mark.pure


def test_the_hash_is_that_of_the_document_in_canonical_form() -> None:
    whole = document()
    sha256 = hashlib.sha256(rfc8785.dumps(whole)).hexdigest()
    said = json.loads(json_file.written(Edition(3, sha256, "7b" * 32, whole)))
    assert hashlib.sha256(rfc8785.dumps(said["document"])).hexdigest() == said["sha256"] == sha256


def test_number_and_the_manifest_s_hash_stand_beside_it() -> None:
    said = json.loads(json_file.written(edition()))
    assert (said["release"], said["manifest_sha256"]) == (3, "7b" * 32)
    assert said["document"] == document()


def test_an_unpublished_release_says_so() -> None:
    assert json.loads(json_file.written(edition(number=None)))["release"] is None


def test_the_same_release_is_the_same_bytes_whatever_the_order_of_its_parts() -> None:
    turned = dict(reversed(document().items()))
    assert json_file.written(edition()) == json_file.written(Edition(3, "5a" * 32, "7b" * 32, turned))
