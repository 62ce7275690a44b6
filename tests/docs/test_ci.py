"""What others use in their CI: the action and the hook, as to form, and run by the shell as GitHub runs them."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from testimonia.core.atomic import write_file
from testimonia.core.layers import Layer
from testimonia.core.layout import find_model_root
from testimonia.scaffold.options import ScaffoldOptions
from testimonia.scaffold.repository import found_data_set
from testimonia.server.assets import MEDIA_TYPES

ROOT = Path(__file__).resolve().parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
RECORD = "mappings/interviews/example.yaml"


def run_step(name: str, **variables: object) -> "subprocess.CompletedProcess[str]":
    """Run the script of a step as the runner does: bash that stops at the first error."""
    (step,) = (step for step in ACTION["runs"]["steps"] if step["name"] == name)
    given = {key: str(value) for key, value in variables.items()}
    assert step["env"].keys() <= given.keys()
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, env=os.environ | given, capture_output=True, text=True, check=False)


def write_program(path: Path, script: str) -> None:
    write_file(path, f"#!/bin/sh\n{script}\n".encode(), mode=0o755)


def test_the_action_is_one() -> None:
    assert ACTION.keys() == {"name", "description", "author", "inputs", "runs"}
    assert ACTION["inputs"].keys() == {"path", "version", "only", "fail-on", "sarif-file"}
    for told in ACTION["inputs"].values():
        assert told.keys() == {"description", "default"}
    assert ACTION["runs"]["using"] == "composite"


def test_every_input_reaches_the_shell_as_a_variable() -> None:
    """Pasted into the script, an input could be a command."""
    steps = ACTION["runs"]["steps"]
    assert not [step["name"] for step in steps if "${{" in step["run"]]
    assert {step["shell"] for step in steps} == {"bash"}
    used = {
        word for step in steps for value in step["env"].values() for word in re.findall(r"inputs\.([a-z-]+)", value)
    }
    assert used == ACTION["inputs"].keys()
    for step in steps:
        assert all(f"${name}" in step["run"] or f"${{{name}:" in step["run"] for name in step["env"])


@pytest.mark.parametrize(("version", "installed"), [("1.2.3", "testimonia==1.2.3"), ("", "/the action")])
def test_the_action_installs_itself_or_a_version(tmp_path: Path, version: str, installed: str) -> None:
    write_program(tmp_path / "testimonia" / "bin" / "pip", 'printf "%s\\n" "$@"')
    write_program(tmp_path / "bin" / "python3", "exit 0")
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    done = run_step("Install", ACTION="/the action", VERSION=version, RUNNER_TEMP=tmp_path, PATH=path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, installed)


def test_the_hook_runs_what_a_new_data_set_runs() -> None:
    (hook,) = HOOKS
    template = ROOT / "src" / "testimonia" / "scaffold" / "templates" / "pre-commit-config.yaml"
    ((local,),) = (repository["hooks"] for repository in yaml.safe_load(template.read_text("utf-8"))["repos"])
    for key in ("id", "name", "entry", "language", "pass_filenames"):
        assert hook[key] == local[key]
    assert set(re.findall(r"--only (\S+)", hook["entry"])) <= set(Layer)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (RECORD, True),
        ("data/mappings/entities/places.yml", True),
        ("mappings/passages.lock.json", True),
        ("mappings/record.schema.json", False),
        ("texts/example.txt", False),
        ("remappings/x.yaml", False),
    ],
)
def test_the_hook_looks_at_curated_files(path: str, wanted: bool) -> None:
    assert bool(re.search(HOOKS[0]["files"], path)) is wanted


@pytest.mark.parametrize(
    ("codes", "passed_on", "reported"),
    [((0, 0), 0, True), ((1, 1), 1, True), ((2, 2), 2, False), ((70, 70), 70, False), ((1, 70), 70, False)],
)
def test_no_report_is_left_of_a_run_that_could_not_check(
    tmp_path: Path, codes: tuple[int, int], passed_on: int, reported: bool
) -> None:
    """The first run prints for GitHub, the second writes SARIF; either may fail, with half a report or none."""
    script = f'case "$*" in *sarif*) printf x; exit {codes[1]};; *) exit {codes[0]};; esac'
    write_program(tmp_path / "testimonia" / "bin" / "testimonia", script)
    sarif = tmp_path / "found.sarif"
    done = run_step("Validate", RUNNER_TEMP=tmp_path, DATA=".", ONLY="", FAIL_ON="violation", SARIF=sarif)
    assert (done.returncode, sarif.exists()) == (passed_on, reported)


@pytest.mark.slow
def test_the_wheel_makes_a_data_set_and_the_action_finds_its_mistakes(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("testimonia-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {f"testimonia/server/assets/{name}" for name in MEDIA_TYPES} <= set(archive.namelist())
        archive.extractall(tmp_path / "installed")
    run = f'exec "{sys.executable}" -c "from testimonia.cli import main; main()" "$@"'
    program = tmp_path / "testimonia" / "bin" / "testimonia"
    write_program(program, f'export PYTHONPATH="{tmp_path / "installed"}"\n{run}')
    folder = tmp_path / "repository" / "rivers"
    options = ["--base", "https://example.org/rivers/", "--title", "Rivers", "--country", "Ostmark", "--iso", "XZ"]
    subprocess.run([program, "init", folder, *options], check=True, capture_output=True)

    def validate(fail_on: str = "warning") -> "subprocess.CompletedProcess[str]":
        (tmp_path / "found.sarif").unlink(missing_ok=True)
        return run_step(
            "Validate",
            RUNNER_TEMP=tmp_path,
            GITHUB_WORKSPACE=folder.parent,
            DATA=folder,
            ONLY="records references",
            FAIL_ON=fail_on,
            SARIF=tmp_path / "found.sarif",
        )

    done = validate()
    assert (done.returncode, done.stdout) == (0, "no findings (records, references)\n")
    assert '"version": "2.1.0"' in (tmp_path / "found.sarif").read_text("utf-8")
    record = folder / RECORD
    text = record.read_text("utf-8")
    record.write_text(text.replace("by: port-guard", "by: port-gard"), "utf-8")
    line = text[: text.index("by: port-guard")].count("\n") + 1
    done = validate()
    assert done.returncode == 1
    assert f"::error file=rivers/{RECORD},line={line},col=7,title=unknown-entity::" in done.stdout
    assert '"unknown-entity"' in (tmp_path / "found.sarif").read_text("utf-8")
    assert validate("never").returncode == 2
    assert not (tmp_path / "found.sarif").exists()


def test_what_is_installed_and_made_here_is_the_same(tmp_path: Path) -> None:
    """The workflow of a new data set runs the recipe of docs/ci.md."""
    found_data_set(
        tmp_path / "x",
        ScaffoldOptions("https://example.org/x/", "X", "Ostmark", "XZ", "testimonia==9"),
        find_model_root(),
    )
    workflow = yaml.safe_load((tmp_path / "x" / ".github" / "workflows" / "testimonia.yml").read_text("utf-8"))
    runs = [step["run"] for step in workflow["jobs"]["validate"]["steps"] if "run" in step]
    assert runs == ['pip install "$REQUIREMENT"', "testimonia validate --format github"]
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert runs[-1] in page
