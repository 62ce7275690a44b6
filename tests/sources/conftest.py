"""What the tests of merging share: the invented data set with its graph built, sources to add, a folder as bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, lock_project, read_project, write_graph
from testimonia.sources.source_options import SourceOptions

CASES = Path(__file__).resolve().parents[1] / "cases" / "sources"
GOOD = sorted((CASES / "good").iterdir())


@pytest.fixture
def built(example: Layout) -> Layout:
    """The invented data set of the lantern, built."""
    project = read_project(example)
    write_graph(example.graph, build_project(project, lock_project(project, example.root / "texts")))
    return example


@pytest.fixture
def make_options() -> Callable[..., SourceOptions]:
    """Give the options to add files of tests/cases/merging under a name; the time is fixed."""

    def make(name: str, *files: str | Path, **facts: Any) -> SourceOptions:
        paths = [CASES / file for file in files]
        return SourceOptions(name, paths, **{"retrieved": "2031-05-04", **facts})

    return make


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, bytes]]:
    """Give every file of a folder, hidden ones too, by its name."""

    def take(folder: Path) -> dict[str, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    return take
