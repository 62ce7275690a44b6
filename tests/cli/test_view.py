"""The command view: it lists, prints and refuses."""

from tests.programs import Run

from testimonia.core.layout import Layout


def test_view_prints_lists_and_refuses(run: Run, example: Layout) -> None:
    project = ("--project", example.root)
    assert run("build", *project)[0] == 0
    assert run("view", *project)[1].startswith("events  [")
    code, printed, _ = run("view", "events", *project)
    assert code == 0
    assert "sem:hasActor" in printed
    out = example.root / "events.nt"
    assert run("view", "events", "--format", "ntriples", "--out", str(out), *project)[0] == 0
    assert out.read_text("utf-8").count(" .\n") > 500
    assert run("view", "event", *project)[0] == 2
    assert run("view", "events", "--format", "csv", *project)[0] == 2
