"""Conflicts: what is one is told with every side; what cannot be compared is none."""

import csv
import io
import json
from pathlib import Path

import pytest

from testimonia.core.dates import find_span
from testimonia.core.layout import Layout
from testimonia.linking.comparison.conflicts import Conflict, find_conflicts, is_apart
from testimonia.linking.comparison.facts import FactReader
from testimonia.linking.comparison.merged import Merged, read_merged
from testimonia.linking.comparison.topics import Topic, Way, read_topics
from testimonia.linking.comparison.writing import write_conflicts, write_conflicts_csv, write_conflicts_json
from testimonia.rdf.short_names import Naming

CASES = Path(__file__).resolve().parents[2] / "cases" / "comparison"
ID = "https://example.org/lantern/id/"


@pytest.fixture(scope="module")
def topics(merged_layout: Layout) -> list[Topic]:
    """Those of the model and those of the case."""
    return read_topics(merged_layout, CASES / "topics.yaml")


@pytest.fixture(scope="module")
def reader(merged: Merged, naming: Naming) -> FactReader:
    return FactReader(merged, naming)


@pytest.fixture(scope="module")
def conflicts(merged: Merged, naming: Naming, topics: list[Topic]) -> list[Conflict]:
    return find_conflicts(merged, naming, topics)


def test_conflicts_are_told_with_every_side(conflicts: list[Conflict]) -> None:
    text = write_conflicts(conflicts)
    assert text == (CASES / "conflicts.txt").read_text("utf-8")
    assert all(len(line) <= 80 for line in text.splitlines())


def test_csv_has_a_row_for_each_side(conflicts: list[Conflict]) -> None:
    rows = list(csv.DictReader(io.StringIO(write_conflicts_csv(conflicts))))
    assert len(rows) == sum(len(conflict.facts) for conflict in conflicts) == 19
    raid = next(row for row in rows if row["claim"] == "val-solen#8" and row["compared"] == "date")
    assert (raid["thing"], raid["says"], raid["source"]) == (f"{ID}archive-raid", "2031-05-04", "ours")
    assert (raid["speaker"], raid["voice"], raid["passages"]) == ("Mira Solen", "interviewee", "turn 4, 393–518")


def test_json_has_graph_and_passage(conflicts: list[Conflict]) -> None:
    told = json.loads(write_conflicts_json(conflicts))
    assert len(told) == 6
    sides = told[0]["sides"]
    assert sides[2]["graph"] == "https://example.org/lantern/merged/register"
    assert sides[1]["voice"]["spans"] == [{"turn": 4, "start": 393, "end": 518}]


def test_a_source_left_out_disagrees_with_nobody(merged_layout: Layout, naming: Naming) -> None:
    topics = read_topics(merged_layout, CASES / "topics.yaml")
    merged = read_merged(merged_layout, merged_layout.workspace, ["register"])
    found = find_conflicts(merged, naming, topics)
    assert {fact.source for conflict in found for fact in conflict.facts} == {"", "library", "watch"}
    nobody = read_merged(merged_layout, merged_layout.workspace, (*merged.names, "register"))
    assert {fact.source for c in find_conflicts(nobody, naming, topics) for fact in c.facts} == {""}


def test_voices_of_ours_are_sides_too(merged_layout: Layout, naming: Naming) -> None:
    found = find_conflicts(read_merged(merged_layout), naming, read_topics(merged_layout))
    assert [(c.name, c.topic, c.about) for c in found] == [
        ("archive-raid", "date", ""),
        ("archive-raid", "figure", "detained/minors (persons)"),
    ]


@pytest.mark.parametrize(
    ("thing", "topic", "about", "says"),
    [
        ("mira-solen", "name", "ru", ["Солен, Мира"]),  # another language
        ("mira-solen", "name", "en", ["Mira Solen", "Solen, Mira"]),  # the same words in another order
        ("song-archive", "registered", "", ["ostmark", "https://register.example/land/xo"]),  # one thing by a link
        ("valdoria", "name", "en", ["Valdoria", "Republic of Valdoria"]),  # the one within the other
    ],
)
def test_what_is_no_conflict(  # noqa: PLR0917
    thing: str,
    topic: str,
    about: str,
    says: list[str],
    conflicts: list[Conflict],
    reader: FactReader,
    topics: list[Topic],
) -> None:
    assert not [c for c in conflicts if (c.name, c.topic, c.about) == (thing, topic, about)]
    group = reader.merged.find_group(ID + thing)
    facts = [f for t in topics if t.name == topic for f in reader.find_facts(group, t) if f.about == about]
    assert [fact.says for fact in facts] == says


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("2031", "2031-05-04", False),
        ("2031-05", "2031-05-31", False),
        ("2031-05", "2031-06", True),
        ("early 2031", "2031-04-30", False),
        ("early 2031", "2031-05-01", True),
        ("203X", "2031-05-01", False),
        ("202X", "2031", True),
    ],
)
def test_dates_are_apart_without_a_day_in_common(one: str, other: str, apart: bool) -> None:
    assert is_apart(find_span(one), find_span(other)) is apart


def test_every_topic_of_the_model_has_one_value_or_can_be_compared(project_layout: Layout) -> None:
    """`maxCount 1` in the shapes, but for names and figures, which are compared within a language or a count."""
    from testimonia.vocabulary.reading import read_vocabulary

    keys = {key.property: key for key in read_vocabulary(project_layout).keys.values()}
    topics = read_topics(project_layout)
    assert len(topics) == 5
    for topic in topics:
        if topic.way not in {Way.NAME, Way.FIGURE}:
            for name in topic.ours:
                assert set(keys[name].most.values()) == {1}, topic.name
