"""An error that nobody expected is one line and exit code 70, whatever it is; the traceback is to be asked for."""

import shutil
from pathlib import Path

import pytest
from tests.programs import Run

from testimonia.cli import load_commands, options
from testimonia.cli.app import app
from testimonia.cli.commands import explain
from testimonia.core.layout import Layout
from testimonia.core.namespaces import T
from testimonia.dataset.project import build_project, read_locked_project, write_graph

SECRET = "words of a witness"


class Panic(BaseException):
    """What a library in Rust raises when it panics: no Exception."""


def break_explain(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail() -> None:
        raise error

    load_commands("explain")
    (command,) = (info for info in app.registered_commands if info.callback is explain.show_explanation)
    monkeypatch.setattr(command, "callback", fail)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (ValueError(SECRET), "ValueError"),
        (KeyError(SECRET), "KeyError"),
        (EOFError(SECRET), "EOFError"),
        (MemoryError(), "MemoryError"),
        (RecursionError(SECRET), "RecursionError"),
        (UnicodeEncodeError("utf-8", SECRET, 0, 1, SECRET), "UnicodeEncodeError"),
        (Panic(SECRET), f"{__name__}.Panic"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_unexpected_error(run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, name: str) -> None:
    break_explain(monkeypatch, error)
    code, out, err = run("explain")
    assert (code, out) == (70, "")
    (line,) = err.splitlines()
    assert f"({name})" in line
    assert "TESTIMONIA_TRACEBACK=1" in line
    assert SECRET not in err
    monkeypatch.setenv("TESTIMONIA_TRACEBACK", "1")
    code, _, err = run("explain")
    assert (code, err.splitlines()[0]) == (70, "Traceback (most recent call last):")
    assert err.splitlines()[-1] == line


def test_an_interrupt_is_no_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_explain(monkeypatch, KeyboardInterrupt())
    assert run("explain") == (130, "", "")


def test_a_full_disk_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_explain(monkeypatch, OSError(28, "No space left on device", "graph/x.nq"))
    assert run("explain") == (2, "", "graph/x.nq: No space left on device\n")


def test_a_shape_that_no_engine_can_run(
    run: Run, example: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pattern that is no regular expression: neither a finding nor a traceback, and no report either."""
    model = tmp_path / "model"
    for folder in ("ontology", "mappings", "shapes", "queries"):
        shutil.copytree(example.model / folder, model / folder)
    shape = f'[ a sh:NodeShape ; sh:targetClass <{T}Claim> ; sh:pattern "(" ] .\n'
    (model / "shapes" / "wrong.ttl").write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n{shape}", "utf-8")
    write_graph(example.graph, build_project(*read_locked_project(example, None)))
    monkeypatch.setattr(options, "find_model_root", lambda: model)
    code, out, err = run("validate", "--project", example.root, "--only", "shacl", "--format", "sarif")
    assert code in {2, 70}
    assert out == ""
    assert "Traceback" not in err
