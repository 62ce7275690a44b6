"""Expected answers are made, compared and rewritten; what is missing, stale or stray is named."""

import shutil
from pathlib import Path

import pytest

from testimonia.core.atomic import compare_folder, write_folder
from testimonia.core.errors import InputError
from testimonia.core.layout import Layout, find_model_root
from testimonia.questions.answers import make_answers

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


def test_made_and_compared(layout: Layout) -> None:
    made = make_answers(layout, FILES)
    assert made == {"which.csv": b"x\nx:a\nx:b\n"}
    assert compare_folder(layout.answers, made) == ["which.csv"]
    write_folder(layout.answers, made)
    assert compare_folder(layout.answers, made) == []


def test_missing_stale_and_stray(layout: Layout) -> None:
    shutil.copy(layout.questions / "which.rq", layout.questions / "again.rq")
    (layout.answers / "which.csv").write_text("x\nx:a\nx:c\n")
    (layout.answers / "gone.csv").write_text("x\n")
    made = make_answers(layout, FILES)
    assert compare_folder(layout.answers, made) == ["again.csv", "gone.csv", "which.csv"]
    write_folder(layout.answers, made)
    assert compare_folder(layout.answers, made) == []


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
