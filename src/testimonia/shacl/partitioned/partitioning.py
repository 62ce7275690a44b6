"""Checking a graph part by part on all cores, with the same findings as in one piece.

Parts are named graphs, small ones together (`parts`). Beside each lie the triples of others that its shapes can see
(`footprint`, `contexts`), and only nodes of the part itself are checked (`focusing`). A shape that needs the whole
graph is given it, in a run of its own. Processes are started by a fork server: forked ones deadlock in the engine.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from pathlib import Path
from typing import Literal, ParamSpec, Protocol, TypeVar

from testimonia.core.errors import InputError, TestimoniaError
from testimonia.core.findings import Finding
from testimonia.rdf.reading import climb
from testimonia.rdf.triples import TripleIndex, parse_triples, report_no_graph, report_no_shapes, write_triples
from testimonia.shacl.partitioned.cross_part import (
    Answer,
    Exchange,
    LinesByNode,
    Requests,
    Survey,
    Surveyor,
    digest,
    gather_nodes,
)
from testimonia.shacl.partitioned.focus_marks import Marker
from testimonia.shacl.partitioned.parts import PART_BYTES, PartPieces, TripleLine, cut_files, read_part
from testimonia.shacl.partitioned.shape_scope import Footprint, find_footprint
from testimonia.shacl.partitioned.target_rewriting import FocusedShapes, focus_shapes, keep_shapes

EngineName = Literal["pyshacl", "rudof"]
P = ParamSpec("P")
T = TypeVar("T")


class Session(Protocol):
    """An engine that has read its shapes."""

    def check(self, path: Path) -> list[Finding]:
        """Return the findings of one N-Triples file."""


def check_partitions(
    folder: Path, shapes: Path, *, engine: EngineName = "rudof", processes: int | None = None, size: int = PART_BYTES
) -> list[Finding]:
    """Return what a folder of Turtle shapes finds wrong with a folder of N-Quads files, sorted.

    The findings are those of `shacl.check_graph` (or `rudof.check_files`) on the whole graph, shape by shape, node by
    node. `processes` is by default the number of cores; `size` how many bytes a part has (a graph of at
    most twice that is one part, checked in this process). InputError when a folder
    holds no file, or lists each file that does not parse; TestimoniaError when the shapes cannot be used, the engine is
    not installed, or a process dies.
    """
    graphs, written = _list_files(folder, shapes)
    parts = cut_files(graphs, _choose_size(graphs, size))
    with tempfile.TemporaryDirectory(prefix="testimonia-") as work:
        worker = PartWorker(written, engine, Path(work))
        try:
            if len(parts) == 1:
                findings = worker.check(parts[0], (), frozenset())
            else:
                findings = _check_parts(parts, worker, processes or os.cpu_count() or 1)
            findings += worker.check_far(graphs)
        except (SyntaxError, ValueError, OSError) as error:
            for _ in parse_triples(graphs):  # names the file and the line
                pass
            raise TestimoniaError(f"{folder.name}/: cannot be read: {type(error).__name__}") from error
    return sorted(findings)


class PartWorker:
    """What a process does with one part: survey it, answer for it, check it.

    It can be sent to another process; the engine begins where it is first needed.
    """

    def __init__(self, shapes: Sequence[Path], engine: EngineName, folder: Path) -> None:
        self._arguments = (shapes, engine, folder)
        index = TripleIndex(parse_triples(shapes))
        self._index = index
        self._footprint: Footprint = find_footprint(index)
        self._focused: FocusedShapes = focus_shapes(index, self._footprint.far)
        self._engine, self._folder = engine, folder
        self._session: Session | None = None

    def __reduce__(self) -> tuple[type["PartWorker"], tuple[Sequence[Path], EngineName, Path]]:
        """Return what another process makes its own worker of."""
        return PartWorker, self._arguments

    def survey(self, part: PartPieces) -> Survey:
        """Return what a part holds, asks for and offers."""
        return Surveyor(self._footprint, gather_nodes(read_part(part))).survey()

    def answer(self, part: PartPieces, wanted: Requests, shared: frozenset[int]) -> dict[str, Answer]:
        """Return what a part knows of nodes that others ask for."""
        return Surveyor(self._footprint, gather_nodes(read_part(part))).answer(wanted, shared)

    def check(self, part: PartPieces, context: Iterable[TripleLine], others: frozenset[int]) -> list[Finding]:
        """Return the findings on a part's own nodes; `others` are the digests of those that another part checks."""
        if self._session is None:
            self._session = open_session(self._engine, TripleIndex(self._focused.triples), self._folder)
        nodes = gather_nodes(read_part(part))
        aiming = {f"<{name}>" for name in self._footprint.aiming}
        named = (line[2] for lines in nodes.values() for line in lines if line[1] in aiming)
        own = [node for node in dict.fromkeys((*nodes, *named)) if not others or digest(node) not in others]
        for line in context:
            nodes.setdefault(line[0], []).append(line)
        aimed: dict[str, set[str]] = {}
        for lines in nodes.values():
            for line in lines:
                if line[1] in aiming:
                    aimed.setdefault(line[2], set()).add(line[1])
        path = self._folder / f"part-{os.getpid()}.nt"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{s} {p} {o} .\n" for lines in nodes.values() for s, p, o in lines)
            marker = Marker(self._focused, find_classes(nodes))
            file.writelines(marker.mark(((node, nodes.get(node, ())) for node in own), aimed))
        del nodes
        return list(marker.tell_again(self._session.check(path)))

    def check_far(self, graphs: Sequence[Path]) -> list[Finding]:
        """Return the findings of the shapes that need the whole graph."""
        far = self._footprint.far
        if not far:
            return []
        path = self._folder / "whole.nt"
        write_triples(parse_triples(graphs), path)
        return open_session(self._engine, TripleIndex(keep_shapes(self._index, far)), self._folder).check(path)


