"""Sources: damaged, missing and foreign graphs; parts of a graph by interview, with all that they mention."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import InputError, QueryError
from testimonia.core.namespaces import PREFIXES, TERM, T
from testimonia.export.forms import write_export
from testimonia.export.selection import select_interviews
from testimonia.export.source import ExportSource, collect_source, read_source, split_source

BASE = "https://example.org/lantern/"
INTERVIEW = f"{BASE}graph/interview/val-dale"


def list_quads(source: ExportSource) -> list[ox.Quad]:
    return [quad for part in source.read_parts() for quad in part.quads]


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no graph here \(\*\.nq\)\. Build it: make\. \[graph-missing\]"):
        read_source(tmp_path)


def test_a_damaged_graph(lantern: Path, tmp_path: Path) -> None:
    for path in lantern.rglob("*.*"):
        (tmp_path / path.relative_to(lantern).parent).mkdir(parents=True, exist_ok=True)
        (tmp_path / path.relative_to(lantern)).write_bytes(path.read_bytes()[:-2])
    (tmp_path / "MANIFEST.json").write_bytes((lantern / "MANIFEST.json").read_bytes())
    with pytest.raises(InputError, match=r"damaged-graph") as caught:
        read_source(tmp_path)
    assert len(caught.value.findings) == len(list(lantern.rglob("*.nq")))


@pytest.mark.parametrize("text", ["<urn:a> <urn:b> .\n", "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a>"])
def test_what_is_no_nquads(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text(text, "utf-8")
    with pytest.raises(
        InputError, match=r"^[^:/]+/a\.nq:\d+:\d+: not N-Quads: .*remove it and add it anew.*\[not-rdf\]"
    ):
        list_quads(read_source(tmp_path))


def test_a_file_that_goes_away(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n", "utf-8")
    source = read_source(tmp_path)
    (tmp_path / "a.nq").unlink()
    with pytest.raises(InputError, match=r"a\.nq: cannot be read: No such file or directory.*\[unreadable-file\]"):
        list_quads(source)


def test_strangers_have_no_base(tmp_path: Path) -> None:
    text = "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> <urn:g> .\n"
    (tmp_path / "a.nq").write_text(text, "utf-8")
    (tmp_path / "b.nq").write_text("", "utf-8")
    source = collect_source(sorted(tmp_path.glob("*.nq")))
    assert (source.base, [part.name for part in source.read_parts()]) == ("", ["", "urn:g"])
    assert [name for name, _ in split_source(source)] == [""]


def test_no_graph_leads_out_of_a_folder(tmp_path: Path) -> None:
    names = ("../../a", "file:///etc/passwd", "https://example.org/x/../y", "urn:g")
    (tmp_path / "a").mkdir()
    for place, name in enumerate(names):
        (tmp_path / "a" / f"{place}.nq").write_text(
            f"<urn:a> <urn:b> <urn:c> <{name}> .\n".replace("<..", "<x:.."), "utf-8"
        )
    write_export(read_source(tmp_path / "a"), "turtle", f"{tmp_path / 'out'}/")
    assert len([path for path in (tmp_path / "out").iterdir() if path.is_file()]) == len(names)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "out"]


def test_an_interview_with_all_that_it_mentions(lantern: Path) -> None:
    whole = {str(quad) for path in lantern.rglob("*.nq") for quad in ox.parse(path=path)}
    found = list_quads(select_interviews(read_source(lantern), ["val-dale"]))
    assert {str(quad) for quad in found} < whole
    graphs = {getattr(quad.graph_name, "value", "") for quad in found}
    assert graphs == {f"{BASE}graph/{name}" for name in ("dataset", "dates", "entities", "vocabulary")} | {INTERVIEW}
    there = {quad.subject for quad in found}
    everything = {quad.subject for quad in list_quads(read_source(lantern))}
    described = (f"{BASE}interview/", f"{BASE}graph/")
    mentioned = {
        term
        for quad in found
        for term in quad.triple
        if isinstance(term, ox.NamedNode)
        and not term.value.startswith(described)
        and term.value.startswith((BASE, TERM, T))
    }
    assert (mentioned & everything) <= there
    solen = ox.NamedNode(f"{BASE}id/mira-solen")
    assert len(found) < len(whole)
    assert not any(quad.subject == solen for quad in found), "she is not mentioned there"
    assert not any(quad.predicate.value.startswith(PREFIXES["void"]) for quad in found), "counts of the whole"
    titles = [q.object for q in found if q.predicate.value == PREFIXES["dct"] + "license"]
    assert titles


def test_all_interviews_are_all_that_is_told(lantern: Path) -> None:
    chosen = {str(q) for q in list_quads(select_interviews(read_source(lantern), ["val-dale", "val-solen"]))}
    rest = [q for q in list_quads(read_source(lantern)) if str(q) not in chosen]
    stem = f"{BASE}graph/"
    assert {getattr(q.graph_name, "value", "").removeprefix(stem) for q in rest} <= {"dataset", "vocabulary"}


def test_unknown_interviews_are_all_named(lantern: Path) -> None:
    with pytest.raises(QueryError) as caught:
        select_interviews(read_source(lantern), ["val-dael", "val-dale", "x"])
    assert str(caught.value).splitlines() == [
        '--interview "val-dael": there is no such interview. Did you mean "val-dale"?',
        '--interview "x": there is no such interview.',
        "There are: val-dale, val-solen",
    ]
