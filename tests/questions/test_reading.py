"""Question files: the project's own are whole, and each way of being wrong is named with its place."""

import re
import shutil
from pathlib import Path

import pytest

from testimonia.core.errors import InputError, QueryError
from testimonia.core.layout import Layout, find_model_root
from testimonia.questions.question import Question
from testimonia.questions.reading import parse_question, read_question, read_questions, read_tags

CASES = Path(__file__).resolve().parents[1] / "cases" / "questions" / "malformed"
MALFORMED = sorted(CASES.glob("*.rq"))


def test_the_cases_are_all_there() -> None:
    assert len(MALFORMED) == 18
    assert {p.stem for p in MALFORMED} == {p.stem for p in CASES.glob("*.txt")}


@pytest.mark.parametrize("path", MALFORMED, ids=lambda p: p.stem)
def test_malformed(path: Path) -> None:
    question, problems = parse_question(path.read_text("utf-8"), path.stem, path.name, tags={"test": "for tests"})
    assert question is None
    assert [str(p) for p in sorted(problems)] == path.with_suffix(".txt").read_text("utf-8").splitlines()


def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    layout = Layout(tmp_path, find_model_root())
    layout.questions.mkdir(parents=True)
    for name in ("a", "b"):
        (layout.questions / f"{name}.rq").write_text("ASK { }")
    (layout.questions / "c.rq").write_bytes(b"\xff")
    (layout.questions / "Not A Slug.rq").write_text("ASK { }")
    with pytest.raises(InputError) as caught:
        read_questions(layout)
    assert {Path(p.file).name for p in caught.value.findings} == {"a.rq", "b.rq", "c.rq", "Not A Slug.rq"}


def test_one_question_is_read_whatever_is_wrong_with_others(tmp_path: Path, project_layout: Layout) -> None:
    layout = Layout(tmp_path, find_model_root())
    layout.questions.mkdir(parents=True)
    shutil.copy(project_layout.questions / "laws.rq", layout.questions)
    (layout.questions / "lawless.rq").write_text("ASK { }")
    assert read_question(layout, "laws").slug == "laws"
    with pytest.raises(InputError, match=r"lawless\.rq"):
        read_question(layout, "lawless")
    with pytest.raises(QueryError, match='no question "law"'):
        read_question(layout, "law")


def test_no_question_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"queries/questions/: no question here"):
        read_questions(Layout(tmp_path, find_model_root()))


def test_the_list_in_the_documentation_is_whole(questions: dict[str, Question], project_layout: Layout) -> None:
    text = (project_layout.root / "docs" / "questions.md").read_text("utf-8").partition("\n## Ways in\n")[2]
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", text, flags=re.M)) == sorted(questions)


def test_own_questions_are_whole(questions: dict[str, Question]) -> None:
    assert len(questions) >= 74
    for question in questions.values():
        assert all(question.columns.values())
        assert all(p.description for p in question.parameters.values())
        assert question.summary.endswith("?")
        assert question.audience.endswith(".")
        assert question.evidence


def test_every_tag_is_used_and_described(questions: dict[str, Question], project_layout: Layout) -> None:
    tags = read_tags(project_layout)
    assert all(text.endswith(".") for text in tags.values())
    assert set(tags) - {"quality"} == {tag for question in questions.values() for tag in question.tags} - {"quality"}


def test_tags_are_lines_of_text(tmp_path: Path) -> None:
    layout = Layout(tmp_path, find_model_root())
    assert read_tags(layout), "a data set without a list of its own has that of the model"
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "tags.yaml").write_text("laws: Laws.\nmedia: [a]\npress: ''\n")
    with pytest.raises(InputError) as caught:
        read_tags(layout)
    assert [(p.file, p.line, p.rule) for p in caught.value.findings] == [
        ("queries/tags.yaml", 2, "value-expected"),
        ("queries/tags.yaml", 3, "value-expected"),
    ]
