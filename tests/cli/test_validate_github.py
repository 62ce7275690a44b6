"""Findings as a job of GitHub reads them: each path begins at the root of the checkout."""

from pathlib import Path

import pytest
from tests.programs import Run

from testimonia.core.layout import Layout

RECORD = "mappings/interviews/val-dale.yaml"


@pytest.mark.parametrize(
    ("here", "options", "workspace", "said"),
    [
        (".", ["--project", "lantern"], ".", f"lantern/{RECORD}"),
        ("lantern", [], ".", f"lantern/{RECORD}"),
        ("lantern", [RECORD], ".", f"lantern/{RECORD}"),
        (".", [f"lantern/{RECORD}"], ".", f"lantern/{RECORD}"),
        ("lantern", [], "lantern", RECORD),
        ("lantern", [], "elsewhere", RECORD),
        ("lantern", [], None, RECORD),
    ],
)
def test_a_path_begins_at_the_checkout(  # noqa: PLR0917 - one parameter for each value
    run: Run,
    example: Layout,
    monkeypatch: pytest.MonkeyPatch,
    here: str,
    options: list[str],
    workspace: str | None,
    said: str,
) -> None:
    top = example.root.parent
    path = example.root / RECORD
    path.write_text(path.read_text("utf-8").replace("threat: loss", "treat: loss"), "utf-8")
    monkeypatch.chdir(top / here)
    if workspace is not None:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(top / workspace))
    code, out, _ = run("validate", *options, "--format", "github", "--only", "records")
    assert code == 1
    assert f"::error file={said},line=" in out
    assert f'"uri": "{said}"' in run("validate", *options, "--format", "sarif", "--only", "records")[1]


def test_rdf_files_are_named_as_given(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    literal = '"2031-13-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    (tmp_path / "data" / "x.ttl").write_text(f"<https://example.org/a> <https://example.org/b> {literal} .\n")
    monkeypatch.chdir(tmp_path / "data")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    code, out, _ = run("validate", "x.ttl", "--format", "github", "--only", "literals")
    assert code == 1
    assert "::error file=data/x.ttl,line=1" in out
