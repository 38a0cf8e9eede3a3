"""Whoever may verify gets keys, checkpoints and proofs of a log, and can check them without trusting anybody here."""

from base64 import b64decode
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit import tree, verify
from audit.models import Checkpoint, Cosignature, Entry
from tests.api.audit import Audit
from tests.api.client import Api, browser_for
from tests.api.conftest import Counted
from tests.databases import Clones
from tests.sealed import add, all_sealed, sealer_of
from tests.world import Town, national

LOGS = "/api/v1/audit/logs"
OLD = 257


@dataclass
class Sealed:
    """A team's log of more than 300 entries, with a checkpoint in the middle and one at the end."""

    town: Town
    entries: list[Entry]
    old: verify.Checkpoint
    new: verify.Checkpoint

    @property
    def path(self) -> str:
        return f"{LOGS}/{self.town.team.id}"


@pytest.fixture(scope="module")
def sealed(database: Clones) -> Sealed:
    town = Town()
    with sealer_of(database.main):
        entries = add(town.team.id, OLD)
        all_sealed(entries)
        old = last_of(town)
        entries += add(town.team.id, 50)
        all_sealed(entries)
    return Sealed(town, entries, old, last_of(town))


def last_of(town: Town) -> verify.Checkpoint:
    point = Checkpoint.objects.filter(log_id=town.team.id).latest("size")
    return verify.read_checkpoint(verify.read_note(point.note).text)


@pytest.fixture
def lead(sealed: Sealed) -> Api:
    return browser_for(sealed.town.lead)


def hashes(texts: list[str]) -> list[bytes]:
    return [b64decode(text, validate=True) for text in texts]


def test_a_lead_finds_the_own_log_and_no_other(sealed: Sealed, lead: Api, counted: Counted) -> None:
    with counted("audit_logs_list"):
        (row,) = lead.get(LOGS).json["results"]
    assert row["id"] == str(sealed.town.team.id)
    assert row["origin"] == sealed.new.origin
    assert row["size"] == row["checkpoint_size"] == sealed.new.size
    assert 0 <= row["checkpoint_age"] < 600
    assert lead.get(sealed.path).json | {"checkpoint_age": 0} == row | {"checkpoint_age": 0}


@pytest.mark.parametrize("role", ["release_officer", "key_custodian", "platform_admin"])
def test_who_has_no_team_finds_every_log(sealed: Sealed, role: str) -> None:
    api = browser_for(national(role))
    assert api.get(sealed.path).status == 200
    assert len(api.get(LOGS, query={"page_size": 1}).json["results"]) == 1


@pytest.mark.parametrize("who", ["coordinator", "deputy", "social_worker", "partner_worker"])
def test_who_works_on_cases_finds_none(sealed: Sealed, who: str) -> None:
    api = browser_for(getattr(sealed.town, who))
    assert api.get(LOGS).status == 403
    for path in ("", "/checkpoint", "/inclusion", "/consistency"):
        assert api.get(sealed.path + path).status == 404


def test_a_foreign_log_is_answered_as_one_that_is_not_there(sealed: Sealed, stranger: Api) -> None:
    foreign = browser_for(Town().lead)
    for path in ("", "/checkpoint", "/inclusion?index=0", "/consistency?old=1"):
        assert (
            foreign.get(sealed.path + path).code == foreign.get(f"{LOGS}/{uuid4()}{path}").code == "not_found"
        )
        assert stranger.get(sealed.path + path).status == 401


def test_the_checkpoint_is_signed_by_the_key_of_the_log(sealed: Sealed, lead: Api, counted: Counted) -> None:
    with counted("audit_logs_checkpoint"):
        said = lead.get(f"{sealed.path}/checkpoint").json
    note = verify.read_note(said["note"])
    key = verify.read_vkey(lead.get(sealed.path).json["vkey"], verify.LOG_KEY)
    assert note.signed_at(key) is not None
    assert verify.read_checkpoint(note.text) == sealed.new
    assert said["size"] == sealed.new.size


def test_the_lines_of_witnesses_stand_below_our_own(database: Clones, sealed: Sealed, lead: Api) -> None:
    last = Checkpoint.objects.filter(log_id=sealed.town.team.id).latest("size")
    line = "— w.example " + "A" * 100 + "\n"
    with sealer_of(database.main):
        row = Cosignature(checkpoint=last, witness="w", line=line, at=timezone.now())
        row.save(using="sealer", force_insert=True)
    said = lead.get(f"{sealed.path}/checkpoint").json
    assert said["note"] == last.note + line
    assert [one["witness"] for one in said["cosignatures"]] == ["w"]


