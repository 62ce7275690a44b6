"""Standing: graph/ as it stands in, what layers that need nothing else find in it out.

It is the quick look: records, texts and their machinery are imported only where a finding is to be led back to them.
"""

from testimonia.core.layers import OF_THE_GRAPH, Layer
from testimonia.core.layout import MANIFEST, Layout
from testimonia.rdf.store import read_manifest
from testimonia.shacl.partitioned.partitioning import begin_processes
from testimonia.validation.graph_under_test import Scene
from testimonia.validation.layers import run_layers
from testimonia.validation.report import Inspection, Request
from testimonia.validation.sources import find_files, read_sources

_STANDING = {Layer.LITERALS, Layer.SHACL, Layer.QUERIES, Layer.OWL, Layer.DATASET}
"""Layers that need the graph alone: named by themselves, they look at graph/ as it stands, without the records."""


def inspect_data_set(layout: Layout, request: Request) -> Inspection:
    """Return what the layers find in a data set: in graph/ as it stands for who names only layers that look at it.

    Else the records are read, since the graph is made of them. InputError or TestimoniaError as
    `project.inspect_project`.
    """
    if is_standing(layout, request):
        return inspect_standing(layout, request)
    from testimonia.validation.project import inspect_project  # noqa: PLC0415 - a third of a second

    return inspect_project(layout, request)


def is_standing(layout: Layout, request: Request) -> bool:
    """Tell whether somebody asks only for layers that need the graph alone, and there is one."""
    return bool(request.only) and request.only <= _STANDING and (layout.graph / MANIFEST).is_file()


def inspect_standing(layout: Layout, request: Request) -> Inspection:
    """Return what layers find in graph/ as it stands; records are read only to lead findings back to them.

    InputError or TestimoniaError as `project.inspect_project`.
    """
    if request.wants(Layer.SHACL):
        begin_processes(layout.graph)
    quads = [quad for source in read_sources(find_files([layout.graph])) for quad in source.quads]
    inspection = Inspection(base=read_manifest(layout.graph).get("base", ""), triples=len(quads))
    inspection.note = f"{layout.name(layout.graph)}/ as it stands; --only graph tells whether it is up to date"
    scene = Scene(layout, quads, inspection.base, layout.graph, layout.state)
    run_layers(scene, request, inspection, tuple(layer for layer in OF_THE_GRAPH if layer in _STANDING))
    if inspection.findings:
        from testimonia.validation.locating import locate_in_project  # noqa: PLC0415 - a third of a second
        from testimonia.validation.whole import read_whole  # noqa: PLC0415

        whole, _ = read_whole(layout, request)
        if whole is not None:
            locate_in_project(inspection, whole.project, whole.lock)
    return inspection
