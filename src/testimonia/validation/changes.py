"""Validation of what changed since the last clean run.

Only changed records are read again, with the few that they touch. What concerns every record (model, settings,
registries, a record that went) means that everything is read again; so do withheld records, texts and a private
folder. Layers over the whole graph take the unchanged records' part of it from graph/.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.evidence import Lock
from testimonia.core.findings import Finding
from testimonia.core.iris import mint_entity_iri, mint_graph_iri
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout
from testimonia.dataset.graph import BuiltGraph
from testimonia.dataset.project import Project, build_project, find_unlocked, publish_lock, read_lock
from testimonia.dataset.records import collect_records, publish_records
from testimonia.rdf.reading import get_value
from testimonia.validation.graph_under_test import GraphUnderTest, parse_built
from testimonia.validation.layers import run_layers
from testimonia.validation.options import Options
from testimonia.validation.project import (
    Whole,
    add_curated,
    check_graph_folder,
    check_whole,
    locate_in_project,
    read_whole,
    report_stale,
)
from testimonia.validation.report import Report
from testimonia.validation.state import (
    Entry,
    State,
    describe_record,
    digest,
    digest_common,
    digest_graph,
    digest_lock,
    find_inverse,
    find_related,
    find_slugs,
    read_state,
    write_state,
)
from testimonia.vocabulary.reading import read_vocabulary

_LEFT = (Layer.OWL, Layer.DATASET)
"""Layers that look at the graph as one: a run of what changed leaves them out, and says so."""
_SHARED = ("entities", "dates")


def check_changes(layout: Layout, options: Options) -> Report:
    """Return what the layers find in the records that changed since the last clean run, else in all of them.

    A clean run of all layers becomes the last clean run.
    """
    state = read_state(layout)
    if state is None or options.texts or options.private or any(map(options.names, _LEFT)):
        return _check_all(layout, options)
    contents = {path.stem: path.read_bytes() for path in sorted(layout.records.glob("*.yaml"))}
    try:
        lock = read_lock(layout)
    except InputError:
        return _check_all(layout, options)
    changed = {
        stem: content
        for stem, content in contents.items()
        if _has_changed(state.records.get(stem), content, lock, stem)
    }
    if state.records.keys() - contents.keys():
        return _check_all(layout, options)
    return _Changes(layout, options, state, lock, changed).inspect() or _check_all(layout, options)


def _has_changed(entry: Entry | None, content: bytes, lock: Lock, stem: str) -> bool:
    return entry is None or entry.record != digest(content) or entry.lock != digest_lock(lock, stem)


def _check_all(layout: Layout, options: Options) -> Report:
    """Return what the layers find in everything; a clean run is kept, unless something is withheld."""
    common, graph = digest_common(layout), digest_graph(layout)
    contents = {path.stem: path.read_bytes() for path in sorted(layout.records.glob("*.yaml"))}
    whole, findings = read_whole(layout, options)
    report = check_whole(layout, options, whole, findings)
    if whole is None or not report.clean or options.only or whole.project.curated.guard.is_needed:
        return report
    state = State(common, _describe(layout, whole, contents), graph)
    report.note = "everything was read" if write_state(layout, state) else "everything was read, nothing could be kept"
    return report


def _describe(layout: Layout, whole: Whole, contents: Mapping[str, bytes]) -> dict[str, Entry]:
    """Return the entry of each record of a data set, or of a part of it."""
    quads, inverse, base = parse_built(whole.built), find_inverse(layout), whole.project.records.base
    lock = read_lock(layout)
    return {
        (stem := record.interview.text): describe_record(
            contents[stem], record, lock, quads, base=base, inverse=inverse
        )
        for record in whole.project.records.records
        if record.interview.text in contents
    }


@dataclass(slots=True)
class _Changes:
    """One run over what changed: `changed` is stem → content of the records that did."""

    layout: Layout
    options: Options
    state: State
    lock: Lock
    changed: dict[str, bytes]

    def inspect(self) -> Report | None:
        """Return what is found; None when everything has to be read after all."""
        texts = {stem: content.decode("utf-8", errors="replace") for stem, content in self.changed.items()}
        looked, beside = find_related(self.state, texts)
        read = {*texts, *looked, *beside}
        vocabulary = read_vocabulary(self.layout)
        collected = collect_records(self.layout, vocabulary, only=read)
        if collected.guard.is_needed:
            return None
        note = f"read again: {len(read)} of {len(self.state.records.keys() | texts.keys())} records"
        report = Report(base=collected.records.base, note=note)
        if collected.full:
            add_curated(report, self.options, list(collected.shown))
            return report
        curated = publish_records(collected, vocabulary)[0]
        project = Project(self.layout, vocabulary, curated.public, curated)
        lock = publish_lock(project, self.lock)
        unlocked = find_unlocked(project.records, lock)
        add_curated(report, self.options, list(unlocked))
        if unlocked:
            return report
        whole = Whole(project, lock, build_project(project, lock))
        self._check_graph(report, whole, {*texts, *looked}, read)
        locate_in_project(report, project, lock)
        self._keep(report, whole)
        return report

    def _check_graph(self, report: Report, part: Whole, looked: set[str], read: set[str]) -> None:
        """Run the layers of the graph: on what changed where it stands alone, else on the graph as it would be."""
        quads = parse_built(part.built)
        report.triples = len(quads)
        near = GraphUnderTest(self.layout, quads, report.base, None, self.layout.state)
        run_layers(near, self.options, report, (Layer.LITERALS, Layer.SHACL))
        view = self._find_view(quads, looked, report.base)
        report.findings = [f for f in report.findings if f.focus in view]
        far = GraphUnderTest(self.layout, self._compose(quads, read), report.base, None, None)
        run_layers(far, self.options, report, (Layer.QUERIES, Layer.HYGIENE))
        for layer in filter(self.options.wants, _LEFT):
            report.skip(layer, "--changed leaves it to a run of everything")
        if self.options.wants(Layer.GRAPH):
            report.add(Layer.GRAPH, self._check_graph_folder(part.built, looked))

    def _find_view(self, quads: list[ox.Quad], looked: set[str], base: str) -> set[str]:
        """Find the nodes whose findings count: those of the records looked at, what they name, what they named before.

        The part that was read holds all there is to say of these, but not of others.
        """
        graphs = {mint_graph_iri(base, f"interview/{stem}") for stem in looked}
        own = [quad for quad in quads if get_value(quad.graph_name) in graphs]
        view = {get_value(term) for quad in own for term in (quad.subject, quad.object)}
        for stem, content in self.changed.items():
            before = self.state.records.get(stem)
            lost = set(before.meets) - find_slugs(content.decode("utf-8", errors="replace")) if before else set()
            view |= {mint_entity_iri(base, slug) for slug in lost}
        return view

    def _compose(self, quads: list[ox.Quad], read: set[str]) -> list[ox.Quad]:
        """Return the whole graph as it would be: the part that was read, the rest as it stands in graph/.

        Of entities and dates that stand in graph/ only those count that the rest still names.
        """
        rest: list[ox.Quad] = []
        shared: dict[str, list[ox.Quad]] = {}
        for path in sorted(self.layout.graph.rglob("*.nq")):
            name = path.relative_to(self.layout.graph).with_suffix("").as_posix()
            if name.removeprefix("interview/") in read or name in {"vocabulary", "dataset"}:
                continue
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
                if name in _SHARED:
                    shared.setdefault(get_value(quad.subject), []).append(quad)
                else:
                    rest.append(quad)
        there = {get_value(quad.subject) for quad in quads}
        open_ = [get_value(quad.object) for quad in rest]
        while open_:
            named = open_.pop()
            found = shared.pop(named, []) if named not in there else []
            rest += found
            open_ += [get_value(quad.object) for quad in found]
        return [*quads, *rest]

    def _check_graph_folder(self, built: BuiltGraph, looked: set[str]) -> list[Finding]:
        """Tell whether graph/ is what the records give.

        Where graph/ was built anew since the last clean run, only reading everything can tell. Else it is stale if what
        was read gives something else than stands there.
        """
        if not self.layout.graph.is_dir():
            return []
        if digest_graph(self.layout) != self.state.graph:
            whole = read_whole(self.layout, self.options)[0]
            return check_graph_folder(self.layout, whole.built) if whole else []
        names = [f"interview/{stem}.nq" for stem in sorted(looked)]
        stale = [n for n in names if self._read_lines(n) != set(built.files[n].splitlines())]
        for name in (f"{shared}.nq" for shared in _SHARED):
            fresh = set(built.files.get(name, b"").splitlines())
            subjects = {line.split(b" ", 1)[0] for line in fresh}
            if fresh != {line for line in self._read_lines(name) if line.split(b" ", 1)[0] in subjects}:
                stale.append(name)
        return [report_stale(self.layout, built, name) for name in stale]

    def _read_lines(self, name: str) -> set[bytes]:
        path = self.layout.graph / name
        return set(path.read_bytes().splitlines()) if path.is_file() else set()

    def _keep(self, report: Report, part: Whole) -> None:
        """Keep the state of a clean run of all layers."""
        if not report.clean or self.options.only:
            return
        entries = {**self.state.records, **_describe(self.layout, part, self.changed)}
        write_state(self.layout, State(self.state.common, entries, digest_graph(self.layout)))
