"""Layers: a scene in, the findings of each layer of the graph out, and which of them could not run.

What a layer needs is imported when it runs: who asks for one alone does not wait for the others.
"""

import time
from collections.abc import Callable

from testimonia.core.errors import InputError, TestimoniaError
from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.shacl.partitioned.partitioning import check_partitions, require_engine
from testimonia.validation.cache import keep_out_of_git
from testimonia.validation.graph_under_test import Scene
from testimonia.validation.report import Inspection, Request
from testimonia.validation.shape_files import check_shapes

LayerCheck = Callable[[Scene, Request], list[Finding]]


def run_layers(scene: Scene, request: Request, inspection: Inspection, layers: tuple[Layer, ...]) -> None:
    """Run those of the layers that are wanted, in their order, and note what they find.

    TestimoniaError when one that somebody named cannot run, or SHACL for want of its engine; another that cannot run is
    noted as skipped.
    """
    for layer in layers:
        if not request.wants(layer):
            continue
        began = time.perf_counter()
        try:
            inspection.add(layer, _CHECKS[layer](scene, request))
        except MissingError as error:
            if request.names(layer):
                raise
            inspection.skip(layer, str(error))
        inspection.seconds[layer] = inspection.seconds.get(layer, 0.0) + time.perf_counter() - began


class MissingError(TestimoniaError):
    """Something that a layer needs is not installed."""


def _check_shapes(scene: Scene, request: Request) -> list[Finding]:
    """Check the graph part by part with the engine that was asked for."""
    require_engine(request.engine.value)
    check_shapes(scene.layout, state=scene.state)
    with scene.keep_folder() as folder:
        return check_partitions(folder, scene.layout.shapes, engine=request.engine.value)


def _check_axioms(scene: Scene, _: Request) -> list[Finding]:
    """Look for contradictions; MissingError where the reasoner or Java is not installed."""
    from testimonia.validation.axioms import check_axioms

    if scene.state is not None:
        keep_out_of_git(scene.state)
    with scene.keep_folder() as folder:
        try:
            return check_axioms(scene.layout, folder, cache=scene.state)
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


def _check_literals(scene: Scene, _: Request) -> list[Finding]:
    from testimonia.validation.literals import check_literals

    return check_literals(scene.quads)


def _check_queries(scene: Scene, _: Request) -> list[Finding]:
    from testimonia.validation.queries import check_queries, read_checks

    return check_queries(scene.store, read_checks(scene.layout.checks))


def _check_hygiene(scene: Scene, _: Request) -> list[Finding]:
    from testimonia.validation.hygiene import check_hygiene

    return check_hygiene(scene.layout, scene.store)


def _check_description(scene: Scene, _: Request) -> list[Finding]:
    from testimonia.validation.description import check_description

    return check_description(scene.store, scene.base)


_CHECKS: dict[Layer, LayerCheck] = {
    Layer.LITERALS: _check_literals,
    Layer.SHACL: _check_shapes,
    Layer.QUERIES: _check_queries,
    Layer.OWL: _check_axioms,
    Layer.HYGIENE: _check_hygiene,
    Layer.DATASET: _check_description,
}
