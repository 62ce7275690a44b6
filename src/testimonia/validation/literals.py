"""Literals that are not what their datatype or language tag says.

Quads are to come from a parser, not from a store: a store rewrites literals. SHACL engines differ here (rudof takes
`"2021-13-01"^^xsd:date`), and a query silently drops what it cannot compare; so this is a layer of its own.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from testimonia.core.findings import Finding, shorten
from testimonia.core.namespaces import expand
from testimonia.rdf.lexical import ANY_URI, DATATYPES, RDF, UNSUITABLE, XSD, is_iri
from testimonia.rdf.reading import get_value

_TAGGED = expand("rdf:langString")
_FREE = {RDF + "HTML", RDF + "JSON", RDF + "PlainLiteral"}
_Fault = tuple[str, str, str]
"""Rule, what is wrong, the fix."""


def check_literals(quads: Iterable[ox.Quad]) -> list[Finding]:
    """Return what is wrong with the literals of some quads, sorted; of one triple in two graphs, one finding.

    >>> day = ox.Literal("2031-13-01", datatype=ox.NamedNode(XSD + "date"))
    >>> quad = ox.Quad(ox.NamedNode("https://example.org/x"), ox.NamedNode("https://example.org/p"), day)
    >>> [(f.rule, f.message) for f in check_literals([quad])]
    [('ill-formed-literal', 'The value is no xsd:date: YYYY-MM-DD, a day that exists, is wanted.')]
    """
    faults: dict[ox.Literal, _Fault | None] = {}
    found: set[Finding] = set()
    for quad in quads:
        literal = quad.object
        if not isinstance(literal, ox.Literal):
            continue
        if literal not in faults:
            faults[literal] = find_fault(literal)
        fault = faults[literal]
        if fault is not None:
            rule, message, fix = fault
            focus, path = get_value(quad.subject) or str(quad.subject), quad.predicate.value
            found.add(Finding.on(focus, rule, found=message, fix=fix, path=path, value=str(literal)))
    return sorted(found)


def find_fault(literal: ox.Literal) -> _Fault | None:
    """Return rule, message and fix for a literal that is wrong; None for one that is right.

    Datatypes that are neither RDF's nor XML Schema's are not judged.
    """
    datatype, name = literal.datatype.value, shorten(literal.datatype.value)
    fault: _Fault | None = None
    if datatype == _TAGGED:
        if not _has_language(literal):
            fault = "ill-formed-language-tag", *_LANGUAGE
    elif datatype in DATATYPES:
        known = DATATYPES[datatype]
        if not known.allows(literal.value):
            message = f"The value is no {name}: {known.wanted}, is wanted."
            fix = "Correct the value, or give it the datatype that it has"
            fault = "ill-formed-literal", message, fix
    elif datatype == ANY_URI:
        if not is_iri(literal.value):
            fault = "unfit-iri", *_IRI
    elif datatype in UNSUITABLE:
        message = f"{name} means something only inside an XML document."
        fault = "unsuitable-datatype", message, "Use xsd:string, or an IRI"
    elif datatype.startswith((XSD, RDF)) and datatype not in _FREE:
        fault = "unknown-datatype", f"There is no datatype {name}.", "Correct its name; case matters"
    return fault


_LANGUAGE = ("The language tag is not well-formed.", "Write it as BCP 47 says, such as en or zh-Hant-HK")
_IRI = ("The value is no IRI, though xsd:anyURI says so.", "Correct it: spaces and < > are written %20 %3C %3E")


def _has_language(literal: ox.Literal) -> bool:
    """Tell whether a language-tagged text has a well-formed tag (BCP 47); a lenient parser lets others pass."""
    if literal.language is None:
        return False
    try:
        ox.Literal("", language=literal.language)
    except ValueError:
        return False
    return True
