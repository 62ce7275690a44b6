"""Problems of the command line itself: each has its code."""

from collections.abc import Callable

import pytest

from testimonia.cli.commands.read import read_interview
from testimonia.cli.options import get_layout, get_texts_folder
from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.dataset.private import _get_key, keep_private
from testimonia.dataset.project import build_project, read_locked_project, write_graph
from testimonia.drafting.lookup import get_referenced
from testimonia.rdf.reading import read_turtle
from testimonia.texts.reading import read_texts


def use_missing_folder(layout: Layout) -> None:
    with keep_private(layout, layout.root / "nowhere"):
        pass


def use_damaged_key(layout: Layout) -> None:
    layout.key.write_text("password")
    _get_key(layout)


def read_broken_turtle(layout: Layout) -> None:
    path = layout.root / "broken.ttl"
    path.write_text("<https://example.org/a> a .")
    read_turtle([path], str)


def ask_for_no_interview(layout: Layout) -> None:
    get_referenced(read_texts(layout.root / "texts"), "lantern.txt#99")


def read_no_interview(layout: Layout) -> None:
    write_graph(layout.graph, build_project(*read_locked_project(layout, None)))
    read_interview("val-solon", project=layout.root)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda _: get_texts_folder(None), "option-needed"),
        (lambda layout: get_layout(layout.root / "texts"), "project-incomplete"),
        (use_missing_folder, "private-folder"),
        (use_damaged_key, "private-key"),
        (read_broken_turtle, "not-rdf"),
        (ask_for_no_interview, "not-found"),
        (read_no_interview, "interview-not-in-graph"),
    ],
)
def test_a_problem_has_its_code(example: Layout, act: Callable[[Layout], object], code: str) -> None:
    with pytest.raises(InputError) as raised:
        act(example)
    assert {problem.rule for problem in raised.value.findings} == {code}
    assert str(raised.value).endswith(f"[{code}]")
