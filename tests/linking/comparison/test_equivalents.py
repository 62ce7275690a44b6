"""Equivalents: a derived graph beside all others; sources keep their graphs, and take their equivalents with them."""

import itertools

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Solutions
from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.linking.comparison.merged import Merged, read_merged
from testimonia.rdf.reading import get_value
from testimonia.rdf.same_as_closure import find_equivalents, find_groups, map_equivalents
from testimonia.rdf.store import read_store, run_query

ID, REG = "https://example.org/lantern/id/", "https://register.example/"
SAME = (
    "GRAPH <https://example.org/lantern/equivalents> { ?one <http://www.w3.org/2004/02/skos/core#exactMatch> ?other }"
)


def ask(merged: Merged, query: str) -> list[tuple[str, ...]]:
    answer = run_query(merged.store, query, union=False)
    assert isinstance(answer, Solutions)
    return sorted(tuple(get_value(term) for term in row) for row in answer.rows)


def test_groups_are_the_same_in_any_order() -> None:
    pairs = [("a", "b"), ("b", "c"), ("d", "e"), ("c", "a"), ("f", "f")]
    for order in itertools.permutations(pairs):
        assert find_groups(order) == [("a", "b", "c"), ("d", "e")]


def test_each_of_a_group_is_joined_to_each_other() -> None:
    quads = map_equivalents([("urn:a", "urn:b", "urn:c")], "https://example.org/")
    pairs = {(q.subject.value, q.object.value) for q in quads}  # type: ignore[union-attr]
    assert pairs == set(itertools.permutations(["urn:a", "urn:b", "urn:c"], 2))


def test_positive_judgements_count_and_no_others(merged: Merged) -> None:
    assert merged.find_group(f"{ID}archive-raid") == (
        f"{ID}archive-raid",
        f"{REG}detention/2031-014",
        "https://watch.example/raid-5",
    )
    assert merged.find_group(f"{ID}mira-solen") == (f"{ID}mira-solen", "https://library.example/person/7")
    assert merged.find_group(f"{ID}lantern-review") == (f"{ID}lantern-review",)  # a close match
    assert len(merged.groups) == 5


def test_what_others_say_of_a_thing_is_found_by_one_step_with_its_source(merged: Merged) -> None:
    query = (
        f"SELECT ?source ?date {{ {SAME} GRAPH ?source {{ ?other <https://schema.org/startDate> ?date }} VALUES ?one"
    )
    assert ask(merged, f"{query} {{ <{ID}archive-raid> }} }}") == [
        ("https://example.org/lantern/merged/register", "2031-05-06"),
        ("https://example.org/lantern/merged/watch", "2031-05"),
    ]


def test_others_are_joined_to_each_other_by_way_of_ours(merged: Merged) -> None:
    query = f"SELECT ?other {{ {SAME} VALUES ?one {{ <{REG}detention/2031-014> }} }}"
    assert ask(merged, query) == [(f"{ID}archive-raid",), ("https://watch.example/raid-5",)]


def test_a_source_left_out_takes_its_equivalents_with_it(merged_layout: Layout) -> None:
    merged = read_merged(merged_layout, merged_layout.workspace, ["register"])
    assert merged.names == ("library", "watch")
    assert merged.find_group(f"{ID}archive-raid") == (f"{ID}archive-raid", "https://watch.example/raid-5")
    assert not ask(merged, f"SELECT ?other {{ {SAME} FILTER(STRSTARTS(STR(?other), '{REG}')) }}")
    assert not ask(merged, f"SELECT ?x {{ GRAPH ?g {{ ?x <{REG}ns#detainedIn> ?y }} }}")


def test_no_statement_of_anybody_is_changed(merged: Merged, merged_layout: Layout) -> None:
    own = set(read_store(merged_layout.graph))
    theirs = {
        quad
        for path in merged_layout.workspace.glob("*/*.nq")
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.N_QUADS)
    }
    derived = set(map_equivalents(merged.groups, merged.base))
    ours_as_default = {ox.Quad(q.subject, q.predicate, q.object) for q in own}
    assert set(merged.store) == own | theirs | derived | ours_as_default
    assert set(merged.own) == own


def test_a_link_to_what_nobody_speaks_of_joins_nothing(merged_layout: Layout, merged: Merged) -> None:
    assert merged.find_group(f"{ID}ostmark") == (f"{ID}ostmark", f"{REG}land/xo")  # the register names it once
    without = read_merged(merged_layout, merged_layout.workspace, ["register"])
    assert without.find_group(f"{ID}ostmark") == (f"{ID}ostmark",)
    nobody = read_merged(merged_layout)
    assert nobody.names == ()
    assert nobody.groups == ()
    assert not ask(nobody, f"SELECT ?one {{ {SAME} }}")


def test_things_joined_only_through_a_source_left_out_are_apart() -> None:
    """Two of ours that are the same as one of theirs are one with it, and two without it."""
    theirs = "https://register.example/both"
    pairs = [(f"{ID}{name}", theirs) for name in ("mira-solen", "ivo-brandt")]
    cases: tuple[tuple[list[ox.NamedNode], list[tuple[str, ...]]], ...] = (
        ([], []),
        ([ox.NamedNode("urn:x")], [(f"{ID}ivo-brandt", f"{ID}mira-solen", theirs)]),
    )
    for told, groups in cases:
        copy = ox.Store()
        links = ox.NamedNode("https://example.org/lantern/graph/links")
        same = ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
        copy.extend(ox.Quad(ox.NamedNode(a), same, ox.NamedNode(b), links) for a, b in pairs)
        copy.extend(ox.Quad(ox.NamedNode(theirs), same, node, ox.NamedNode("urn:g")) for node in told)
        assert find_equivalents(copy, "https://example.org/lantern/") == groups


def test_what_cannot_be_left_out_is_named(merged_layout: Layout) -> None:
    with pytest.raises(InputError, match=r'no source "registers" here.* Did you mean "register"'):
        read_merged(merged_layout, merged_layout.workspace, ["registers"])
    with pytest.raises(InputError, match="no workspace here"):
        read_merged(merged_layout, merged_layout.root / "nowhere")


def test_graphs_tell_their_source(merged: Merged) -> None:
    stem = "https://example.org/lantern/"
    assert merged.find_source(f"{stem}merged/watch") == "watch"
    assert [merged.find_source(stem + name) for name in ("graph/entities", "equivalents", "merged/watch/source")] == [
        None,
        None,
        None,
    ]
