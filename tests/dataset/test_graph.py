"""The graph: rebuilt byte for byte, one graph for each triple, no blank node, a small edit a small difference."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.atomic import compare_folder, write_folder
from testimonia.core.layout import MANIFEST, Layout
from testimonia.dataset.project import build_project, lock_project, read_lock, read_locked_project, read_project


def build(layout: Layout) -> dict[str, bytes]:
    project = read_project(layout)
    return build_project(project, read_lock(layout)).files


def test_the_committed_graph_is_what_the_records_give(project_layout: Layout) -> None:
    assert compare_folder(project_layout.graph, build(project_layout)) == [], "Run: make generated"


@pytest.mark.texts
def test_the_texts_give_the_committed_lock_and_bear_out_every_passage(project_layout: Layout, texts: Path) -> None:
    project, lock = read_locked_project(project_layout, texts)
    assert lock_project(project, texts) == lock, "Run: make generated TEXTS=DIR"


def test_the_examples_texts_give_its_committed_lock(example: Layout) -> None:
    project = read_project(example)
    assert lock_project(project, example.root / "texts") == read_lock(example), "Run: make generated"


def test_each_triple_is_in_one_graph_and_no_node_is_blank(project_layout: Layout) -> None:
    triples: Counter[ox.Triple] = Counter()
    for path in project_layout.graph.rglob("*.nq"):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            assert str(quad.graph_name).endswith(f"graph/{path.relative_to(project_layout.graph).with_suffix('')}>")
            triples[quad.triple] += 1
    assert len(triples) > 5000
    assert max(triples.values()) == 1


def test_files_are_sorted_and_the_manifest_tells_their_digests(project_layout: Layout) -> None:
    manifest = json.loads((project_layout.graph / MANIFEST).read_text("utf-8"))
    names = {p.relative_to(project_layout.graph).as_posix() for p in project_layout.graph.rglob("*.nq")}
    assert set(manifest["files"]) == names
    for name, facts in manifest["files"].items():
        content = (project_layout.graph / name).read_bytes()
        lines = content.decode().splitlines()
        assert lines == sorted(set(lines))
        assert facts == {"sha256": hashlib.sha256(content).hexdigest(), "triples": len(lines)}


def test_an_edited_line_is_one_line_of_difference(example: Layout) -> None:
    before = build(example)
    path = example.records / "val-solen.yaml"
    text = path.read_text("utf-8")
    gist = next(line for line in text.splitlines() if line.strip().startswith("gist:"))
    path.write_text(text.replace(gist, gist + " Indeed."), "utf-8")
    after = build(example)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"interview/val-solen.nq", MANIFEST}
    lines = (set(before["interview/val-solen.nq"].splitlines()), set(after["interview/val-solen.nq"].splitlines()))
    assert (len(lines[0] - lines[1]), len(lines[1] - lines[0])) == (1, 1)


def test_a_claim_of_no_country_has_none_and_all_else_as_before(example: Layout) -> None:
    before = build(example)["interview/val-solen.nq"].decode().splitlines()
    path = example.records / "val-solen.yaml"
    text = path.read_text("utf-8")
    assert text.count("  date: 2031-05-04\n  figures:\n") == 1
    path.write_text(
        text.replace("  date: 2031-05-04\n  figures:\n", "  date: 2031-05-04\n  country: none\n  figures:\n")
    )
    after = build(example)["interview/val-solen.nq"].decode().splitlines()
    (gone,) = set(before) - set(after)
    assert "/claim/8> <https://w3id.org/testimonia/ontology#country>" in gone
    assert set(after) < set(before)


def test_a_folder_that_cannot_be_written_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "graph"
    write_folder(folder, {"a.nq": b"old"})

    def fail(_self: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space left"):
        write_folder(folder, {"a.nq": b"new"})
    assert (folder / "a.nq").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]
