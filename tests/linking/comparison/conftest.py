"""What the tests of agreement share: the invented data set, built, with links and three merged sources."""

import shutil
from pathlib import Path

import pytest

from testimonia.core.layout import Layout, find_model_root
from testimonia.dataset.project import build_project, read_locked_project, write_graph
from testimonia.linking.comparison.merged import Merged, read_merged
from testimonia.rdf.short_names import Naming, read_naming

CASES = Path(__file__).resolve().parents[2] / "cases" / "comparison"


@pytest.fixture(scope="session")
def merged_layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """The data set of the lantern with the sources register, library and watch, and links; nobody changes it."""
    root = tmp_path_factory.mktemp("agreement") / "lantern"
    shutil.copytree(CASES.parents[2] / "examples" / "lantern", root)
    layout = Layout(root, find_model_root())
    shutil.copytree(CASES / "links", layout.links)
    shutil.copytree(CASES / "workspace", layout.workspace)
    write_graph(layout.graph, build_project(*read_locked_project(layout, None)))
    return layout


@pytest.fixture(scope="session")
def merged(merged_layout: Layout) -> Merged:
    """Our graph, all three sources, and the equivalents."""
    return read_merged(merged_layout, merged_layout.workspace)


@pytest.fixture(scope="session")
def naming(merged_layout: Layout) -> Naming:
    return read_naming(merged_layout)
