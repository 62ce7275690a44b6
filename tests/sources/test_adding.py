"""Adding and removing: whole or not at all, in any order, with all problems at once, and without a trace."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
import yaml

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout, find_model_root
from testimonia.sources import adding, limits
from testimonia.sources.adding import add_source, remove_source
from testimonia.sources.source import read_source
from testimonia.sources.source_options import SourceOptions
from testimonia.sources.workspace import find_names

from .conftest import CASES, GOOD

Snapshot = Callable[[Path], dict[str, bytes]]
MakeOptions = Callable[..., SourceOptions]
BAD = sorted((CASES / "bad-files").iterdir())
EXPECTED = yaml.safe_load((CASES / "bad-files.yaml").read_text("utf-8"))
STEPS = ("copy_raw_files", "make_copy", "write_source", "write_file", "mint_source_iri")
"""What adding calls, one after the other."""


def add_all(layout: Layout, make_options: MakeOptions, order: tuple[Path, ...]) -> Path:
    for path in order:
        add_source(layout, layout.workspace, make_options(path.stem, path))
    return layout.workspace


def refuse(layout: Layout, options: SourceOptions, folder: Path | None = None) -> list[str]:
    """The codes of the problems with which options are refused."""
    with pytest.raises(InputError) as raised:
        add_source(layout, folder or layout.workspace, options)
    return [problem.rule for problem in raised.value.findings]


def test_there_are_cases() -> None:
    assert (len(GOOD), len(BAD)) == (4, 16)
    assert {path.name for path in BAD} == EXPECTED.keys()


def test_the_order_of_adding_leaves_no_trace(example: Layout, make_options: MakeOptions, snapshot: Snapshot) -> None:
    first = snapshot(add_all(example, make_options, tuple(GOOD)))
    assert len(first) == 3 * len(GOOD) + 1
    for path in GOOD:
        remove_source(example.workspace, path.stem)
    assert not example.workspace.exists()
    assert snapshot(add_all(example, make_options, tuple(reversed(GOOD)))) == first


@pytest.mark.slow
def test_every_order_gives_the_same_workspace(example: Layout, make_options: MakeOptions, snapshot: Snapshot) -> None:
    found = set()
    for order in permutations(GOOD):
        found.add(tuple(sorted(snapshot(add_all(example, make_options, order)).items())))
        for path in GOOD:
            remove_source(example.workspace, path.stem)
    assert len(found) == 1


def test_the_order_of_files_does_not_matter(example: Layout, make_options: MakeOptions, snapshot: Snapshot) -> None:
    found = []
    for files in (GOOD, GOOD[::-1]):
        add_source(example, example.workspace, make_options("all", *files))
        found.append(snapshot(example.workspace))
        remove_source(example.workspace, "all")
    assert found[0] == found[1]


def test_originals_are_kept_and_the_graph_is_not_touched(
    built: Layout, make_options: MakeOptions, snapshot: Snapshot
) -> None:
    before = snapshot(built.graph)
    facts = {"address": "https://example.com/dump", "licence": "https://example.com/licence", "base": "https://b.org/"}
    added = add_source(
        built, built.workspace, make_options("registry", "good/registry.trig", "good/harbour.ttl", **facts)
    )
    folder = built.workspace / "registry"
    for path in added.files:
        assert (folder / "original" / path.name).read_bytes() == (CASES / "good" / path.name).read_bytes()
    assert read_source(folder / "source.nq") == added
    assert (added.address, added.licence, added.base) == (facts["address"], facts["licence"], facts["base"])
    assert added.retrieved == "2031-05-04T00:00:00Z"
    assert [graph.foreign for graph in added.graphs if "node" not in graph.foreign] == [
        "https://example.com/registry/book"
    ]
    assert added.triples == len((folder / "data.nq").read_text("utf-8").splitlines()) == 20
    assert snapshot(built.graph) == before


def test_without_a_time_it_is_that_of_the_newest_file(example: Layout, tmp_path: Path) -> None:
    for name, time in (("a.nt", 1_000_000_000), ("b.nt", 2_000_000_000)):
        (tmp_path / name).write_text("<x:a> <x:b> <x:c> .\n")
        os.utime(tmp_path / name, (time, time))
    added = add_source(example, example.workspace, SourceOptions("a", [tmp_path / "a.nt", tmp_path / "b.nt"]))
    assert (added.retrieved, added.triples) == ("2033-05-18T03:33:20Z", 1)


def test_all_bad_files_are_told_at_once(
    example: Layout, make_options: MakeOptions, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "COMPONENT_SECONDS", 0.5)
    add_source(example, example.workspace, make_options("old", "good/harbour.ttl"))
    before = snapshot(example.workspace)
    early = [path for path in BAD if path.suffix == ".txt"]
    assert refuse(example, make_options("new", *early, BAD[0])) == ["unknown-format"]
    with pytest.raises(InputError) as raised:
        add_source(example, example.workspace, make_options("new", *(path for path in BAD if path not in early)))
    problems = {Path(problem.file).name: problem for problem in raised.value.findings}
    assert problems.keys() == EXPECTED.keys() - {path.name for path in early}
    for name, problem in problems.items():
        assert (f"[{problem.rule}]", problem.line) == (EXPECTED[name]["code"], EXPECTED[name]["line"]), name
        assert EXPECTED[name]["says"] in problem.found
    assert snapshot(example.workspace) == before


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interrupted_add_leaves_the_old_state(  # noqa: PLR0917
    example: Layout,
    make_options: MakeOptions,
    snapshot: Snapshot,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    error: type[BaseException],
) -> None:
    def interrupt(*_: object) -> None:
        raise error

    add_source(example, example.workspace, make_options("old", "good/harbour.ttl"))
    before = snapshot(example.workspace)
    monkeypatch.setattr(adding, step, interrupt)
    with pytest.raises(error):
        add_source(example, example.workspace, make_options("new", "good/people.jsonld"))
    assert snapshot(example.workspace) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_add_leaves_the_old_state(
    example: Layout, make_options: MakeOptions, snapshot: Snapshot, step: str
) -> None:
    add_source(example, example.workspace, make_options("old", "good/harbour.ttl"))
    before = snapshot(example.workspace)
    program = (
        "import os, signal, sys; from pathlib import Path; from testimonia.sources import adding;"
        "from testimonia.core.layout import find_layout; from testimonia.sources.source_options import SourceOptions;"
        f"adding.{step} = lambda *a: os.kill(os.getpid(), signal.SIGKILL);"
        "layout = find_layout(Path(sys.argv[1]));"
        "adding.add_source(layout, layout.workspace, SourceOptions('new', [Path(sys.argv[2])]))"
    )
    command = [sys.executable, "-c", program, str(example.root), str(CASES / "good" / "people.jsonld")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert find_names(example.workspace) == ["old"]
    add_source(example, example.workspace, make_options("new", "good/people.jsonld"))
    remove_source(example.workspace, "new")
    assert snapshot(example.workspace) == before


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_program_that_copies_ends_with_the_one_that_adds(
    example: Layout, tmp_path: Path, number: signal.Signals
) -> None:
    dump = tmp_path / "dump.nt"
    dump.write_text("".join(f'<x:{n}> <x:b> "c" .\n' for n in range(2_000_000)))
    command = [sys.executable, "-c", "from testimonia.cli import main; main()", "merge", "add", "new", str(dump)]
    begun = example.workspace / ".aside-new" / "temporary"
    with subprocess.Popen(command, cwd=example.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as adding_one:
        while not begun.exists():
            assert adding_one.poll() is None
        adding_one.send_signal(number)
        adding_one.wait()
    assert find_names(example.workspace) == []
    assert any(not is_copying(example.root) for _ in range(1000))


def is_copying(root: Path) -> bool:
    """Whether the program that copies runs in a folder."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command, folder = (path / "cmdline").read_text("utf-8", "replace"), (path / "cwd").readlink()
        except OSError:  # it has gone, or is somebody else's
            continue
        if "testimonia.sources.copying" in command and folder == root:
            return True
    return False


