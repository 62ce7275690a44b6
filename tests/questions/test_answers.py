"""Expected answers are made, compared and rewritten; what is missing, stale or stray is named."""

import shutil
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout, find_model_root
from testimonia.questions.answers import check_answers, make_answers, write_answers

QUESTION = """#+ summary: Which?
#+ description: All of them.
#+ audience: Anybody, to see.
#+ tags: [test]
#+ columns:
#+   x: one
#+ evidence: [x]
SELECT ?x { ?x <x:p> ?y } ORDER BY ?x
"""
FILES = {"a.nq": b"<x:b> <x:p> 'b' <x:g> .\n<x:a> <x:p> '-1' <x:g> .\n".replace(b"'", b'"')}


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path, find_model_root())
    for folder in (layout.questions, layout.answers, layout.graph, layout.dataset.parent):
        folder.mkdir(parents=True)
    layout.dataset.write_text("base: https://example.org/\n")
    (tmp_path / "queries" / "tags.yaml").write_text("test: for tests\n")
    (layout.questions / "which.rq").write_text(QUESTION)
    (layout.graph / "a.nq").write_bytes(FILES["a.nq"])
    return layout


def test_made_and_written(layout: Layout) -> None:
    assert make_answers(layout, FILES) == {"which.csv": b"x\nx:a\nx:b\n"}
    assert write_answers(layout) == ["which.csv"]
    assert write_answers(layout) == []
    assert check_answers(layout) == []


def test_missing_stale_and_stray(layout: Layout) -> None:
    shutil.copy(layout.questions / "which.rq", layout.questions / "again.rq")
    (layout.answers / "which.csv").write_text("x\nx:a\nx:c\n")
    (layout.answers / "gone.csv").write_text("x\n")
    assert [str(p).split(". ")[0] for p in sorted(check_answers(layout))] == [
        "queries/answers/again.csv: no expected answer",
        "queries/answers/gone.csv: an answer to no question",
        "queries/answers/which.csv:3:1: the graph gives another answer from here on",
    ]
    assert [p.rule for p in sorted(check_answers(layout))] == ["answer-missing", "answer-missing", "answer-differs"]
    assert write_answers(layout) == ["again.csv", "gone.csv", "which.csv"]
    assert check_answers(layout) == []


def test_rows_without_a_claim_are_refused(layout: Layout) -> None:
    bare = QUESTION.replace("evidence: [x]", "evidence: [w]").replace(
        "?y } ORDER", "?y . OPTIONAL { ?w ?x ?y } } ORDER"
    )
    (layout.questions / "bare.rq").write_text(bare)
    with pytest.raises(
        InputError, match=r"bare\.rq: no claim stands behind row 1 of its answer\. .* \[evidence-form\]"
    ):
        make_answers(layout, FILES)


def test_ties_and_empty_answers_are_refused(layout: Layout) -> None:
    tied = QUESTION.replace("SELECT ?x { ?x <x:p> ?y } ORDER BY ?x", "SELECT ?x { ?x <x:p> ?y } ORDER BY ?y")
    (layout.questions / "tied.rq").write_text(tied)
    (layout.questions / "empty.rq").write_text(QUESTION.replace("x:p", "x:q"))
    with pytest.raises(InputError) as caught:
        make_answers(layout, FILES)
    assert [str(p).split(". ")[0] for p in caught.value.findings] == [
        "queries/questions/empty.rq: its answer over the graph has no row",
        "queries/questions/tied.rq: ORDER BY leaves row 2 of its answer and an earlier one in either order",
    ]
