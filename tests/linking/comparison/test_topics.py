"""Topics: every problem of a file at once; a data set's own list before the model's."""

import shutil
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.core.namespaces import T
from testimonia.linking.comparison.topics import Way, read_topics

CASES = Path(__file__).resolve().parents[2] / "cases" / "comparison"


def test_every_problem_is_told_at_once(project_layout: Layout) -> None:
    with pytest.raises(InputError) as caught:
        read_topics(project_layout, CASES / "bad-topics.yaml")
    told = str(caught.value).replace("tests/cases/comparison/", "")
    assert told + "\n" == (CASES / "bad-topics.txt").read_text("utf-8")
    assert {problem.rule for problem in caught.value.findings} == {"topic-form"}


def test_topics_of_users_are_added(project_layout: Layout) -> None:
    model, both = read_topics(project_layout), read_topics(project_layout, CASES / "topics.yaml")
    assert both[: len(model)] == model
    detained = next(topic for topic in both if topic.name == "detained")
    assert (detained.way, detained.of, detained.counts, detained.unit) == (
        Way.FIGURE,
        (f"{T}Act",),
        "detained",
        "persons",
    )


def test_a_data_set_may_have_its_own(example: Layout) -> None:
    shutil.copy(CASES / "topics.yaml", example.root / "mappings" / "topics.yaml")
    assert [topic.name for topic in read_topics(example)] == ["code", "registered", "detained", "minors"]


def test_a_file_that_is_not_there(project_layout: Layout, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read: No such file or directory\. \[unreadable-file\]"):
        read_topics(project_layout, tmp_path / "none.yaml")
