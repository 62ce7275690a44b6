"""The source of an export: N-Quads files, read graph by graph, with their quads in an order for readers.

Nothing is held but the file that is read, so a graph may be larger than memory as long as none of its files is. Values
are given as the files have them; a store would write numbers anew.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.files import report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.iris import find_base, mint_graph_iri
from testimonia.core.namespaces import expand
from testimonia.rdf.graph_folder import check_digests
from testimonia.rdf.reading import get_value, report_syntax

INTERVIEW = "interview/"
"""What the names of the graphs of interviews begin with, after `<base>graph/`."""

_FIRST = {expand(name): place for place, name in enumerate(("rdf:type", "rdfs:label", "skos:prefLabel"))}
_FILE = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)*")
"""What a file may be called after its graph: slugs, none of which leads out of the folder."""
_DIGITS = re.compile(r"(\d+)")
_Key = list[str | int]


@dataclass(frozen=True, slots=True)
class GraphPart:
    """A named graph (its IRI, "" for the default graph), or a file's part of one, with its quads."""

    name: str
    quads: list[ox.Quad]

    def by_subject(self) -> Iterator[tuple[str, list[ox.Quad]]]:
        """Yield (IRI, quads) of each subject of a sorted part."""
        for subject, quads in groupby(self.quads, key=lambda quad: get_value(quad.subject)):
            yield subject, list(quads)


@dataclass(frozen=True, slots=True)
class ExportSource:
    """N-Quads files of one data set (its `base` IRI, "" where graph names do not tell it).

    `heads` are the names of the graphs that the files begin with; `keep` filters each part of a graph, by default it
    keeps everything.
    """

    paths: tuple[Path, ...]
    heads: tuple[str, ...]
    base: str
    keep: Callable[[GraphPart], GraphPart] = lambda part: part

    def read_parts(self) -> Iterator[GraphPart]:
        """Yield the named graphs in the order of the files, sorted, none empty; InputError if a file cannot be read."""
        for part in self.scan_parts():
            yield GraphPart(part.name, sort_quads(part.quads))

    def scan_parts(self) -> Iterator[GraphPart]:
        """Yield the named graphs as `read_parts`, each with its quads in the order of the file."""
        for path in self.paths:
            graphs: dict[str, list[ox.Quad]] = defaultdict(list)
            for quad in read_quads(path):
                graphs[get_value(quad.graph_name)].append(quad)
            for name, quads in sorted(graphs.items()):
                part = self.keep(GraphPart(name, quads))
                if part.quads:
                    yield part

    def read_graph(self, name: str) -> Iterator[ox.Quad]:
        """Yield the quads of files that begin with a graph, by its short name (`dates`); `keep` is not applied."""
        for path, head in zip(self.paths, self.heads, strict=True):
            if self.shorten(head) == name:
                yield from read_quads(path)

    def find_interview(self, name: str) -> str:
        """Return the id of the interview that a graph (by its name) belongs to, "" for any other graph."""
        stem = mint_graph_iri(self.base, INTERVIEW)
        return name.removeprefix(stem) if self.base and name.startswith(stem) else ""

    def shorten(self, name: str) -> str:
        """Return the short name of a graph (`dates`, `interview/val-solen`), its IRI if it is not of this data set."""
        return name.removeprefix(mint_graph_iri(self.base, "")) if self.base else name

    def name_file(self, name: str) -> str:
        """Return the file name for a graph, without suffix; the IRI of a graph outside the data set becomes one word.

        >>> source = ExportSource((), (), "https://example.org/")
        >>> [source.name_file(f"https://example.org/{path}") for path in ("graph/dates", "merged/harbour", "../a")]
        ['dates', 'merged/harbour', 'https%3A%2F%2Fexample.org%2F..%2Fa']
        """
        short = self.shorten(name)
        if self.base and short == name:
            short = name.removeprefix(self.base)
        return short if _FILE.fullmatch(short) else quote(name, safe="") or "default"


Writer = Callable[[ExportSource, IO[bytes]], None]
"""Writes a source in one form, either the whole that it was prepared for or a part of it."""


def split_source(source: ExportSource) -> Iterator[tuple[str, ExportSource]]:
    """Yield (graph name, source of that graph alone) for each named graph that is not empty."""
    for name in dict.fromkeys(source.heads):
        paths = tuple(path for path, head in zip(source.paths, source.heads, strict=True) if head == name)
        part = replace(source, paths=paths, heads=(name,) * len(paths))
        if next(part.scan_parts(), None) is not None:
            yield name, part


def read_source(folder: Path) -> ExportSource:
    """Return the graph in a folder as a source.

    InputError when there is none, or when a file does not match the folder's manifest.
    """
    findings = check_digests(folder)
    paths = sorted(folder.rglob("*.nq"))
    if not paths and not findings:
        found, fix = "no graph here (*.nq)", "Build it: make"
        findings = [Finding.at(f"{folder.name}/", "graph-missing", found=found, fix=fix)]
    if findings:
        raise InputError(findings)
    return collect_source(paths)


def collect_source(paths: Iterable[Path]) -> ExportSource:
    """Return N-Quads files as a source; the first quad of each file tells its graph, these the base IRI."""
    found = tuple(paths)
    firsts = (next(read_quads(path), None) for path in found)
    heads = tuple(get_value(quad.graph_name) if quad else "" for quad in firsts)
    return ExportSource(found, heads, find_base(heads))


def add_files(source: ExportSource, paths: Iterable[Path]) -> ExportSource:
    """Return a source with more files after its own, of any origin; its base stays."""
    more = collect_source(paths)
    return replace(source, paths=source.paths + more.paths, heads=source.heads + more.heads)


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of an N-Quads file in its order; InputError when it cannot be read or does not parse."""
    try:
        yield from ox.parse(path=path, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        name, fix = (
            f"{path.parent.name}/{path.name}",
            "Build it anew; a source of a workspace: remove it and add it anew",
        )
        raise InputError([report_syntax(name, error, "N-Quads", fix)]) from error
    except OSError as error:
        raise InputError([report_unreadable(path.name, error)]) from error


def sort_quads(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    r"""Sort quads by subject (numbers in IRIs by value), then class and label before other properties.

    >>> lines = [f'<x:claim/{n}> <x:p> "a" .' for n in (10, 9)]
    >>> [q.subject.value for q in sort_quads(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))]
    ['x:claim/9', 'x:claim/10']
    """
    subjects: dict[str, dict[str, list[ox.Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subjects[get_value(quad.subject) or str(quad.subject)][quad.predicate.value].append(quad)
    found: list[ox.Quad] = []
    for subject in sorted(subjects, key=split_number):
        facts = subjects[subject]
        for predicate in sorted(facts, key=lambda iri: (_FIRST.get(iri, len(_FIRST)), iri)):
            same = facts[predicate]
            found += sorted(same, key=_split_object) if len(same) > 1 else same
    return found


def _split_object(quad: ox.Quad) -> tuple[_Key, str]:
    value = quad.object
    return (split_number(value.value), "") if isinstance(value, ox.NamedNode) else ([get_value(value)], str(value))


def split_number(text: str) -> _Key:
    """Return a sort key that orders numbers inside texts by their value.

    >>> sorted(["claim/10", "claim/9"], key=split_number)
    ['claim/9', 'claim/10']
    """
    return [int(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(text))]
