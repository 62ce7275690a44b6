"""Skeletons: a record that can be read, that says what is missing, and that is never written over another."""

import shutil
from pathlib import Path

import pytest
import yaml

from testimonia.anchors.cues import resolve_cue
from testimonia.core.errors import InputError
from testimonia.core.evidence import Cue, Passage
from testimonia.core.layout import Layout, find_model_root
from testimonia.core.text import Interview, Voice
from testimonia.core.yaml_tree import parse_tree
from testimonia.drafting.lookup import find_reference, get_interview, get_referenced
from testimonia.drafting.skeletons import format_skeleton, write_skeleton
from testimonia.records.parsing import Parser
from testimonia.texts.reading import Texts, read_texts
from testimonia.vocabulary.reading import read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests" / "cases" / "drafting" / "skeleton.yaml"
TEXT = ROOT / "tests" / "cases" / "anchors"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "mappings" / "interviews").mkdir(parents=True)
    return Layout(tmp_path, find_model_root())


@pytest.fixture(scope="module")
def texts() -> Texts:
    return read_texts(ROOT / "examples" / "lantern" / "texts")


@pytest.fixture(scope="module")
def interview(texts: Texts) -> Interview:
    return texts.readings["lantern.txt"].interviews[0]


def test_skeleton_is_the_expected_one() -> None:
    (small,) = read_texts(TEXT).readings["source.txt"].interviews
    assert format_skeleton(small, slug="song") == EXPECTED.read_text("utf-8")


def test_stubs_are_claims_once_the_comment_marks_are_gone(interview: Interview) -> None:
    lines = format_skeleton(interview).splitlines()
    stubs = [line.removeprefix("# ") for line in lines if line.startswith(("# - ", "#   "))]
    claims = yaml.safe_load("\n".join(stubs))
    assert [c["id"] for c in claims] == list(range(1, len(claims) + 1))
    for claim in claims:
        first, _, last = claim["quote"].partition(" … ")
        cue = Cue(Voice(claim.get("speaker", "interviewee")), first, last or None, claim.get("nth", 0))
        assert isinstance(resolve_cue(interview, cue), Passage)


def test_the_reader_misses_only_what_is_left_to_fill(interview: Interview, project_layout: Layout) -> None:
    tree, problems = parse_tree(format_skeleton(interview), "x.yaml")
    assert not problems
    assert tree is not None
    parser = Parser(read_vocabulary(project_layout))
    record = parser.parse_record(tree)
    assert record is not None
    assert sorted(p.found for p in parser.form.findings) == [
        '"claims" is no list',
        '"title" is missing, empty or no plain text',
        *(f'no entity behind "{voice}"' for voice in ("editor", "interviewee", "interviewer")),
    ]
    assert record.headline is not None
    assert isinstance(resolve_cue(interview, record.headline.cue), Passage)


def test_an_existing_record_is_never_written_over(interview: Interview, layout: Layout) -> None:
    path = write_skeleton(layout, interview)
    assert path == layout.records / "valdoria-solen.yaml"
    path.write_text("mine", "utf-8")
    with pytest.raises(InputError, match=r"there already.*\[file-there-already\]"):
        write_skeleton(layout, interview)
    assert path.read_text("utf-8") == "mine"
    assert [p.name for p in layout.records.iterdir()] == [path.name]


def test_a_record_that_cannot_be_written(interview: Interview, tmp_path: Path) -> None:
    (tmp_path / "mappings").write_text("a file, no folder", "utf-8")
    with pytest.raises(InputError, match=r"cannot be written.*\[cannot-be-written\]"):
        write_skeleton(Layout(tmp_path, find_model_root()), interview)


@pytest.mark.parametrize("slug", ["Bad id", "../elsewhere", "a--b"])
def test_an_id_is_a_slug(interview: Interview, layout: Layout, slug: str) -> None:
    with pytest.raises(InputError, match="is no slug"):
        write_skeleton(layout, interview, slug=slug)
    assert not list(layout.records.iterdir())


def test_an_interview_is_found_by_reference_and_by_record(texts: Texts, interview: Interview, layout: Layout) -> None:
    assert get_interview(layout, texts, "lantern.txt#1") is interview
    write_skeleton(layout, interview, slug="val-solen")
    assert find_reference(layout, "val-solen") == "lantern.txt#1"
    assert get_interview(layout, texts, "val-solen") is interview


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lantern.txt#3", '"lantern.txt#3" is not there; expected lantern.txt#1 to lantern.txt#2'),
        ("lantrn.txt#1", 'Did you mean "lantern.txt#1"'),
        ("val-sollen", 'Did you mean "val-solen"?'),
        ("elsewhere", "`testimonia texts` lists what there is"),
    ],
)
def test_what_is_not_there_is_named(
    texts: Texts, interview: Interview, layout: Layout, name: str, message: str
) -> None:
    write_skeleton(layout, interview, slug="val-solen")
    shutil.copy(
        ROOT / "examples" / "lantern" / "mappings" / layout.lock.name, layout.lock
    )  # only what is in the lock is proposed: nothing withholds it
    with pytest.raises(InputError) as caught:
        get_interview(layout, texts, name)
    assert message in str(caught.value)


def test_a_text_of_unknown_layout_says_so(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Once upon a time.", "utf-8")
    with pytest.raises(InputError, match="no reader knows this layout"):
        get_referenced(read_texts(tmp_path), "story.txt#1")


def test_a_damaged_record_is_named(texts: Texts, layout: Layout) -> None:
    (layout.records / "x.yaml").write_text("a: [", "utf-8")
    with pytest.raises(InputError, match=r"mappings/interviews/x\.yaml"):
        get_interview(layout, texts, "x")
