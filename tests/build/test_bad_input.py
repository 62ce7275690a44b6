"""Bad input: each case changes one thing in the invented data set; the error names file, line, what was got, the mend.

A case (`tests/cases/bad-input/<case>.yaml`) says which `file` of the data set it changes, what to `find` in it and
what to `replace` it with, whether the run has `texts`, and what the message must `expect`; `example: heron` takes the
narrative for it.
"""

from pathlib import Path

import pytest
import yaml

from testimonia.build.project import (
    build_project,
    check_lock,
    lock_project,
    read_lock,
    read_project,
    write_graph,
    write_lock,
)
from testimonia.errors import InputError
from testimonia.layout import Layout

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "bad-input").glob("*.yaml"))


def run(layout: Layout, *, texts: bool) -> None:
    """What `testimonia lock` (with texts) and `testimonia build` do."""
    folder = layout.root / "texts"
    project = read_project(layout)
    if texts:
        write_lock(layout, lock_project(project, folder))
    lock = read_lock(layout)
    check_lock(project, lock, folder if texts else None)
    write_graph(layout.graph, build_project(project, lock))


def read_files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_there_are_cases() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_bad_input(path: Path, example: Layout, narrative: Layout) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    example = narrative if case.get("example") == "heron" else example
    run(example, texts=False)
    file = example.root / case["file"]
    before = file.read_text("utf-8")
    assert before.count(case["find"]) == 1, (
        f"{case['find']!r} stands {before.count(case['find'])} times in {case['file']}"
    )
    file.write_text(before.replace(case["find"], case["replace"]), "utf-8")
    saved = read_files(example.graph), example.lock.read_bytes()
    with pytest.raises(InputError) as raised:
        run(example, texts=case["texts"])
    assert (read_files(example.graph), example.lock.read_bytes()) == saved, "something was written"
    problems = raised.value.problems
    messages = "\n".join(map(str, problems))
    assert len(problems) == case.get("problems", 1), messages
    for part in case["expect"]:
        assert part in messages, messages
    if case.get("line", True):
        lines = before.replace(case["find"], case["replace"]).splitlines()
        last_changed = before[: before.index(case["find"])].count("\n") + case["replace"].count("\n") + 1
        first_changed = before[: before.index(case["find"])].count("\n") + 1
        assert any(first_changed <= p.line <= last_changed for p in problems), f"{messages}\n{lines[first_changed - 1]}"
        assert all(p.path == case["file"] for p in problems)
