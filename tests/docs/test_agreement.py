"""The pages on tables and agreement: what they show as JSON, YAML and SPARQL can be used as it stands."""

import re
from pathlib import Path

import pytest

from testimonia.core.layout import Layout
from testimonia.linking.comparison.figures import read_figure
from testimonia.linking.comparison.topics import read_topics
from testimonia.sources.tables.form import parse_form
from testimonia.sparql.forms import parse_form as parse_query

DOCS = Path(__file__).resolve().parents[2] / "docs"


def find_blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_the_context_of_the_page_can_be_used() -> None:
    (context,) = find_blocks("tables.md", "json")
    form = parse_form(context, "tables.md")
    assert (form.identity, sorted(form.columns), form.said) == ("number", ["arrested", "charges", "note", "place"], 1)


def test_the_topics_of_the_page_can_be_used(project_layout: Layout, tmp_path: Path) -> None:
    (topics,) = find_blocks("agreement.md", "yaml")
    (tmp_path / "mine.yaml").write_text(topics, "utf-8")
    assert [topic.name for topic in read_topics(project_layout, tmp_path / "mine.yaml")][-2:] == ["code", "detained"]


def test_the_queries_of_the_page_parse() -> None:
    queries = find_blocks("agreement.md", "sparql")
    assert [parse_query(query).variables for query in queries] == [("source", "date"), ("number", "unit", "date")]


@pytest.mark.parametrize(
    ("words", "qualifier", "core"),
    [
        ("9", "", "[9, 9]"),
        ("at least 9", "at-least", "[9, None]"),
        ("more than 9", "more-than", "(9, None]"),
        ("at most 9", "at-most", "[None, 9]"),
        ("less than 9", "less-than", "[None, 9)"),
        ("about 700", "about", "[650, 750]"),
        ("up to 30", "up-to", "[30, 30]"),
    ],
)
def test_the_table_of_rules_names_every_rule(words: str, qualifier: str, core: str) -> None:
    assert f"\n| {words} |" in (DOCS / "agreement.md").read_text("utf-8")
    found = read_figure(words.rpartition(" ")[2], qualifier).core
    low, high = (None if end is None else format(end.normalize(), "f") for end in (found.low, found.high))
    assert f"{'(' if found.above else '['}{low}, {high}{')' if found.below else ']'}" == core
