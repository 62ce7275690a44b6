"""Bad input: each case changes one thing in the invented data set; the error names file, line, what was got, the mend.

A case (`tests/cases/bad-input/<case>.yaml`) says which `file` of the data set it changes, what to `find` in it and
what to `replace` it with, whether the run has `texts`, which `codes` the problems have and what the message must
`expect`; `example: heron` takes the narrative for it.
"""

import json
import os
from pathlib import Path

import pytest
import yaml

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, read_locked_project, write_graph, write_lock

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "bad-input").glob("*.yaml"))


def run(layout: Layout, *, texts: bool) -> None:
    """What `testimonia lock` (with texts) and `testimonia build` do."""
    folder = layout.root / "texts" if texts else None
    if texts:
        write_lock(layout, read_locked_project(layout, folder, relock=True)[1])
    write_graph(layout.graph, build_project(*read_locked_project(layout, folder)))


def read_files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_there_are_cases() -> None:
    assert len(CASES) == 80


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
    problems = raised.value.findings
    messages = "\n".join(map(str, problems))
    assert len(problems) == case.get("problems", 1), messages
    assert sorted({problem.rule for problem in problems}) == case["codes"], messages
    for part in case["expect"]:
        assert part in messages, messages
    if case.get("line", True):
        lines = before.replace(case["find"], case["replace"]).splitlines()
        last_changed = before[: before.index(case["find"])].count("\n") + case["replace"].count("\n") + 1
        first_changed = before[: before.index(case["find"])].count("\n") + 1
        assert any(first_changed <= p.line <= last_changed for p in problems), f"{messages}\n{lines[first_changed - 1]}"
        assert all(p.file == case["file"] for p in problems)


def test_problems_of_records_and_cues_of_several_files_come_in_one_run(example: Layout) -> None:
    for name, old, new in (
        ("val-solen", '  quote: "That … Ostmark."\n', '  quote: "Lighthouse … Ostmark."\n'),
        ("val-dale", "  happening: archive-raid\n", "  happening: archive-raid\n  agianst: volunteers\n"),
    ):
        path = example.records / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    happenings = example.entities / "happenings.yaml"
    happenings.write_text(happenings.read_text("utf-8") + "x: {is: act, type: raidd, name: x}\n", "utf-8")
    with pytest.raises(InputError) as raised:
        run(example, texts=True)
    assert [p.file for p in raised.value.findings] == [
        "mappings/entities/happenings.yaml",
        "mappings/interviews/val-dale.yaml",
        "mappings/interviews/val-solen.yaml",
    ]


def test_a_lock_that_points_elsewhere_is_found_with_the_texts(example: Layout) -> None:
    lock = json.loads(example.lock.read_text("utf-8"))
    passages = lock["interviews"]["val-solen"]["passages"]
    one, two, *_ = [key for key in passages if key.startswith("interviewee")]
    passages[one], passages[two] = passages[two], passages[one]
    example.lock.write_text(json.dumps(lock), "utf-8")
    with pytest.raises(InputError, match=r"as in the text.*\[lock-stale\]") as raised:
        read_locked_project(example, example.root / "texts")
    assert len(raised.value.findings) == 2


@pytest.mark.parametrize("content", [b"\xff", b"{", b"[" * 100_000, b"[]", b'{"sources": 5, "interviews": 7}'])
def test_a_damaged_lock(example: Layout, content: bytes) -> None:
    example.lock.write_bytes(content)
    with pytest.raises(InputError, match=r"passages\.lock\.json.*\[lock-unreadable\]"):
        read_locked_project(example, None)


@pytest.mark.parametrize("name", ["val-third.yml", "VAL.YAML", "more/val-third.yaml"])
def test_a_file_that_would_not_be_read_is_named(example: Layout, name: str) -> None:
    path = example.records / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("interview: x\n", "utf-8")
    with pytest.raises(InputError, match=r"a file that is not read.*\[stray-file\]"):
        read_locked_project(example, None)


def test_a_record_that_is_a_pipe(example: Layout) -> None:
    path = example.records / "val-dale.yaml"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(InputError, match=r"val-dale[.]yaml: cannot be read: not a regular file"):
        read_locked_project(example, None)


def test_two_records_of_one_interview(example: Layout) -> None:
    text = (example.records / "val-dale.yaml").read_text("utf-8")
    (example.records / "val-other.yaml").write_text(
        text[: text.index("cast:")].replace("interview: val-dale", "interview: val-other") + "claims: []\n", "utf-8"
    )
    with pytest.raises(InputError, match="has a record already"):
        read_locked_project(example, None)


def test_a_folder_that_is_no_graph_is_not_replaced(example: Layout) -> None:
    built = build_project(*read_locked_project(example, None))
    with pytest.raises(InputError, match=r"holds something else than a graph.*\[foreign-folder\]"):
        write_graph(example.records, built)
    assert (example.records / "val-dale.yaml").is_file()


def test_an_interrupted_build_leaves_the_old_graph(example: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    run(example, texts=False)
    before = read_files(example.graph)
    rename = Path.rename

    def interrupt(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, target)

    path = example.records / "val-dale.yaml"
    path.write_text(path.read_text("utf-8").replace("  date: early 2031\n", "  date: 2031\n", 1), "utf-8")
    monkeypatch.setattr(Path, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(example, texts=False)
    assert read_files(example.graph) == before
