from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import InputError
from testimonia.core.record import Position
from testimonia.validation.subjects import find_subjects, read_subjects

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for folder in ("ontology", "shapes", "graph", "tests/cases/shapes")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".ttl", ".nq"}
)
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nq": ox.RdfFormat.N_QUADS}
TRICKY = '''\
# <https://example.org/not> e:a e:b .
@base <https://example.org/> .
@prefix e: <ns#> .
PREFIX : <https://example.org/other/>
e:a e:p "a . e:no e:p" , \'\'\'long
. e:no e:p e:b .\'\'\' ; e:q 1.5 , .5 , 1. <b> e:p true .
:c.d e:p "\\"" , [ e:q [ e:r ( e:x "]" ) ] ] . # e:no .
[] e:p e:q .
[ e:p e:q ] e:r e:s .
( e:p ) e:r e:s .
  e:a\\~b e:p """a "quoted" \\""" word""" .e:f e:p e:g .
'''


def test_tricky_turtle() -> None:
    found = list(find_subjects(TRICKY))
    assert found == [
        ("https://example.org/ns#a", 5, 1),
        ("https://example.org/b", 6, 41),
        ("https://example.org/other/c.d", 7, 1),
        ("https://example.org/ns#a~b", 11, 3),
        ("https://example.org/ns#f", 11, 42),
    ]
    parsed = {t.subject.value for t in ox.parse(TRICKY, format=ox.RdfFormat.TURTLE) if _is_iri(t.subject)}
    assert {iri for iri, _, _ in found} == parsed


TRIG = """\
PREFIX e: <https://example.org/>
e:g { e:a e:p e:b . e:c e:p e:d }
GRAPH <https://example.org/h> {
 e:i e:p 1 }
"""
QUADS = """\
# <https://example.org/no> .
<https://example.org/é> <https://example.org/p> "<x>" .
  <https://example.org/b> <e:p> _:x .
_:x <e:p> <e:q> .
"""


def test_trig_names_graphs_too() -> None:
    found = [(iri[-1], line) for iri, line, _ in find_subjects(TRIG)]
    assert found == [("g", 2), ("a", 2), ("c", 2), ("h", 3), ("i", 4)]


def test_lines_of_n_quads() -> None:
    assert list(find_subjects(QUADS, lines=True)) == [("https://example.org/é", 2, 1), ("https://example.org/b", 3, 3)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_same_subjects_as_the_parser(path: Path) -> None:
    parsed = ox.parse(path=str(path), format=FORMATS[path.suffix])
    expected = {t.subject.value for t in parsed if _is_iri(t.subject)}
    found = list(find_subjects(path.read_text("utf-8"), lines=path.suffix == ".nq"))
    assert {iri for iri, _, _ in found} == expected
    lines = path.read_text("utf-8").splitlines()
    assert all(lines[line - 1][column - 1] not in " \t" for _, line, column in found)


def test_there_are_files_to_compare() -> None:
    assert len(FILES) > 250


def test_the_first_file_counts_and_only_what_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<e:b> <e:p> 1 .\n<e:a> <e:p> 1 .\n<e:a> <e:q> 1 .\n")
    (tmp_path / "b.nt").write_text("<e:a> <e:p> <e:c> .\n<e:d> <e:p> <e:c> .\n")
    (tmp_path / "c.jsonld").write_text('{"@id": "e:f"}')
    paths = sorted(tmp_path.iterdir())
    found = read_subjects(paths, lambda path: path.name, {"e:a", "e:d", "e:f"})
    assert found == {"e:a": Position("a.ttl", 2, 1), "e:d": Position("b.nt", 2, 1)}


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.ttl: cannot be read"):
        read_subjects([tmp_path / "none.ttl"], lambda path: path.name, {"e:a"})


def _is_iri(node: object) -> bool:
    return isinstance(node, ox.NamedNode)