@pytest.mark.parametrize("place", [0, 200, 256, -1])
def test_an_entry_is_proven_to_be_in_the_log(sealed: Sealed, lead: Api, counted: Counted, place: int) -> None:
    entry = sealed.entries[place]
    with counted("audit_logs_inclusion"):
        said = lead.get(f"{sealed.path}/inclusion", query={"entry": entry.id}).json
    assert said["size"] == sealed.new.size
    (leaf,) = hashes([said["leaf_hash"]])
    assert leaf == verify.leaf_hash(bytes(entry.body))
    proof, index = hashes(said["proof"]), said["index"]
    tree.check_inclusion(proof, leaf, index, size=said["size"], root=sealed.new.root)
    by_index = lead.get(f"{sealed.path}/inclusion", query={"index": index, "size": said["size"]})
    assert by_index.json == said


@pytest.mark.parametrize("old", [1, 200, OLD, None])
def test_the_log_is_proven_to_continue_what_it_was(
    sealed: Sealed, lead: Api, counted: Counted, old: int | None
) -> None:
    size = sealed.old.size if old is None else old
    with counted("audit_logs_consistency"):
        said = lead.get(f"{sealed.path}/consistency", query={"old": size}).json
    assert (said["old"], said["size"]) == (size, sealed.new.size)
    if old is None:
        proof = hashes(said["proof"])
        tree.check_consistency(proof, sealed.old.root, size, size=said["size"], root=sealed.new.root)


def test_unless_told_the_last_entry_and_the_last_two_checkpoints_are_proven(
    sealed: Sealed, lead: Api
) -> None:
    said = lead.get(f"{sealed.path}/inclusion").json
    assert (said["index"], said["size"]) == (sealed.new.size - 1, sealed.new.size)
    said = lead.get(f"{sealed.path}/consistency").json
    assert (said["old"], said["size"]) == (sealed.old.size, sealed.new.size)


def test_nothing_is_before_the_first_leaf(sealed: Sealed, lead: Api) -> None:
    assert lead.get(f"{sealed.path}/consistency", query={"old": 0}).json["proof"] == []


@pytest.mark.parametrize(
    ("path", "query", "wrong"),
    [
        ("inclusion", {"index": 0, "entry": "00000000-0000-4000-8000-000000000000"}, "index"),
        *(
            ("inclusion", {"index": index}, "index")
            for index in ("-1", "01", "1e3", "", "٣", str(2**63), "9" * 400)
        ),
        ("inclusion", {"entry": "x"}, "entry"),
        *(("inclusion", {"index": 5, "size": size}, "size") for size in (0, 5, 100_000, 2**63 - 1, "x")),
        ("consistency", {"old": "x"}, "old"),
        ("consistency", {"old": 2**63 - 1}, "size"),
        ("consistency", {"old": 9, "size": 8}, "size"),
        ("checkpoint", {"size": 1}, "size"),
    ],
)
def test_hostile_sizes_and_places_are_refused(
    sealed: Sealed, lead: Api, path: str, query: dict[str, Any], wrong: str
) -> None:
    answer = lead.get(f"{sealed.path}/{path}", query=query)
    assert answer.status == 400
    assert answer.code in {"invalid_parameter", "unknown_parameter"}
    assert [one["pointer"] for one in answer.json["errors"]] == [f"?{wrong}"]


@pytest.mark.parametrize("query", [{"index": 10**9}, {"entry": "00000000-0000-4000-8000-000000000000"}])
def test_what_is_not_in_the_log_is_not_found(sealed: Sealed, lead: Api, query: dict[str, Any]) -> None:
    assert lead.get(f"{sealed.path}/inclusion", query=query).code == "not_found"


def test_each_answer_is_in_the_log_itself(sealed: Sealed, lead: Api, audit: Audit) -> None:
    log = sealed.town.team.id
    for path in (
        LOGS,
        sealed.path,
        *(f"{sealed.path}/{one}" for one in ("checkpoint", "inclusion?index=1", "consistency?old=1")),
    ):
        assert lead.get(path).status == 200
    found = [(one["verb"], one["actor_id"]) for one in audit.entries(log=log)]
    verbs = ("listed", "read", "checkpoint_read", "inclusion_read", "consistency_read")
    assert found == [(f"auditlog.{verb}", sealed.town.lead.id) for verb in verbs]
