"""The commands of the graph as a user runs them: what is printed, what is written, which exit code."""

import json
from pathlib import Path

import pytest

from testimonia.core.layout import Layout

ROOT = Path(__file__).resolve().parents[2]


def test_versions(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(ROOT)
    code, out, _ = run("--version")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["testimonia", "ontology", "data"]
    monkeypatch.chdir(tmp_path)
    assert "data not built" in run("--version")[1]


def test_lock_build_validate(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    project, texts = ("--project", str(example.root)), ("--texts", str(example.root / "texts"))
    example.lock.unlink()
    code, _, err = run("build", *project)
    assert code == 2
    assert "It takes the text lantern.txt#1: testimonia lock --texts DIR" in err
    assert not example.graph.exists()
    assert run("lock", *project, *texts)[0] == 0
    assert "unchanged" in run("lock", *project, *texts)[1]
    code, out, _ = run("build", *project, *texts)
    assert code == 0
    assert "passages read again in the texts" in out
    code, out, _ = run("build", *project)
    assert code == 0
    assert "nothing changed" in out
    code, out, _ = run("validate", *project)
    assert code == 0
    assert "no findings" in out


def test_validate_finds_what_is_wrong(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    run("build", *project)
    path = example.graph / "interview" / "val-solen.nq"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not ("/claim/4>" in line and "#statedBy>" in line)), "utf-8")
    code, out, _ = run("validate", str(example.graph))
    assert code == 1
    assert "val-solen" in out
    assert "ClaimShape-statedBy" in out
    path.write_text("this is no N-Quads\n", "utf-8")
    code, _, err = run("validate", str(example.graph))
    assert code == 2
    assert "val-solen.nq:1" in err


def test_a_text_that_changed_since_the_lock(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    text = example.root / "texts" / "lantern.txt"
    text.write_bytes(text.read_bytes().replace(b"nine volunteers", b"four volunteers"))
    code, _, err = run("build", "--project", str(example.root), "--texts", str(text.parent))
    assert code == 2
    assert "source changed since the lock" in err
    assert "nine" not in err
    assert not example.graph.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no interview text in this folder"),
        (b"", "lantern.txt: an empty"),
        (b"VALDORIA: \xff\xfe", "not UTF-8"),
    ],
)
def test_a_source_that_cannot_be_read(run, example: Layout, content: bytes | None, message: str) -> None:  # type: ignore[no-untyped-def]
    text = example.root / "texts" / "lantern.txt"
    if content is None:
        text.unlink()
    else:
        text.write_bytes(content)
    before = example.lock.read_bytes()
    code, _, err = run("lock", "--project", str(example.root), "--texts", str(text.parent))
    assert code == 2
    assert message in err
    assert example.lock.read_bytes() == before


def test_without_a_data_set_the_error_names_all_that_is_missing(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("build", "--project", str(tmp_path))
    assert code == 2
    assert "mappings/dataset.yaml: not found" in err
    assert "mappings/interviews: not found" in err


def test_generated_check(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    assert run("generated", *project)[0] == 0
    assert run("generated", "--check", *project)[0] == 0
    schema = json.loads(example.schema.read_text("utf-8"))
    example.schema.write_text(json.dumps(schema), "utf-8")
    code, out, err = run("generated", "--check", *project)
    assert code == 1
    assert "differs: mappings/record.schema.json" in out
    assert "make generated" in err


def test_the_summary_of_a_data_set_elsewhere_names_the_program_alone(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    run("build", "--project", example.root)
    code, out, _ = run("summary", "--project", example.root)
    assert code == 0
    told = [line.strip() for line in out.rpartition("Next")[2].splitlines()[1:]]
    assert told[0].startswith("testimonia serve ")
    assert all(line.startswith("testimonia ") for line in told)
    assert not [line for line in told if line.startswith(("testimonia ask", "testimonia questions"))], "it has none"


def test_summary_and_tour(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(ROOT)
    code, out, _ = run("summary")
    assert code == 0
    assert "claims by modality" in out
    assert "Next" in out
    told = [line.strip() for line in out.rpartition("Next")[2].splitlines()[1:]]
    assert told[0].startswith("make serve ")
    assert all(line.startswith(("make ", ".venv/bin/testimonia ", "examples/")) for line in told)
    code, out, _ = run("tour", "--out", str(tmp_path / "built"))
    assert code == 0
    assert out.index("1. The words") < out.index("2. The record") < out.index("5. The triples")
    assert (tmp_path / "built" / "MANIFEST.json").is_file()
