"""Shapes that are themselves wrong are refused before they check anything; right ones are not looked at twice."""

import shutil
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.shacl.checking import Shapes
from testimonia.validation import shape_files as module
from testimonia.validation.shape_files import check_shapes

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "cases" / "validation" / "bad-shapes").glob("*.ttl"))


def lay_out(tmp_path: Path, shapes: Path) -> Layout:
    (tmp_path / "shapes").mkdir()
    shutil.copy(shapes, tmp_path / "shapes")
    return Layout(tmp_path, tmp_path)


def test_there_are_cases() -> None:
    assert len(CASES) == 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_bad_shapes(case: Path, tmp_path: Path) -> None:
    expected = case.read_text("utf-8").splitlines()[0].removeprefix("# expect: ")
    layout = lay_out(tmp_path, case)
    for _ in range(2):  # what is wrong is never kept as right
        with pytest.raises(InputError) as raised:
            check_shapes(Shapes(layout.shapes), state=layout.state)
        assert expected in str(raised.value)
        assert {(problem.file, problem.rule) for problem in raised.value.findings} == {("shapes/", "wrong-shapes")}


def test_right_shapes_are_checked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = lay_out(tmp_path, ROOT / "shapes" / "date.ttl")
    check_shapes(Shapes(layout.shapes), state=layout.state)
    monkeypatch.setattr(module, "find_wrong_shapes", None)
    check_shapes(Shapes(layout.shapes), state=layout.state)
    path = layout.shapes / "date.ttl"
    path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
    with pytest.raises(TypeError):  # another digest: checked again
        check_shapes(Shapes(layout.shapes), state=layout.state)


@pytest.mark.slow
def test_the_shapes_of_the_project_are_right(project_layout: Layout, tmp_path: Path) -> None:
    check_shapes(Shapes(project_layout.shapes), state=tmp_path)
    assert (tmp_path / "shapes").is_file()
