"""The command `validate` as a user runs it: what it looks at, what it prints, which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, read_locked_project, write_graph
from testimonia.shacl.checking import Shapes
from testimonia.validation import shape_files as checked_shapes

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "tests" / "cases" / "validation" / "bad-files"


@pytest.fixture
def built(example: Layout) -> Layout:
    """The invented data set with its graph; its shapes are known to be right."""
    write_graph(example.graph, build_project(*read_locked_project(example, None)))
    return example


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_clean_project_conforms(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("validate", "--project", str(built.root))
    assert (code, err) == (0, "")
    assert "no findings (records, evidence, references," in out
    assert (built.state / ".gitignore").read_text("utf-8") == "*\n"


def test_a_missing_extra_is_told_and_matters_to_who_asks_for_it(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("validate", "--project", str(built.root))
    assert code == 0
    assert "not run: owl (reasoning needs the extra [reason]" in out
    code, out, err = run("validate", "--project", str(built.root), "--only", "owl")
    assert (code, out) == (2, "")
    assert "needs the extra" in err


def test_a_broken_record_is_found_and_what_needs_it_is_not_run(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    change(built.records / "val-dale.yaml", "  happening: archive-raid\n", "  happening: archive-raid\n  agianst: x\n")
    code, out, _ = run("validate", "--project", str(built.root))
    assert code == 1
    assert out.startswith("mappings/interviews/val-dale.yaml\n")
    assert "violation: " in out
    assert 'Did you mean "against"?' in out
    assert "not run: shacl (the records have to be mended first)" in out


def test_a_stale_graph_is_found(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    change(built.records / "val-dale.yaml", "  date: early 2031\n", "  date: 2031\n")
    code, out, _ = run("validate", "--project", str(built.root), "--only", "graph")
    assert code == 1
    assert "graph/interview/val-dale.nq\n  violation: Not what the records give now. Build it anew" in out
    assert "graph/interview/val-solen.nq" not in out
    (built.graph / "stray.nq").write_text("", "utf-8")
    (built.graph / "dates.nq").unlink()
    out = run("validate", "--project", str(built.root), "--only", "graph")[1]
    assert "graph/stray.nq\n  violation: " in out
    assert "graph/dates.nq\n  violation: " in out


def test_layers_of_the_graph_alone_look_at_it_as_it_stands(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    change(built.records / "val-dale.yaml", "  happening: archive-raid\n", "  happening: archive-raid\n  agianst: x\n")
    code, out, _ = run("validate", "--project", str(built.root), "--only", "literals", "--only", "queries")
    assert code == 0
    assert "graph/ as it stands" in out
    claim = built.graph / "interview" / "val-dale.nq"
    claim.write_text(claim.read_text("utf-8") + "<x:broken\n", "utf-8")
    code, out, err = run("validate", "--project", str(built.root), "--only", "literals")
    assert (code, out) == (2, "")
    assert "val-dale.nq" in err


def test_one_layer_alone(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("validate", "--project", str(built.root), "--only", "records")
    assert code == 0
    assert "no findings (records)" in out


def test_curated_layers_that_are_named_tell_their_own_problems(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    project = ("validate", "--project", str(built.root))
    change(built.records / "val-solen.yaml", '  quote: "The … times."\n', '  quote: "The … summoned."\n')
    assert run(*project, "--only", "records")[0] == 0
    code, out, _ = run(*project, "--only", "evidence")
    assert code == 1
    assert "[not-in-lock]" in out
    change(built.records / "val-solen.yaml", '  quote: "The … summoned."\n', '  quote: "The … times."\n')
    change(built.records / "val-dale.yaml", "  happening: archive-raid\n", "  happening: archive-raid\n  agianst: x\n")
    code, out, _ = run(*project, "--only", "records")
    assert code == 1
    assert "[unknown-key]" in out
    code, out, err = run(*project, "--only", "evidence")
    assert (code, out) == (2, "")
    assert "evidence cannot be checked: mend first what records has to say" in err
    code, out, _ = run(*project, "--only", "graph")
    assert code == 1
    assert "[unknown-key]" in out


def test_curated_files_alone(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    dale, solen = (built.records / f"{name}.yaml" for name in ("val-dale", "val-solen"))
    change(dale, "  happening: archive-raid\n", "  happening: archive-raid\n  agianst: x\n")
    assert run("validate", str(dale), "--only", "records")[0] == 1
    code, out, _ = run("validate", str(solen), "--only", "records")
    assert code == 0
    assert "val-dale" not in out
    assert run("validate", str(built.records), "--only", "records")[0] == 1


def test_paths_that_cannot_be_checked(run, built: Layout, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    stray = tmp_path / "stray.yaml"
    stray.write_text("interview: x\n", "utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    project = ("--project", str(built.root))
    for arguments, said in (
        ((str(stray), *project), "[not-of-the-project]"),
        ((str(built.records / "gone.yaml"), *project), "not found"),
        (
            (str(built.records), str(built.graph), *project),
            "RDF and records in one run. Check them one after the other. [options-clash]",
        ),
        ((str(built.graph), "--changed", *project), "[options-clash]"),
        ((str(tmp_path / "gone.ttl"),), "not found"),
        ((str(empty),), "no RDF file in this folder; expected .ttl"),
        ((str(empty),), "[nothing-here]"),
    ):
        code, _, err = run("validate", *arguments)
        assert code == 2, arguments
        assert said in err


@pytest.mark.parametrize("path", sorted(BAD.glob("*.ttl")), ids=lambda path: path.name)
def test_files_that_cannot_be_read_exit_with_2(run, path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("validate", str(path))
    assert (code, out) == (2, "")
    assert path.name in err


def test_a_model_that_cannot_be_used_is_no_finding(run, built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(built.root)
    assert run("validate", "--texts", str(built.root / "nowhere"))[0] == 2
    assert run("validate", "--private", str(built.root / "nowhere"))[0] == 2


def test_imports_are_told_and_not_followed(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.ttl"
    path.write_text(
        "<https://example.org/o> a <http://www.w3.org/2002/07/owl#Ontology> ;"
        " <http://www.w3.org/2002/07/owl#imports> <https://example.org/other> .\n",
        "utf-8",
    )
    code, out, _ = run("validate", str(path))
    assert code == 0
    assert "1 notes not shown" in out
    assert "import-not-followed" not in out
    code, out, _ = run("validate", str(path), "--only", "graph")
    assert code == 0
    assert "import-not-followed" in out
    code, out, _ = run("validate", str(path), "--fail-on", "info")
    assert code == 1
    assert "import-not-followed" in out


def test_data_cannot_act_on_a_terminal(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.ttl"
    path.write_text(
        "<https://example.org/id/[bold]x> a <https://w3id.org/testimonia/ontology#Claim> ;"
        ' <http://www.w3.org/2000/01/rdf-schema#label> "\\u001b[31m[red]:warning:"@zz, "b"@zz .\n'.replace(
            "[bold]", "-"
        ),
        "utf-8",
    )
    code, out, _ = run("validate", str(path))
    assert code == 1
    assert "\x1b" not in out


def test_rudof_without_the_extra(run, built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(sys.modules, "pyrudof", None)
    code, out, err = run("validate", "--project", str(built.root), "--engine", "rudof")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "the engine rudof needs the extra [rudof], which is not installed here. "
        "Install the extra: pip install 'testimonia[rudof]'"
    ]


def test_both_engines_find_the_same(run, built: Layout) -> None:  # type: ignore[no-untyped-def]
    cases = ROOT / "tests" / "cases" / "shapes"
    files = [str(cases / "base.ttl"), str(cases / "ClaimShape" / "fail.ttl")]
    shapes = ("validate", *files, "--only", "shacl", "--format", "json")
    found = [run(*shapes, "--project", str(built.root), "--engine", engine) for engine in ("pyshacl", "rudof")]
    assert [code for code, _, _ in found] == [1, 1]
    first, second = (json.loads(out)["findings"] for _, out, _ in found)
    assert first == second


def test_the_quick_look_loads_no_slow_library(built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib and pySHACL take a second to import, which is as long as the quick look itself."""
    monkeypatch.setattr(checked_shapes, "find_wrong_shapes", lambda *_: [])  # the first look at shapes is pySHACL's
    checked_shapes.check_shapes(Shapes(built.shapes), state=built.state)
    script = (
        "import sys, atexit; from testimonia.cli import main\n"
        "atexit.register(lambda: print(sorted({'rdflib', 'pyshacl', 'owlready2'} & sys.modules.keys())))\n"
        "main()\n"
    )
    arguments = ["validate", "--project", str(built.root), "--engine", "rudof", "--only", "shacl"]
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