def test_an_interrupted_remove_is_done_or_not_begun(
    example: Layout, make_options: MakeOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = example.workspace
    add_source(example, folder, make_options("old", "good/people.jsonld"))
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    remove_source(folder, "old")
    assert find_names(folder) == []
    assert [path.name for path in folder.glob(".aside-*")] == [".aside-old"]
    monkeypatch.undo()
    add_source(example, folder, make_options("old", "good/people.jsonld"))
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "old"]


def test_git_ignores_a_workspace_wherever_it_is(example: Layout, make_options: MakeOptions, tmp_path: Path) -> None:
    root = find_model_root()
    template = root / "src" / "testimonia" / "scaffold" / "templates" / "gitignore"
    assert all("/workspace/" in path.read_text().splitlines() for path in (root / ".gitignore", template))
    add_source(example, tmp_path / "elsewhere", make_options("old", "good/people.jsonld"))
    assert (tmp_path / "elsewhere" / ".gitignore").read_text() == "*\n"


def test_what_is_not_ours_stays_in_the_folder(example: Layout, make_options: MakeOptions) -> None:
    folder = example.workspace
    add_source(example, folder, make_options("old", "good/people.jsonld"))
    (folder / "notes.txt").write_text("mine")
    remove_source(folder, "old")
    assert [path.name for path in folder.iterdir() if path.suffix] == ["notes.txt"]
    with pytest.raises(InputError, match=r'no source "old" here'):
        remove_source(folder, "old")


