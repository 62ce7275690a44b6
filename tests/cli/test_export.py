"""The command export: what is said, and what stops it: above all a graph/ that holds what was withdrawn since."""

import gzip
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.layout import Layout


def test_export(run, example: Layout, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    code, _, err = run("export", "--to", "nquads", *project)
    assert (code, "no graph here (*.nq). Build it: make. [graph-missing]" in err) == (2, True)
    run("build", *project)
    code, out, err = run("export", "--to", "nquads", *project)
    assert (code, err) == (0, "")
    whole = {str(quad) for path in example.graph.rglob("*.nq") for quad in ox.parse(path=path)}
    assert {str(quad) for quad in ox.parse(out, format=ox.RdfFormat.N_QUADS)} == whole
    path = tmp_path / "dale.trig.gz"
    chosen = ("--to", "trig", "--interview", "val-dale", "--output", str(path))
    code, out, err = run("export", *chosen, *project)
    assert (code, out, err) == (0, "", f"{path} written\n")
    part = {str(quad) for quad in ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.TRIG)}
    assert part < whole
    assert run("export", *chosen, *project)[0] == 2, "it is there already"
    assert run("export", "--to", "nquads", "--graph", str(example.graph)) == run("export", "--to", "nquads", *project)


def test_what_was_withdrawn_since_does_not_go_out(run, example: Layout, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    run("build", *project)
    assert run("withdraw", "val-solen/8", *project)[0] == 0
    output = tmp_path / "all.nq"
    code, _, err = run("export", "--to", "nquads", "--output", output, *project)
    assert code == 2
    line = "graph/interview/val-solen.nq: not what the records give now. Build it anew: testimonia build."
    assert f"{line} [graph-out-of-date]" in err
    assert not output.exists()
    assert run("build", *project)[0] == 0
    assert run("export", "--to", "nquads", "--output", output, *project)[0] == 0
    claim = "<https://example.org/lantern/interview/val-solen/claim/8>"
    told = [line for line in output.read_text("utf-8").splitlines() if line.startswith(f"{claim} ")]
    assert [line.split()[2].rpartition("#")[2] for line in told] == ["Withdrawn>"]


def test_an_embargo_that_is_over_for_one_build_alone(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    record = example.records / "val-dale.yaml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("\nlanguage:", "\nvisibility: embargoed until 2031-01-01\nlanguage:", 1), "utf-8")
    dataset = example.dataset
    dataset.write_text(dataset.read_text("utf-8") + "repository: private\n", "utf-8")
    project, late = ("--project", str(example.root)), ("--as-of", "2031-01-01")
    assert run("lock", "--texts", example.root / "texts", *late, *project)[0] == 0
    assert run("build", *late, *project)[0] == 0
    code, out, err = run("export", "--to", "nquads", *late, *project)
    assert (code, "interview/val-dale/claim" in out) == (0, True), err
    code, out, err = run("export", "--to", "nquads", *project)
    assert (code, out) == (2, "")
    assert "graph/interview/val-dale.nq: not what the records give now" in err


def test_with_the_data_of_others(run, example: Layout, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    run("build", *project)
    for name, text in (("harbour", "<urn:a> <urn:b> [ <urn:c> 1 ] ."), ("ferry", "<urn:d> <urn:b> <urn:a> .")):
        (tmp_path / f"{name}.ttl").write_text(text, "utf-8")
        added = run("merge", "add", name, tmp_path / f"{name}.ttl", "--workspace", tmp_path / "w", *project)
        assert added[0] == 0, added
    code, out, err = run("export", "--to", "trig", "--workspace", tmp_path / "w", *project)
    assert (code, err) == (0, "")
    ours = {str(quad) for path in example.graph.rglob("*.nq") for quad in ox.parse(path=path)}
    theirs = {str(quad) for path in (tmp_path / "w").rglob("*.nq") for quad in ox.parse(path=path)}
    assert {str(quad) for quad in ox.parse(out, format=ox.RdfFormat.TRIG)} == ours | theirs
    output = tmp_path / "parts"
    assert run("export", "--to", "trig", "--workspace", tmp_path / "w", "--output", f"{output}/", *project)[0] == 0
    merged = {path.relative_to(output).as_posix() for path in output.rglob("merged/**/*.trig")}
    assert merged == {f"merged/{name}{rest}.trig" for name in ("harbour", "ferry") for rest in ("", "/source")}
    less = ("--workspace", tmp_path / "w", "--without", "harbour")
    out = run("export", "--to", "nquads", *less, *project)[1]
    assert ("merged/harbour" in out, "merged/ferry" in out) == (False, True)
    for options, said in (
        (("--to", "csv", "--workspace", tmp_path / "w"), "--workspace is for --to turtle, trig, nquads"),
        (("--to", "trig", "--without", "harbour"), "--without"),
        (("--to", "trig", "--workspace", tmp_path / "w", "--without", "harbor"), 'no source "harbor" here'),
        (("--to", "trig", "--workspace", tmp_path / "nowhere"), "no workspace here"),
    ):
        code, out, err = run("export", *options, *project)
        assert (code, out) == (2, ""), options
        assert said in err, err


def test_wrong_options(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    run("build", *project)
    for options, said in (
        (("--to", "trug"), 'Did you mean "trig"?'),
        (("--to", "trig", "--interview", "val-dael"), 'Did you mean "val-dale"?'),
        (("--to", "trig", "--output", "/nowhere/all.trig"), "cannot be written: No such file or directory"),
        (("--to", "trig", "--as-of", "May"), "expected"),
    ):
        code, out, err = run("export", *options, *project)
        assert (code, out) == (2, ""), options
        assert said in err, err
