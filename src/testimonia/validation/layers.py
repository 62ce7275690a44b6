"""The layers that look at a graph: each runs by itself, and one that cannot run is noted.

What a layer needs is imported when it runs: who asks for one alone does not wait for the others.
"""

import time
from collections.abc import Callable

from testimonia.core.errors import InputError, TestimoniaError
from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.shacl.checking import check_folder, require_engine
from testimonia.validation.cache import keep_out_of_git
from testimonia.validation.graph_under_test import GraphUnderTest
from testimonia.validation.options import Options
from testimonia.validation.report import Report, Rule, list_shape_rules
from testimonia.validation.shape_files import check_shapes

LayerCheck = Callable[[GraphUnderTest, Options], list[Finding]]


def run_layers(graph: GraphUnderTest, options: Options, report: Report, layers: tuple[Layer, ...]) -> None:
    """Run those of the layers that are wanted, in their order, and note what they find.

    TestimoniaError when one that somebody named cannot run, or SHACL for want of its engine; another that cannot run is
    noted as skipped.
    """
    for layer in layers:
        if not options.wants(layer):
            continue
        began = time.perf_counter()
        try:
            report.add(layer, _CHECKS[layer](graph, options))
            if options.with_rules and layer in _RULES:
                report.rules += _RULES[layer](graph)
        except MissingError as error:
            if options.names(layer):
                raise
            report.skip(layer, str(error))
        report.seconds[layer] = report.seconds.get(layer, 0.0) + time.perf_counter() - began


class MissingError(TestimoniaError):
    """Something that a layer needs is not installed."""


def _check_shapes(graph: GraphUnderTest, options: Options) -> list[Finding]:
    """Check the graph with the engine that was asked for."""
    require_engine(options.engine.value)
    check_shapes(graph.shapes, state=graph.state)
    with graph.keep_folder() as folder:
        return check_folder(folder, graph.shapes, engine=options.engine.value)


def _check_axioms(graph: GraphUnderTest, _: Options) -> list[Finding]:
    """Look for contradictions; MissingError where the reasoner or Java is not installed."""
    from testimonia.validation.axioms import check_axioms

    if graph.state is not None:
        keep_out_of_git(graph.state)
    with graph.keep_folder() as folder:
        try:
            return check_axioms(graph.layout, folder, cache=graph.state)
        except InputError:
            raise
        except TestimoniaError as error:
            if is_installed():
                raise
            raise MissingError(str(error)) from error


def is_installed() -> bool:
    """Tell whether the reasoner can be run here."""
    from testimonia.validation.reasoning.hermit import find_hermit

    try:
        find_hermit()
    except TestimoniaError:
        return False
    return True


def _check_literals(graph: GraphUnderTest, _: Options) -> list[Finding]:
    from testimonia.validation.literals import check_literals

    return check_literals(graph.quads)


def _check_queries(graph: GraphUnderTest, _: Options) -> list[Finding]:
    from testimonia.validation.queries import check_queries

    return check_queries(graph.store, graph.checks)


def _check_hygiene(graph: GraphUnderTest, _: Options) -> list[Finding]:
    from testimonia.validation.hygiene import check_hygiene

    return check_hygiene(graph.layout, graph.store)


def _check_description(graph: GraphUnderTest, _: Options) -> list[Finding]:
    from testimonia.validation.description import check_description

    return check_description(graph.store, graph.base)


_CHECKS: dict[Layer, LayerCheck] = {
    Layer.LITERALS: _check_literals,
    Layer.SHACL: _check_shapes,
    Layer.QUERIES: _check_queries,
    Layer.OWL: _check_axioms,
    Layer.HYGIENE: _check_hygiene,
    Layer.DATASET: _check_description,
}


def _list_shape_rules(graph: GraphUnderTest) -> list[Rule]:
    from testimonia.shacl.shapes import find_shapes

    return list_shape_rules(find_shapes(graph.shapes.graph))


def _list_query_rules(graph: GraphUnderTest) -> list[Rule]:
    from testimonia.validation.queries import list_check_rules

    return list_check_rules(graph.checks)


_RULES: dict[Layer, Callable[[GraphUnderTest], list[Rule]]] = {
    Layer.SHACL: _list_shape_rules,
    Layer.QUERIES: _list_query_rules,
}
