"""What all tests share: the invented example as a data set to play with, and the texts and suites where they are."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from tests.programs import Outcome, Run, run_program

from testimonia.core.layout import Layout, find_model_root

settings.register_profile("shared", deadline=None, derandomize=True)  # a loaded machine is no failure
settings.load_profile("shared")

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "lantern"


def take_folder(variable: str) -> str:
    """Take a folder out of the environment, so that only tests that ask for it have it.

    It is kept under another name, for the other processes that run tests.
    """
    value = os.environ.pop(variable, "") or os.environ.get(f"TESTS_{variable}", "")
    os.environ[f"TESTS_{variable}"] = value
    return value


GIVEN = {
    variable: take_folder(variable) for variable in ("TESTIMONIA_TEXTS", "TESTIMONIA_SUITES", "TESTIMONIA_DATASETS")
}


def get_folder(variable: str) -> Path:
    """A selected test that needs a folder fails where the folder is not given; it is never skipped."""
    value = GIVEN[variable]
    assert value, f"{variable} is not set: run `make test`, or give the folder"
    folder = Path(value) if Path(value).is_absolute() else ROOT / value
    assert folder.is_dir(), f"{variable}={value} is no folder"
    return folder


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder with the interview texts."""
    return get_folder("TESTIMONIA_TEXTS")


@pytest.fixture(scope="session")
def suites() -> Path:
    """The folder with the public conformance suites."""
    return get_folder("TESTIMONIA_SUITES")


@pytest.fixture(scope="session")
def datasets() -> Path:
    """The folder with data of others."""
    return get_folder("TESTIMONIA_DATASETS")


@pytest.fixture(scope="session")
def project_layout() -> Layout:
    """The project's own data set."""
    return Layout(ROOT, find_model_root())


@pytest.fixture
def example(tmp_path: Path) -> Layout:
    """A copy of the invented data set, with its texts, that a test may change."""
    root = tmp_path / "lantern"
    shutil.copytree(EXAMPLE, root)
    return Layout(root, find_model_root())


@pytest.fixture
def narrative(tmp_path: Path) -> Layout:
    """A copy of the invented data set with an article, that a test may change."""
    root = tmp_path / "heron"
    shutil.copytree(EXAMPLE.parent / "heron", root)
    return Layout(root, find_model_root())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in process."""
    monkeypatch.delenv("TESTIMONIA_TEXTS", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: object) -> Outcome:
        return run_program(monkeypatch, capsys, arguments)

    return call


@pytest.fixture
def start_oxigraph() -> Iterator[Callable[..., str]]:
    """Start the oxigraph server with a command and options; gives where it takes queries."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program, "oxigraph is not installed: make test"
    with ExitStack() as servers:

        def start(command: str, *options: str) -> str:
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            server = servers.enter_context(
                subprocess.Popen(
                    [program, command, *options, "--bind", f"127.0.0.1:{port}"],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            servers.callback(server.terminate)
            assert server.stderr is not None
            for line in server.stderr:
                if "Listening" in line:
                    break
            return f"http://127.0.0.1:{port}/query"

        yield start
