"""rudof through pyrudof, the fast engine, which can check hundreds of times a second.

pySHACL decides exit codes; docs/engines.md lists where the two differ. pyrudof belongs to the extra `[rudof]` and is
imported when a session begins. It reads files in its strict mode (the other one skips what it cannot read) and is told
to replace what it has read before. It also reports the parts of `sh:or`, `sh:not` and the like, which are conditions
and no results (SHACL section 3.4.3): those are dropped here. It accepts ill-formed dates: the layer of literals finds
them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from testimonia.core.errors import TestimoniaError
from testimonia.core.findings import Finding
from testimonia.core.namespaces import expand
from testimonia.rdf.reading import get_value
from testimonia.rdf.triples import RdfTerm, TripleIndex, write_triples
from testimonia.shacl.conditions import find_nested, find_reporting

if TYPE_CHECKING:
    from pyrudof import Rudof

_SH = expand("sh:")
_NAMED = "urn:testimonia:shape:"


class RudofSession:
    """The engine with shapes loaded; `folder` is for a file of the shapes."""

    def __init__(self, shapes: TripleIndex, folder: Path) -> None:
        pyrudof = import_pyrudof()
        self._index = shapes
        self._reporting = find_reporting(shapes)
        self._names = {node: ox.NamedNode(f"{_NAMED}{number}") for number, node in enumerate(find_nested(shapes))}
        self._shapes = {name: node for node, name in self._names.items()}
        self._engine: Rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        self._pyrudof = pyrudof
        merged = folder / f"shapes-{os.getpid()}.nt"
        write_triples(map(self._name_shapes, shapes.triples()), merged)
        try:
            self._engine.read_shacl(merged, format=pyrudof.ShaclFormat.NTriples, reader_mode=pyrudof.ReaderMode.Strict)
        except pyrudof.RudofError as error:
            raise TestimoniaError(f"shapes/: rudof cannot use the shapes: {error}") from error

    def check(self, path: Path) -> list[Finding]:
        """Return the findings of one N-Triples file, sorted."""
        rudof = self._pyrudof
        try:
            self._engine.read_data(
                path, format=rudof.RDFFormat.NTriples, reader_mode=rudof.ReaderMode.Strict, merge=False
            )
            report = self._engine.validate_shacl()
            if report.conforms:
                return []
            text = self._engine.serialize_shacl_validation_results(rudof.ResultShaclValidationFormat.NTriples)
        except rudof.RudofError as error:  # its message quotes data
            raise TestimoniaError(f"rudof cannot check the data: {type(error).__name__}") from error
        found = TripleIndex(quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))
        result = _SH + "sourceConstraintComponent"
        findings = (self._read_finding(found, node) for node in found if result in found.get(node))
        return sorted(finding for finding in findings if finding)

    def _name_shapes(self, triple: ox.Triple) -> ox.Triple:
        """Return a triple of the shapes with names for nameless shapes, so that the report can tell them apart."""
        subject, value = self._names.get(triple.subject), self._names.get(triple.object)
        return ox.Triple(subject or triple.subject, triple.predicate, value or triple.object)

    def _read_finding(self, report: TripleIndex, result: RdfTerm) -> Finding | None:
        """Return one `sh:ValidationResult` as a finding; None for a part of a condition."""
        facts = {name.removeprefix(_SH): objects for name, objects in report.get(result).items()}
        source, path, value = (facts.get(name, [None])[0] for name in ("sourceShape", "resultPath", "value"))
        if isinstance(source, ox.NamedNode):
            source = self._shapes.get(source, source)
        if source not in self._reporting:
            return None
        return Finding(
            focus=_name(facts["focusNode"][0]),
            path="" if path is None else report.format_path(path),
            rule=_name(source),
            component=get_value(facts["sourceConstraintComponent"][0]).removeprefix(_SH),
            value="" if value is None else str(value),
            severity=get_value(facts["resultSeverity"][0]).removeprefix(_SH),
            found=self._choose_message(source, facts.get("resultMessage", [])),
        )

    def _choose_message(self, source: RdfTerm | None, reported: Iterable[RdfTerm]) -> str:
        """Return the message that the shape itself states; the engine adds one of its own, and forgets some."""
        stated = [] if source is None else self._index.get(source).get(_SH + "message", [])
        return get_value(next(iter([*stated, *reported]), None))


def _name(term: RdfTerm | None) -> str:
    """Return the bare IRI, blank node label or literal text of a term; "" for None."""
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal) else ""


def import_pyrudof() -> ModuleType:
    """Return the module pyrudof; TestimoniaError without the extra."""
    try:
        import pyrudof  # noqa: PLC0415 - an extra
    except ImportError as error:
        fix = "Install the extra: pip install 'testimonia[rudof]'"
        raise TestimoniaError(
            f"the engine rudof needs the extra [rudof], which is not installed here. {fix}"
        ) from error
    return pyrudof
