"""Checking a graph part by part on all cores, with the same findings as in one piece.

Parts are named graphs, small ones together (`parts`). Each is checked beside the triples of others that its shapes
look at (`shape_scope`, `cross_part`), and only its own nodes are focus nodes (`target_rewriting`). A shape that needs
the whole graph is checked on it, in a run of its own. A fork server starts the processes: forked ones deadlock in the
engine.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from pathlib import Path
from typing import Literal, Protocol

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
from testimonia.shacl.partitioned.focus_marks import FocusMarker
from testimonia.shacl.partitioned.parts import PART_BYTES, PartPieces, TripleLine, cut_files, read_part
from testimonia.shacl.partitioned.shape_scope import find_scope
from testimonia.shacl.partitioned.target_rewriting import keep_shapes, rewrite_targets

EngineName = Literal["pyshacl", "rudof"]


class Session(Protocol):
    """An engine that has read its shapes."""

    def check(self, path: Path) -> list[Finding]:
        """Return the findings of one N-Triples file."""


def check_partitions(
    folder: Path, shapes: Path, *, engine: EngineName = "rudof", processes: int | None = None, size: int = PART_BYTES
) -> list[Finding]:
    """Return what a folder of Turtle shapes finds wrong with a folder of N-Quads files, sorted.

    The findings are those of the engine on the whole graph. `processes` is by default the number of cores; `size` how
    many bytes a part has (a graph of at most twice that is one part, checked in this process). InputError when a folder
    holds no file, or lists each file that does not parse; TestimoniaError when the shapes cannot be used, the engine is
    not installed, or a process dies.
    """
    graphs, written = _list_files(folder, shapes)
    parts = cut_files(graphs, 2 * size if _is_small(graphs, size) else size)
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
    """Surveys, answers for and checks one part at a time.

    It can be sent to another process; the engine is started when it is first needed.
    """

    def __init__(self, shapes: Sequence[Path], engine: EngineName, folder: Path) -> None:
        self._arguments = (shapes, engine, folder)
        self._index = TripleIndex(parse_triples(shapes))
        self._scope = find_scope(self._index)
        self._rewritten = rewrite_targets(self._index, self._scope.far)
        self._aiming = {f"<{name}>" for name in self._scope.aiming}
        self._engine, self._folder = engine, folder
        self._session: Session | None = None

    def __reduce__(self) -> tuple[type["PartWorker"], tuple[Sequence[Path], EngineName, Path]]:
        """Return the arguments from which another process makes its own worker."""
        return PartWorker, self._arguments

    def survey(self, part: PartPieces) -> Survey:
        """Return what a part holds, asks for and offers."""
        return Surveyor(self._scope, gather_nodes(read_part(part))).survey()

    def answer(self, part: PartPieces, wanted: Requests, shared: frozenset[int]) -> dict[str, Answer]:
        """Return what a part knows of nodes that others ask for."""
        return Surveyor(self._scope, gather_nodes(read_part(part))).answer(wanted, shared)

    def check(self, part: PartPieces, foreign: Iterable[TripleLine], others: frozenset[int]) -> list[Finding]:
        """Return the findings on a part's own nodes, beside triples of other parts that its shapes look at.

        `others` are the digests of nodes that another part checks.
        """
        if self._session is None:
            self._session = open_session(self._engine, TripleIndex(self._rewritten.triples), self._folder)
        nodes = gather_nodes(read_part(part))
        own = list(dict.fromkeys((*nodes, *self._find_aimed(nodes))))
        if others:
            own = [node for node in own if digest(node) not in others]
        for line in foreign:
            nodes.setdefault(line[0], []).append(line)
        marker = FocusMarker(self._rewritten, find_classes(nodes))
        path = self._folder / f"part-{os.getpid()}.nt"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{s} {p} {o} .\n" for lines in nodes.values() for s, p, o in lines)
            file.writelines(marker.mark(((node, nodes.get(node, ())) for node in own), self._find_aimed(nodes)))
        del nodes  # the engine needs the memory
        return list(marker.repeat(self._session.check(path)))

    def _find_aimed(self, nodes: LinesByNode) -> dict[str, set[str]]:
        """Return the nodes that are targets as objects, with the properties that make them so."""
        aimed: dict[str, set[str]] = {}
        for lines in nodes.values():
            for _, name, value in lines:
                if name in self._aiming:
                    aimed.setdefault(value, set()).add(name)
        return aimed

    def check_far(self, graphs: Sequence[Path]) -> list[Finding]:
        """Return the findings of the shapes that need the whole graph."""
        far = self._scope.far
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
    return _is_small(folder.rglob("*.nq"), PART_BYTES)


def _is_small(graphs: Iterable[Path], size: int) -> bool:
    """Tell whether files are at most twice the size of a part: starting processes would take longer than checking."""
    return sum(path.stat().st_size for path in graphs) <= 2 * size


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
    """Return so many processes with a worker each; a single one is a thread of this process."""
    if processes == 1:
        return ThreadPoolExecutor(1, initializer=_begin, initargs=(worker,))
    return ProcessPoolExecutor(processes, multiprocessing.get_context("forkserver"), _begin, (worker,))


def _check_all(pool: Executor, parts: Sequence[PartPieces], exchange: Exchange, processes: int) -> list[Finding]:
    """Check all parts, a few ahead of the processes, so that the triples beside them do not pile up."""
    findings: list[Finding] = []
    running: list[Future[list[Finding]]] = []
    for number, part in enumerate(parts):
        foreign = [*exchange.get_cross_part(number), *exchange.hierarchy]
        running.append(pool.submit(_check, part, foreign, exchange.get_others(number)))
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


def _check(part: PartPieces, foreign: list[TripleLine], others: frozenset[int]) -> list[Finding]:
    return _workers[0].check(part, foreign, others)


def _list_files(folder: Path, shapes: Path) -> tuple[list[Path], list[Path]]:
    """Return the N-Quads files of a folder, and the Turtle files of another; InputError if none."""
    graphs, written = sorted(folder.rglob("*.nq")), sorted(shapes.glob("*.ttl"))
    findings = []
    if not graphs:
        findings.append(report_no_graph(folder))
    if not written:
        findings.append(report_no_shapes(shapes))
    if findings:
        raise InputError(findings)
    return graphs, written
