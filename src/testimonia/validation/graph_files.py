"""Checks of the files of a built graph: whatever is not as a build would have written it.

Each file is read once, so that memory does not grow with the graph. A finding about a file has no focus: its place
names the file, relative to the folder's parent.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.iris import mint_graph_iri
from testimonia.core.layout import MANIFEST
from testimonia.core.namespaces import T, expand
from testimonia.core.record import Position
from testimonia.mapping.quads import ConservationError, choose_graph
from testimonia.rdf.reading import get_value

_FIX = "Build the graph anew, which removes what does not belong: testimonia build"
_TYPE = ox.NamedNode(expand("rdf:type"))


def check_graph_files(folder: Path) -> list[Finding]:
    """Return what is wrong with the files of a graph folder, sorted; InputError when there is no such folder.

    Looked for: files that the manifest does not name or that are not as it says (digest, triples), lines that are not
    sorted or come twice, blank nodes, quoted triples, and triples in another named graph than their subject's.
    """
    if not folder.is_dir():
        fix = "Build the graph first: testimonia build"
        raise InputError.at(folder.as_posix(), "graph-missing", found="no graph folder here", fix=fix)
    review = _Review(folder)
    manifest = review.read_manifest()
    review.base = str(manifest.get("base", ""))
    stated = {name: facts for name, facts in _get_mapping(manifest, "files").items() if isinstance(facts, dict)}
    there = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()} if manifest else {}
    for name in sorted(stated.keys() - there.keys()):
        review.report("missing-file", name, "The manifest names this file, and it is not there.")
    for name, path in there.items():
        if name in stated:
            review.check_file(name, path.read_bytes(), stated[name])
        elif name != MANIFEST:
            review.report("unlisted-file", name, "The manifest does not name this file.")
    review.look_twice(there[name] for name in sorted(stated.keys() & there.keys()))
    if manifest and _get_mapping(manifest, "things") != dict(sorted(review.things.items())):
        review.report("wrong-manifest", MANIFEST, "The manifest counts other things than the files hold.")
    return sorted(review.findings)


def _get_mapping(manifest: dict[str, Any], key: str) -> dict[str, Any]:
    value = manifest.get(key)
    return value if isinstance(value, dict) else {}


@dataclass(slots=True)
class _Review:
    """Looks at one file after the other; `strays` are triples that stand in a graph that is not their subject's."""

    folder: Path
    base: str = ""
    findings: set[Finding] = field(default_factory=set)
    things: Counter[str] = field(default_factory=Counter)
    strays: dict[ox.Triple, str] = field(default_factory=dict)

    def report(self, rule: str, name: str, message: str, *, focus: str = "", line: int = 0) -> None:
        place = Position(f"{self.folder.name}/{name}", line, 1 if line else 0)
        shown = message if focus else f"{place.path}: {message}"
        self.findings.add(Finding.on(focus, rule, found=shown, fix=_FIX, place=place))

    def read_manifest(self) -> dict[str, Any]:
        """Return the manifest; {} after a finding where it is missing, no JSON or without a base."""
        try:
            manifest = json.loads((self.folder / MANIFEST).read_text("utf-8"))
        except FileNotFoundError:
            self.report("missing-file", MANIFEST, "There is no manifest.")
            return {}
        except (OSError, ValueError, RecursionError):
            manifest = None
        if not isinstance(manifest, dict) or not isinstance(manifest.get("base"), str):
            self.report("wrong-manifest", MANIFEST, "The manifest is no JSON object with a base and files.")
            return {}
        return manifest

    def check_file(self, name: str, content: bytes, stated: dict[str, Any]) -> None:
        """Check one file against what the manifest states of it and against the rules for every file."""
        if hashlib.sha256(content).hexdigest() != stated.get("sha256"):
            self.report("wrong-digest", name, "The file has another SHA-256 than the manifest says.")
        lines = content.split(b"\n")
        if lines.pop() != b"" or b"\r" in content:
            self.report("unsorted-file", name, "A line does not end as the others do.", line=len(lines) + 1)
        for number, (line, after) in enumerate(pairwise(lines), start=2):
            if after <= line:
                said = "comes twice" if after == line else "is not in its place"
                self.report("unsorted-file", name, f"The line {said}; lines are sorted.", line=number)
                break
        if len(lines) != stated.get("triples"):
            found = f"The file holds {len(lines)} triples, the manifest says {stated.get('triples')}."
            self.report("wrong-count", name, found)
        try:
            for number, quad in enumerate(ox.parse(content, format=ox.RdfFormat.N_QUADS), start=1):
                self.check_quad(name, number, quad)
        except SyntaxError as error:
            self.report("not-n-quads", name, f"Not N-Quads: {error.msg}.", line=error.lineno or 0)

    def check_quad(self, name: str, number: int, quad: ox.Quad) -> None:
        subject = get_value(quad.subject)
        if not subject or not isinstance(quad.object, ox.NamedNode | ox.Literal):
            message = "A blank node or a quoted triple; every node has an IRI."
            self.report("blank-node", name, message, focus=subject, line=number)
        if quad.predicate == _TYPE and get_value(quad.object).startswith(T):
            self.things[get_value(quad.object).removeprefix(T)] += 1
        graph = get_value(quad.graph_name)
        if graph != mint_graph_iri(self.base, name.removesuffix(".nq")):
            self.report("wrong-graph", name, "A named graph that is not this file's.", focus=subject, line=number)
        elif subject:
            self.check_subject(name, quad, graph)

    def check_subject(self, name: str, quad: ox.Quad, graph: str) -> None:
        try:
            proper = choose_graph(quad.subject, quad.predicate, self.base).value
        except ConservationError:
            message = f"It stands in {self.folder.name}/{name}, but no graph is for such an IRI."
        else:
            if proper == graph:
                return
            file = proper.removeprefix(mint_graph_iri(self.base, "")) + ".nq"
            message = f"It stands in {self.folder.name}/{name}; its graph is {self.folder.name}/{file}."
        self.strays[quad.triple] = name
        self.report("wrong-graph", name, message, focus=get_value(quad.subject))

    def look_twice(self, paths: Iterable[Path]) -> None:
        """Report the triples that two files hold; only one that stands in a wrong graph can be such a triple."""
        if not self.strays:
            return
        seen: Counter[ox.Triple] = Counter()
        for path in paths:
            try:
                seen.update(
                    q.triple for q in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS) if q.triple in self.strays
                )
            except SyntaxError:
                continue  # reported already
        for triple, times in seen.items():
            if times > 1:
                message = f"A triple of it stands in {times} graphs, and every count of it is wrong."
                self.report("triple-in-two-graphs", self.strays[triple], message, focus=get_value(triple.subject))