def prepare_processes() -> None:
    """Let the server that starts processes begin to import what they need."""
    multiprocessing.set_forkserver_preload([__name__])  # no engine: one that was loaded cannot be forked
    forkserver.ensure_running()


def is_one_part(folder: Path) -> bool:
    """Tell whether a folder of N-Quads files is small enough to be checked in one piece."""
    return _choose_size(list(folder.rglob("*.nq")), PART_BYTES) != PART_BYTES


def _choose_size(graphs: Sequence[Path], size: int) -> int:
    """Return how many bytes a part has: all of a small graph, since starting processes costs more than checking it."""
    whole = sum(path.stat().st_size for path in graphs)
    return whole if whole <= 2 * size else size


def open_session(engine: EngineName, shapes: TripleIndex, folder: Path) -> Session:
    """Return an engine that has read these shapes; `folder` takes its files."""
    if engine == "rudof":
        from testimonia.shacl.rudof import RudofSession  # noqa: PLC0415 - only one engine is loaded

        return RudofSession(shapes, folder)
    from testimonia.shacl.shacl import GraphSession  # noqa: PLC0415

    return GraphSession(shapes, folder)


def find_classes(nodes: LinesByNode) -> dict[str, set[str]]:
    """Return each class that has one above it, with all above it and itself.

    >>> sub = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    >>> sorted(find_classes({"<a:c>": [("<a:c>", sub, "<a:d>")], "<a:d>": [("<a:d>", sub, "<a:e>")]})["<a:c>"])
    ['<a:c>', '<a:d>', '<a:e>']
    """
    above: dict[str, set[str]] = {}
    for node, lines in nodes.items():
        found = {line[2] for line in lines if line[1] == "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"}
        if found:
            above[node] = found
    return {cls: climb([cls], lambda other: above.get(other, set())) for cls in above}


def _check_parts(parts: Sequence[PartPieces], worker: PartWorker, processes: int) -> list[Finding]:
    """Survey all parts, bring each what it needs of others, check them, in several processes."""
    try:
        with _open_pool(worker, processes) as pool:
            exchange = Exchange(pool.map(_survey, parts))
            while requests := exchange.take_requests():
                asked = [pool.submit(_answer, parts[n], *wanted) for n, wanted in requests.items()]
                for answered in asked:
                    exchange.add_answers(answered.result())
            return _check_all(pool, parts, exchange, processes)
    except BrokenProcessPool as error:
        fix = "Run it with fewer processes, or look whether memory ran out"
        raise TestimoniaError(f"a process of the validation died before it was done. {fix}") from error


def _open_pool(worker: PartWorker, processes: int) -> Executor:
    """Return so many processes with a worker each; one is this process itself."""
    if processes == 1:
        return _InPlace(worker)
    start = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(processes, start, _begin, (worker,))


class _InPlace(Executor):
    """Does at once, in this process, what is submitted."""

    def __init__(self, worker: PartWorker) -> None:
        _begin(worker)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return what the function gives, done."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _check_all(pool: Executor, parts: Sequence[PartPieces], exchange: Exchange, processes: int) -> list[Finding]:
    """Check all parts, a few ahead of the processes, so that contexts do not pile up."""
    findings: list[Finding] = []
    running: list[Future[list[Finding]]] = []
    for number, part in enumerate(parts):
        context = [*exchange.get_context(number), *exchange.hierarchy]
        running.append(pool.submit(_check, part, context, exchange.get_others(number)))
        if len(running) > processes:
            findings += running.pop(0).result()
    for future in running:
        findings += future.result()
    return findings


_workers: list[PartWorker] = []


def _begin(worker: PartWorker) -> None:
    _workers[:] = [worker]


def _survey(part: PartPieces) -> Survey:
    return _workers[0].survey(part)


def _answer(part: PartPieces, wanted: Requests, shared: frozenset[int]) -> Mapping[str, Answer]:
    return _workers[0].answer(part, wanted, shared)


def _check(part: PartPieces, context: list[TripleLine], others: frozenset[int]) -> list[Finding]:
    return _workers[0].check(part, context, others)


def _list_files(folder: Path, shapes: Path) -> tuple[list[Path], list[Path]]:
    """Find the N-Quads files of a folder, subfolders included, and the Turtle files of another; InputError without."""
    graphs, written = sorted(folder.rglob("*.nq")), sorted(shapes.glob("*.ttl"))
    findings = []
    if not graphs:
        findings.append(report_no_graph(folder))
    if not written:
        findings.append(report_no_shapes(shapes))
    if findings:
        raise InputError(findings)
    return graphs, written
