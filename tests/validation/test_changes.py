"""A run over what changed finds what a run over everything finds, and reads no more records than it must."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from testimonia.core import curated_files as sources
from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout
from testimonia.dataset import records as reading
from testimonia.dataset.project import build_project, read_locked_project, write_graph
from testimonia.validation import layers
from testimonia.validation.changes import check_changes
from testimonia.validation.graph_under_test import GraphUnderTest
from testimonia.validation.options import Options
from testimonia.validation.project import check_project
from testimonia.validation.report import Report
from testimonia.validation.state import read_state

CASES = [
    case
    for path in sorted((Path(__file__).resolve().parents[1] / "cases" / "bad-input").glob("*.yaml"))
    if (case := yaml.safe_load(path.read_text("utf-8")) | {"name": path.stem})["file"].startswith(
        "mappings/interviews/"
    )
    and not case["texts"]
]
Reads = list[str]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def build(layout: Layout) -> None:
    write_graph(layout.graph, build_project(*read_locked_project(layout, None)))


def grave(inspection: Report) -> list[Finding]:
    """The findings without the notes: a small data set uses few of the terms."""
    return [finding for finding in inspection.findings if finding.severity != "Info"]


def tell(inspection: Report) -> list[str]:
    return [f"{f.place} {f.focus} {f.rule} {f.message} {f.fix}" for f in inspection.findings]


@pytest.fixture
def curated_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the layers that take seconds: these tests are about what is read."""
    monkeypatch.setattr(layers, "_CHECKS", dict.fromkeys(Layer, lambda *_: []))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """The records that are read, in their order."""
    read: Reads = []
    read_yaml = sources.read_yaml

    def note(path: Path, name: str):  # type: ignore[no-untyped-def]
        if path.parent.name == "interviews":
            read.append(path.stem)
        return read_yaml(path, name)

    monkeypatch.setattr(reading, "read_yaml", note)
    return read


@pytest.fixture
def clean(example: Layout, curated_only: None, reads: Reads) -> Layout:  # noqa: ARG001
    """The invented data set after a clean run, its graph built; nothing counts as read yet."""
    build(example)
    assert check_changes(example, Options()).findings == []
    assert read_state(example) is not None
    reads.clear()
    return example


def test_there_are_cases() -> None:
    assert len(CASES) >= 40


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.usefixtures("curated_only")
def test_an_edit_is_judged_as_in_a_run_of_everything(case: dict[str, str], example: Layout, narrative: Layout) -> None:
    layout = narrative if case.get("example") == "heron" else example
    build(layout)
    assert check_changes(layout, Options()).findings == []
    change(layout.root / case["file"], case["find"], case["replace"])
    found, expected = check_changes(layout, Options()), check_project(layout, Options())
    assert expected.findings
    assert tell(found) == tell(expected)


def test_nothing_is_read_where_nothing_changed(clean: Layout, reads: Reads) -> None:
    inspection = check_changes(clean, Options())
    assert (reads, inspection.findings) == ([], [])
    assert inspection.note == "read again: 0 of 2 records"


def test_an_edited_record_alone_is_read_and_its_error_found(
    project_layout: Layout,
    tmp_path: Path,
    curated_only: None,  # noqa: ARG001
    reads: Reads,
) -> None:
    """Of the project's own records those that have nothing to do with the edited one stay closed."""
    for name in ("mappings", "graph", "queries"):
        shutil.copytree(project_layout.root / name, tmp_path / name)
    layout = Layout(tmp_path, project_layout.model)
    assert check_changes(layout, Options()).findings == []
    assert len(set(reads)) >= 11
    reads.clear()
    change(layout.records / "cuba-barrero.yaml", "  gist: ", "  gits: x\n  gist: ")
    inspection = check_changes(layout, Options())
    assert reads == ["cuba-barrero"]
    assert [f.place.path for f in inspection.findings if f.place] == ["mappings/interviews/cuba-barrero.yaml"]
    assert "gits" in inspection.findings[0].message


def add_question(layout: Layout) -> None:
    """Save a question of the project in the data set too: the description of its graph then tells of it."""
    layout.questions.mkdir(parents=True, exist_ok=True)
    shutil.copy(layout.model / "queries" / "questions" / "conditions.rq", layout.questions)