def test_options_that_cannot_be_used(example: Layout, make_options: MakeOptions, tmp_path: Path) -> None:
    folder = example.workspace
    assert refuse(example, make_options("../x", "good/people.jsonld", licence="CC BY", retrieved="May", base="b")) == [
        "source-name",
        "option-form",
        "option-form",
        "option-form",
    ]
    add_source(example, folder, make_options("old", "good/people.jsonld"))
    assert refuse(example, make_options("old", "good/people.jsonld")) == ["source-there-already"]
    (folder / "link").symlink_to(tmp_path)
    assert refuse(example, make_options("link", "good/people.jsonld")) == ["source-there-already"]
    for place in (example.graph, example.graph / "x", example.root, example.records, example.root.parent):
        assert refuse(example, make_options("new", "good/people.jsonld"), place) == ["workspace-place"]
    assert refuse(example, make_options("new", "good/people.jsonld"), example.dataset) == ["workspace-place"]


def test_a_workspace_is_not_begun_among_files_of_somebody_else(
    example: Layout, make_options: MakeOptions, snapshot: Snapshot, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / ".gitignore").write_text("/build/\n")
    add_source(example, example.workspace, make_options("old", "good/people.jsonld"))
    for place in (own, example.root / "texts", example.workspace / "old"):
        before = snapshot(place)
        assert refuse(example, make_options("new", "good/people.jsonld"), place) == ["workspace-place"]
        assert snapshot(place) == before
    begun = tmp_path / "begun"
    (begun / ".aside-new").mkdir(parents=True)
    (begun / ".gitignore").write_text("")
    add_source(example, begun, make_options("new", "good/people.jsonld"))
    (begun / ".gitignore").unlink()
    add_source(example, begun, make_options("more", "good/people.jsonld"))
    assert find_names(begun) == ["more", "new"]
    assert (begun / ".gitignore").read_text() == "*\n"


def test_only_regular_files_are_read(example: Layout, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.nt")
    (tmp_path / "gone.nt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "device.nt").symlink_to("/dev/zero")
    (tmp_path / "a\x1b.nt").write_text("")
    paths = [tmp_path, *(tmp_path / name for name in ("pipe.nt", "gone.nt", "device.nt", "a\x1b.nt"))]
    codes = refuse(example, SourceOptions("new", [*paths, tmp_path / "x" / "pipe.nt"]))
    assert sorted(codes) == [
        "file-twice",
        "not-found",
        "not-found",
        "original-name",
        "unreadable-file",
        "unreadable-file",
        "unreadable-file",
    ]
    assert not example.workspace.exists()


def test_two_at_a_time_are_refused(example: Layout, make_options: MakeOptions) -> None:
    example.workspace.mkdir()
    descriptor = os.open(example.workspace, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    assert refuse(example, make_options("new", "good/people.jsonld")) == ["workspace-busy"]
    os.close(descriptor)


def test_a_full_disk_is_told_with_figures(
    example: Layout, make_options: MakeOptions, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(adding, "copy_raw_files", fill)
    with pytest.raises(InputError, match=r"the disk is full: .* MiB are free, .*\[disk-full\]"):
        add_source(example, example.workspace, make_options("new", "good/people.jsonld"))
    assert not example.workspace.exists()
    monkeypatch.undo()
    full = Path("/dev/full")
    monkeypatch.setattr(adding, "DATA", full)  # what the process that copies writes to
    with pytest.raises(InputError, match="the disk is full"):
        add_source(example, example.workspace, make_options("new", "good/people.jsonld"))
    assert snapshot(example.root).keys() >= {"mappings/dataset.yaml"}
    assert not example.workspace.exists()


def test_a_damaged_description_is_told(example: Layout, make_options: MakeOptions) -> None:
    add_source(example, example.workspace, make_options("old", "good/people.jsonld"))
    path = example.workspace / "old" / "source.nq"
    for content in (b"", b"<x:a> <x:b> <x:c> .\n", b"no RDF"):
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"no description of a source.*\[damaged-source\]"):
            read_source(path)
