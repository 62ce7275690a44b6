"""Sayings: each source's statements stay its own, of the IRI and in the graph that they were made in."""

from pathlib import Path

import pyoxigraph as ox

from testimonia.core.layout import Layout
from testimonia.linking.comparison.merged import Merged, read_merged
from testimonia.linking.comparison.sayings import find_accounts
from testimonia.linking.comparison.writing import write_account_quads, write_accounts
from testimonia.rdf.short_names import Naming

CASES = Path(__file__).resolve().parents[2] / "cases" / "comparison"


def test_accounts_are_told(merged: Merged, naming: Naming) -> None:
    text = write_accounts(find_accounts(merged, naming), merged, naming)
    assert text == (CASES / "equivalents.txt").read_text("utf-8")
    assert all(len(line) <= 80 for line in text.splitlines() if " " in line.strip())


def test_accounts_as_quads_are_statements_as_they_were_made(merged: Merged, naming: Naming) -> None:
    text = write_account_quads(find_accounts(merged, naming), merged)
    quads = set(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    assert quads <= set(merged.store)
    graphs = {str(quad.graph_name).strip("<>").rpartition("lantern/")[2] for quad in quads}
    assert graphs == {"graph/entities", "equivalents", "merged/library", "merged/register", "merged/watch"}
    assert text.splitlines() == sorted(text.splitlines())


def test_nothing_of_a_source_left_out_is_told(merged_layout: Layout, naming: Naming) -> None:
    merged = read_merged(merged_layout, merged_layout.workspace, ["register", "watch"])
    text = write_accounts(find_accounts(merged, naming), merged, naming)
    assert "  register\n" not in text
    assert "register.sssom.tsv" not in text
    assert "detention/2031-014" not in text
    assert "watch" not in text
    assert [account.thing.rpartition("/")[2] for account in find_accounts(merged, naming)] == [
        "mira-solen",
        "song-archive",
        "valdoria",
    ]


def test_a_thing_of_which_nobody_else_speaks_is_not_told(merged: Merged, naming: Naming) -> None:
    things = [account.thing.rpartition("/")[2] for account in find_accounts(merged, naming)]
    assert "ostmark" not in things  # linked, but no source says anything of it
    assert things == sorted(things)
    assert len(things) == 4