CHANGES: dict[str, Callable[[Layout], object]] = {
    "settings": lambda layout: change(layout.dataset, "title:", "title: The"),
    "a registry": lambda layout: change(layout.entities / "happenings.yaml", "name:", "name: The"),
    "a question": add_question,
    "withdrawn ids": lambda layout: layout.withdrawn.write_text("{}\n", "utf-8"),
    "the state is damaged": lambda layout: (layout.state / "clean.json").write_text("{", "utf-8"),
    "the state is away": lambda layout: shutil.rmtree(layout.state),
    "the lock is damaged": lambda layout: layout.lock.write_text("{", "utf-8"),
    "a record went": lambda layout: (layout.records / "val-dale.yaml").unlink(),
    "graph/ was built anew": lambda layout: (layout.graph / "dates.nq").unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_concerns_every_record_has_everything_read(name: str, clean: Layout, reads: Reads) -> None:
    CHANGES[name](clean)
    found = check_changes(clean, Options())
    assert {"val-dale", "val-solen"} - set(reads) <= ({"val-dale"} if name == "a record went" else set())
    assert tell(found) == tell(check_project(clean, Options()))


def test_what_the_lock_says_of_a_record_belongs_to_it(clean: Layout) -> None:
    change(clean.lock, '"voice": "interviewee"', '"voice": "interviewer"')
    found, expected = (tell(inspect(clean, Options())) for inspect in (check_changes, check_project))
    assert found
    assert set(found) <= set(expected)


def test_a_claim_that_goes_is_missed_by_the_record_that_names_it(clean: Layout) -> None:
    path = clean.records / "val-solen.yaml"
    text = path.read_text("utf-8")
    first = text.index("- id: 30\n")
    path.write_text(text[:first] + text[text.index("\n- id: ", first) + 1 :], "utf-8")
    found = check_changes(clean, Options())
    assert tell(found) == tell(check_project(clean, Options()))
    assert "mappings/interviews/val-dale.yaml" in {f.place.path for f in found.findings if f.place}


def test_a_stale_graph_is_found_and_a_built_one_is_clean_again(clean: Layout, reads: Reads) -> None:
    change(clean.records / "val-dale.yaml", "  date: early 2031\n", "  date: 2031\n")
    found = check_changes(clean, Options())
    assert {f.rule for f in found.findings} == {"stale-graph"}
    build(clean)
    assert check_changes(clean, Options()).findings == []
    reads.clear()
    assert check_changes(clean, Options()).findings == []
    assert reads == []


def test_withheld_records_are_never_kept(example: Layout, curated_only: None) -> None:  # noqa: ARG001
    change(example.records / "val-dale.yaml", "claims:\n- id: 1\n", "claims:\n- id: 1\n  visibility: restricted\n")
    change(example.dataset, "title:", "repository: private\ntitle:")
    build(example)
    assert check_changes(example, Options()).findings == []
    assert read_state(example) is None


def test_shapes_look_at_what_changed(example: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    build(example)
    assert grave(check_changes(example, Options())) == []
    change(example.records / "val-dale.yaml", "  date: early 2031\n", "  date: 2031\n")
    seen: list[int] = []
    check = layers._CHECKS[Layer.SHACL]

    def note(scene: GraphUnderTest, request: Options) -> list[Finding]:
        seen.append(len(scene.quads))
        return check(scene, request)

    monkeypatch.setitem(layers._CHECKS, Layer.SHACL, note)
    assert {f.rule for f in grave(check_changes(example, Options()))} == {"stale-graph"}
    assert len(seen) == 1


@pytest.mark.slow
def test_no_record_of_the_project_alone_has_a_finding_that_all_together_have_not(
    project_layout: Layout, tmp_path: Path
) -> None:
    for name in ("mappings", "graph", "queries"):
        shutil.copytree(project_layout.root / name, tmp_path / name)
    layout = Layout(tmp_path, project_layout.model)
    assert grave(check_changes(layout, Options())) == []
    for path in sorted(layout.records.glob("*.yaml")):
        path.write_text(path.read_text("utf-8") + "# read again\n", "utf-8")
        inspection = check_changes(layout, Options())
        assert inspection.note.startswith("read again")
        assert grave(inspection) == [], path.stem
