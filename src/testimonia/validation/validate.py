"""The one entry to validation.

Records, texts and their machinery are imported only where they are needed, so that a look at the graph alone is quick.
"""

from testimonia.core.layers import OF_THE_GRAPH, Layer
from testimonia.core.layout import MANIFEST, Layout
from testimonia.rdf.store import read_manifest
from testimonia.shacl.checking import begin_processes
from testimonia.validation.graph_under_test import GraphUnderTest
from testimonia.validation.layers import run_layers
from testimonia.validation.options import Options
from testimonia.validation.report import Report
from testimonia.validation.sources import find_files, read_sources
from testimonia.validation.target import Target

_STANDING = {Layer.LITERALS, Layer.SHACL, Layer.QUERIES, Layer.OWL, Layer.DATASET}
"""Layers that need the graph alone: named by themselves, they look at graph/ as it stands, without the records."""


def validate(target: Target, options: Options) -> Report:
    """Return what the layers find in a target, located in its files, with how to fix it.

    InputError or TestimoniaError when something without which nothing can be said cannot be used: the model, the texts,
    the private folder, an RDF file, an engine that was asked for.
    """
    target.check()
    report = _choose_check(target, options)
    report.findings = [finding for finding in report.findings if target.covers(finding)]
    report.fail_on = options.fail_on
    return report


def _choose_check(target: Target, options: Options) -> Report:
    if target.files:
        from testimonia.validation.files import check_files  # noqa: PLC0415

        return check_files(target.layout, target.files, options)
    if options.changed:
        from testimonia.validation.changes import check_changes  # noqa: PLC0415

        return check_changes(target.layout, options)
    if is_standing(target.layout, options):
        return check_standing(target.layout, options)
    from testimonia.validation.project import check_project  # noqa: PLC0415 - a third of a second

    return check_project(target.layout, options)


def is_standing(layout: Layout, options: Options) -> bool:
    """Tell whether somebody asks only for layers that need the graph alone, and there is one."""
    return bool(options.only) and options.only <= _STANDING and (layout.graph / MANIFEST).is_file()


def check_standing(layout: Layout, options: Options) -> Report:
    """Return what layers find in graph/ as it stands; records are read only to lead findings back to them.

    Errors as in `validate`.
    """
    if options.wants(Layer.SHACL):
        begin_processes(layout.graph)
    quads = [quad for source in read_sources(find_files([layout.graph])) for quad in source.quads]
    report = Report(base=read_manifest(layout.graph).get("base", ""), triples=len(quads))
    report.note = f"{layout.name(layout.graph)}/ as it stands; --only graph tells whether it is up to date"
    graph = GraphUnderTest(layout, quads, report.base, layout.graph, layout.state)
    run_layers(graph, options, report, tuple(layer for layer in OF_THE_GRAPH if layer in _STANDING))
    if report.findings:
        from testimonia.validation.project import locate_in_project, read_whole  # noqa: PLC0415 - a third of a second

        whole, _ = read_whole(layout, options)
        if whole is not None:
            locate_in_project(report, whole.project, whole.lock)
    return report
