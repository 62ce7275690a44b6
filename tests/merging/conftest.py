"""What the tests of merging share: the invented data set with its graph built, which a test may change."""

import pytest

from testimonia.build.project import build_project, lock_project, read_project, write_graph
from testimonia.layout import Layout


@pytest.fixture
def built(example: Layout) -> Layout:
    """The invented data set of the lantern, built."""
    project = read_project(example)
    write_graph(example.graph, build_project(project, lock_project(project, example.root / "texts")))
    return example
