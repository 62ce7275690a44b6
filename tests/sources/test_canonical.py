"""Blank nodes: RDFC-1.0 as the public suite has it; names that do not hang on labels, order, or edits elsewhere."""

import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.sources.bnode_components import Component
from testimonia.sources.canonical import label_component
from testimonia.sources.copying import Copy

from .conftest import CASES

GOOD = CASES / "good"
SOURCE = "https://example.org/merged/a"
NODE = re.compile(rf"{SOURCE}/node/[0-9a-f]{{32}}")
LABEL = re.compile(r"_:(?!c\")[0-9a-z]+")
"""A blank node, but not the words in a literal of harbour.ttl that look like one."""
POISON = {"074"}
"""Tests of graphs that must be stopped instead: tests/sources/test_adding.py."""
OTHER_HASH = {"075"}
"""A test with SHA-384, which nothing here uses."""


def copy(folder: Path, *files: Path) -> list[str]:
    """The lines of our copy of files."""
    waiting = folder / "waiting"
    waiting.mkdir(parents=True, exist_ok=True)
    made = Copy(SOURCE, waiting, 10.0)
    for file in files:
        made.add_file(file, file.name, None)
    made.write(folder / "data.nq")
    return (folder / "data.nq").read_text("utf-8").split("\n")[:-1]


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.mark.suites
def test_labels_are_those_of_the_suite(suites: Path) -> None:
    folder = suites / "rdf-canon" / "tests" / "rdfc10"
    tested = 0
    for path in sorted(folder.glob("*-in.nq")):
        if any(number in path.name for number in POISON | OTHER_HASH):
            continue
        lines = sorted({str(quad) for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)})
        wanted = path.with_name(path.name.replace("-in.nq", "-rdfc10.nq")).read_text("utf-8")
        assert "".join(f"{line} .\n" for line in label_component(Component(2, lines))) == wanted, path.name
        tested += 1
    assert tested == 63


@pytest.mark.suites
def test_one_blank_node_is_labelled_as_the_library_labels_it(suites: Path) -> None:
    folder = suites / "rdf-canon" / "tests" / "rdfc10"
    tested = 0
    for path in sorted(folder.glob("*-in.nq")):
        lines = sorted({str(quad) for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)})
        if len(set(re.findall(r"_:\w+", " ".join(lines)))) == 1:
            assert label_component(Component(1, lines)) == label_component(Component(2, lines)), path.name
            tested += 1
    assert tested > 5


@pytest.mark.parametrize("seed", range(5))
def test_labels_and_order_do_not_matter(tmp_path: Path, seed: int) -> None:
    quads = [quad for path in (GOOD / "harbour.ttl", GOOD / "registry.trig") for quad in ox.parse(path=str(path))]
    lines = [f"{quad} .\n" for quad in quads]
    shuffled = random.Random(seed)
    labels = sorted({label for line in lines for label in LABEL.findall(line)})
    others = dict(zip(labels, shuffled.sample(range(1000), len(labels)), strict=True))
    changed = [LABEL.sub(lambda m: f"_:b{others[m[0]]}", line) for line in lines]
    shuffled.shuffle(changed)
    first = copy(tmp_path / "a", write(tmp_path / "a.nq", "".join(lines)))
    assert copy(tmp_path / "b", write(tmp_path / "b.nq", "".join(changed))) == first
    assert len(first) == len(set(lines))
    assert not any("_:" in line.replace('<b> _:c"', "") for line in first)


def test_an_edit_renames_only_what_hangs_together_with_it(tmp_path: Path) -> None:
    text = (GOOD / "harbour.ttl").read_text("utf-8")
    before = copy(tmp_path / "a", write(tmp_path / "a.ttl", text))
    after = copy(tmp_path / "b", write(tmp_path / "b.ttl", text.replace("Quay 1", "Quay 2")))
    gone, new = set(before) - set(after), set(after) - set(before)
    assert len(gone) == len(new) == 4  # the seat, its street, its city, the city's name
    more = copy(tmp_path / "c", write(tmp_path / "c.ttl", text + 'x:ostmark x:seat [ x:street "Quay 9" ] .'))
    assert set(before) < set(more)


def test_knots_that_say_the_same_stay_as_many(tmp_path: Path) -> None:
    same = '[] <x:p> [ <x:q> "a" ] .\n'
    counts = []
    for times in (1, 2, 3):
        lines = copy(tmp_path / str(times), write(tmp_path / f"{times}.ttl", same * times))
        counts.append((len(lines), len({node for line in lines for node in NODE.findall(line)})))
    assert counts == [(2, 2), (4, 4), (6, 6)]
    both = copy(tmp_path / "both", tmp_path / "1.ttl", tmp_path / "2.ttl")
    assert both == copy(tmp_path / "three", tmp_path / "3.ttl")


def test_named_graphs_have_our_names_and_blank_ones_too(tmp_path: Path) -> None:
    lines = copy(tmp_path / "a", GOOD / "registry.trig")
    graphs = {line.split()[-2][1:-1] for line in lines}
    assert len(graphs) == 3
    assert SOURCE in graphs
    assert all(re.fullmatch(rf"{SOURCE}/graph/[0-9a-f]{{16}}", graph) for graph in graphs - {SOURCE})


def test_what_others_say_of_ours_does_not_get_into_our_graphs(tmp_path: Path) -> None:
    forged = '<https://example.org/id/x> <x:p> "a" <https://example.org/graph/entities> .\n'
    forged += f'<x:a> <x:p> "a" <{SOURCE}/source> .\n<x:a> <x:p> "a" <https://example.org/merged/b> .\n'
    lines = copy(tmp_path / "a", write(tmp_path / "a.nq", forged))
    assert all(re.fullmatch(rf".* <{SOURCE}/graph/[0-9a-f]{{16}}> \.", line) for line in lines)
    assert len(lines) == 3
