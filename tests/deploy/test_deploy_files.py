"""The files for containers are what the programs that read them expect."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
KUBERNETES = sorted((DEPLOY / "kubernetes").glob("*.yaml"))


def check(*words: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *map(str, words)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def read(file: Path) -> Any:  # noqa: ANN401 - what the file holds
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_the_compose_file_follows_its_specification() -> None:
    check("--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")


@pytest.mark.parametrize("file", KUBERNETES, ids=lambda file: file.stem)
def test_kubernetes_files_use_values_that_the_charts_have(file: Path) -> None:
    check("--schemafile", Path(__file__).parent / "charts" / f"{file.stem}.json", file)


def environments() -> dict[str, str]:
    """Return all variables that the files set."""
    compose = read(DEPLOY / "compose.yaml")["services"]["run"]["environment"]
    prefect = read(DEPLOY / "kubernetes" / "prefect-worker.yaml")["worker"]["extraEnvVars"]
    return {**compose, **{one["name"]: one["value"] for one in prefect}}


def test_the_variables_are_settings_with_valid_values() -> None:
    given = {name.removeprefix("EXTRACT_").lower(): value for name, value in environments().items()}
    assert given.keys() <= Settings.model_fields.keys()
    assert load_settings(**given).cluster.startswith("tcp://")


def test_who_is_meant_by_the_address_of_the_scheduler() -> None:
    services = read(DEPLOY / "compose.yaml")["services"]
    assert "tcp://scheduler:8786" in services["worker"]["command"]
    assert services["run"]["environment"]["EXTRACT_CLUSTER"] == "tcp://scheduler:8786"
    assert services["scheduler"]["command"][:2] == ["dask", "scheduler"]


def test_the_run_sees_the_folders_of_the_project() -> None:
    run = read(DEPLOY / "compose.yaml")["services"]["run"]
    [(source, target)] = [volume.split(":") for volume in run["volumes"]]
    assert (DEPLOY / source).resolve() == ROOT
    assert f"{target}/outputs" in run["command"]


def test_an_article_meets_its_own_limit_of_memory_before_that_of_its_container() -> None:
    compose = read(DEPLOY / "compose.yaml")["services"]["worker"]["deploy"]["resources"]["limits"]["memory"]
    dask = read(DEPLOY / "kubernetes" / "dask.yaml")["worker"]["resources"]["limits"]["memory"]
    limits = [int(re.match(r"(\d+)Gi?$", memory)[1]) for memory in (compose, dask)]  # type: ignore[index]
    assert min(limits) * 1000 > Settings().worker_mb


def test_private_data_stays_out_of_the_image() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", ".env", "news", "outputs", ".site", ".*_cache", "**/__pycache__"} <= set(ignored)
    assert not {"src", "models", "flows", "."} & set(ignored)


def test_no_file_opens_the_scheduler_to_other_machines() -> None:
    services = read(DEPLOY / "compose.yaml")["services"]
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") and not port.endswith(":8786") for port in ports)


def test_one_image_is_used_everywhere() -> None:
    dask = read(DEPLOY / "kubernetes" / "dask.yaml")
    prefect = read(DEPLOY / "kubernetes" / "prefect-worker.yaml")["worker"]["image"]
    images = [dask["scheduler"]["image"], dask["worker"]["image"]]
    assert {(one["repository"], one["tag"]) for one in images} == {
        (prefect["repository"], prefect["prefectTag"])
    }


def test_the_image_is_made_by_targets_of_the_makefile() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    assert {line.split()[0] for line in lines if line} <= {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER"}
    [targets] = re.findall(r"RUN make ([\w ]+) &&", text)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}: " in makefile for target in targets.split())
