"""Copies of triples as an OWL 2 DL reasoner takes them.

A reasoner wants a declaration for every property and class, knows only the datatypes of the OWL 2 datatype map (without
xsd:date) and has no use for labels. So it gets a copy: annotations are left out, dates become date-times, every other
datatype that it does not know becomes text, and what nobody declared is named.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.namespaces import PREFIXES, expand
from testimonia.rdf.reading import get_value

_RDF, _RDFS, _OWL, _XSD = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_ANNOTATION = ox.NamedNode(expand("owl:AnnotationProperty"))
_DATATYPE = ox.NamedNode(expand("rdfs:Datatype"))
_ONTOLOGY = ox.NamedNode(expand("owl:Ontology"))
_CLASSES = {ox.NamedNode(expand("owl:Class")), _DATATYPE}
_PROPERTIES = {ox.NamedNode(expand(f"owl:{kind}Property")) for kind in ("Object", "Datatype", "Annotation")}
_SILENT = {
    *(expand(f"rdfs:{name}") for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(expand(f"owl:{name}") for name in ("imports", "versionIRI", "versionInfo", "deprecated", "priorVersion")),
}
"""Built-in annotations, and what a header says."""
_DATE = ox.NamedNode(_XSD + "date")
_DATE_TIME = ox.NamedNode(_XSD + "dateTime")
_TEXT = ox.NamedNode(_XSD + "string")
_DAY = re.compile(r"(?P<day>-?\d{4,}-\d\d-\d\d)(?P<zone>Z|[+-]\d\d:\d\d)?")
_INTEGERS = {
    *("integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
    *("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
}
_KNOWN = {_XSD + name for name in _INTEGERS} | {
    *(_XSD + name for name in ("decimal", "double", "float", "boolean", "string", "normalizedString", "token")),
    *(_XSD + name for name in ("language", "Name", "NCName", "NMTOKEN", "hexBinary", "base64Binary", "anyURI")),
    *(_XSD + name for name in ("dateTime", "dateTimeStamp")),
    *(_RDF + name for name in ("PlainLiteral", "XMLLiteral", "langString")),
    _RDFS + "Literal",
}
"""The OWL 2 datatype map (Structural Specification, section 4) as far as the reasoner knows it."""


@dataclass(frozen=True, slots=True)
class Declarations:
    """What properties and classes are declared, and which of the properties say nothing to a reasoner."""

    known: frozenset[str]
    silent: frozenset[str]

    def is_logical(self, triple: ox.Triple) -> bool:
        """Tell whether a reasoner has any use for a triple."""
        return triple.predicate.value not in self.silent and triple.object not in {_ANNOTATION, _ONTOLOGY}

    def find_undeclared(self, triple: ox.Triple) -> str | None:
        """Return the IRI of the triple's property, or of the class that it names, if nobody declared it."""
        terms = [triple.predicate, *([triple.object] if triple.predicate == _TYPE else [])]
        names = (get_value(term) for term in terms)
        return next((n for n in names if n and n not in self.known and not n.startswith((_RDF, _RDFS, _OWL))), None)


def read_declarations(triples: Iterable[ox.Triple]) -> Declarations:
    """Return what the triples of a model declare.

    >>> t, owl = "https://w3id.org/testimonia/ontology#", PREFIXES["owl"]
    >>> line = f"<{t}about> <{expand('rdf:type')}> <{owl}ObjectProperty> ."
    >>> found = read_declarations(q.triple for q in ox.parse(line, format=ox.RdfFormat.N_TRIPLES))
    >>> sorted(found.known)
    ['https://w3id.org/testimonia/ontology#about']
    """
    typed = [t for t in triples if t.predicate == _TYPE]
    known = frozenset(get_value(t.subject) for t in typed if t.object in _CLASSES | _PROPERTIES)
    return Declarations(known, frozenset(get_value(t.subject) for t in typed if t.object == _ANNOTATION) | _SILENT)


def copy_triple(triple: ox.Triple) -> ox.Triple | None:
    """Return the triple as the reasoner takes it; None for the declaration of a datatype that it would not know.

    >>> day = ox.Literal("2031-05-04", datatype=ox.NamedNode(expand("xsd:date")))
    >>> copy = copy_triple(ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:b"), day))
    >>> print(copy.object)
    "2031-05-04T00:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>
    """
    if triple.predicate == _TYPE and triple.object == _DATATYPE and isinstance(triple.subject, ox.NamedNode):
        return None
    return ox.Triple(triple.subject, triple.predicate, _copy_term(triple.object))


def _copy_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return an object with a datatype that the reasoner knows, be it a literal's or the range of a property."""
    if isinstance(term, ox.Literal):
        if term.language is not None or term.datatype.value in _KNOWN:
            return term
        day = _DAY.fullmatch(term.value) if term.datatype == _DATE else None
        if day:
            return ox.Literal(f"{day['day']}T00:00:00{day['zone'] or ''}", datatype=_DATE_TIME)
        return ox.Literal(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError("a triple as a term (RDF-star) has no place in the graph")
    if isinstance(term, ox.NamedNode) and term.value.startswith(_XSD) and term.value not in _KNOWN:
        return _DATE_TIME if term == _DATE else _TEXT
    return term
