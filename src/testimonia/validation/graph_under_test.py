"""The graph that the layers look at, as quads, as a store and as files, each made only when it is asked for."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from testimonia.core.atomic import compare_folder
from testimonia.core.layout import Layout
from testimonia.shacl.checking import Shapes

if TYPE_CHECKING:
    from testimonia.dataset.graph import BuiltGraph
    from testimonia.validation.queries import ViolationQuery


@dataclass(frozen=True)
class GraphUnderTest:
    """A graph to be looked at, under the model of `layout`.

    `folder` holds it as files, if it stands in a folder of N-Quads. `state` is where results may be kept, None for
    nowhere.
    """

    layout: Layout
    quads: list[ox.Quad]
    base: str
    folder: Path | None = None
    state: Path | None = None

    @cached_property
    def store(self) -> ox.Store:
        """The quads as a store; it writes some literals in another way."""
        store = ox.Store()
        store.bulk_extend(self.quads)
        return store

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes of the model."""
        return Shapes(self.layout.shapes)

    @cached_property
    def checks(self) -> "list[ViolationQuery]":
        """The violation queries of the model."""
        from testimonia.validation.queries import read_checks  # noqa: PLC0415

        return read_checks(self.layout.checks)

    @contextmanager
    def keep_folder(self) -> Iterator[Path]:
        """Yield a folder with the graph as N-Quads while it is needed."""
        if self.folder is not None:
            yield self.folder
            return
        with tempfile.TemporaryDirectory(prefix="testimonia-") as name:
            path = Path(name) / "graph.nq"
            path.write_bytes(b"".join(f"{quad} .\n".encode() for quad in self.quads))
            yield path.parent


def prepare_graph(layout: Layout, built: "BuiltGraph", base: str) -> GraphUnderTest:
    """Find the graph of a graph that was built but not written; its files are those of graph/ if these are the same."""
    same = layout.graph.is_dir() and not compare_folder(layout.graph, built.files)
    return GraphUnderTest(layout, parse_built(built), base, layout.graph if same else None, layout.state)


def parse_built(built: "BuiltGraph") -> list[ox.Quad]:
    """Return the quads of a graph that was built but not written."""
    contents = [content for name, content in built.files.items() if name.endswith(".nq")]
    return [quad for content in contents for quad in ox.parse(content, format=ox.RdfFormat.N_QUADS)]
