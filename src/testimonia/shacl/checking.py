"""Entry point of SHACL validation, of a folder of N-Quads against a folder of shapes.

pySHACL gets a graph of one part together with the shapes as written. What is larger, and whatever rudof checks, goes
through `partitioned`, which gives the same findings.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from testimonia.core.findings import Finding
from testimonia.shacl.partitioned.partitioning import EngineName, check_partitions, is_one_part, prepare_processes

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True)
class Shapes:
    """A folder of Turtle files of shapes, parsed when its triples are first asked for."""

    folder: Path

    @cached_property
    def graph(self) -> "Graph":
        """All triples; InputError when there is no file, or lists each file that does not parse."""
        from testimonia.shacl.graphs import read_shapes_graph  # noqa: PLC0415 - rdflib takes a third of a second

        return read_shapes_graph(self.folder)


def check_folder(folder: Path, shapes: Shapes, *, engine: EngineName) -> list[Finding]:
    """Return what shapes find wrong with a folder of N-Quads files, sorted.

    InputError when a folder holds no file, or lists each file that does not parse; TestimoniaError when the shapes
    cannot be used or the engine is not installed.
    """
    if engine == "pyshacl" and is_one_part(folder):
        from testimonia.shacl.graphs import read_graph  # noqa: PLC0415
        from testimonia.shacl.shacl import check_graph  # noqa: PLC0415 - pySHACL takes half a second

        return check_graph(read_graph(folder), shapes.graph)
    return check_partitions(folder, shapes.folder, engine=engine)


def begin_processes(folder: Path) -> None:
    """Let processes for the parts of a graph begin to import what they need, while this process does other work."""
    if not is_one_part(folder):
        prepare_processes()


def require_engine(engine: EngineName) -> None:
    """Raise TestimoniaError with what to install when an engine is not installed."""
    if engine == "rudof":
        from testimonia.shacl.rudof import import_pyrudof  # noqa: PLC0415

        import_pyrudof()
