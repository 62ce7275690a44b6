"""Turtle for people: a block for each subject, with short names.

pyoxigraph's own serialiser writes IRIs of other sites relative to the base too (`<//example.com/x>`), puts parts before
what they are parts of, and leaves no space between subjects.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import pyoxigraph as ox

from testimonia.core.namespaces import expand

_WIDTH = 120
_TYPE = expand("rdf:type")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
"""What can follow a prefix without escapes (a subset of PN_LOCAL in Turtle 1.1)."""
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~%-]*(?:[/#.][A-Za-z0-9_~%-]+)*")
"""What can be written as a relative IRI: no empty or dotted segment, no colon."""
_BARE = {expand("xsd:integer"): re.compile(r"[+-]?[0-9]+"), expand("xsd:boolean"): re.compile("true|false")}
"""Datatype → pattern of values that are written without quotes (Turtle 1.1, 2.5.2 and 2.5.3)."""


class Shortener:
    """Writes terms with prefixes (prefix → namespace) and relative to a base IRI ("" for none).

    >>> shortener = Shortener({"x": "https://example.org/id/"}, "https://example.org/")
    >>> [shortener.write(ox.NamedNode(f"https://example.org/{path}")) for path in ("id/a", "id/a/b", "a:b", "")]
    ['x:a', '<id/a/b>', '<https://example.org/a:b>', '<>']
    """

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self._prefixes = {namespace: f"{prefix}:" for prefix, namespace in prefixes.items()}
        self._base = base
        self._known: dict[str, str] = {}
        heads = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items()]
        self.head = "".join([f"@base <{base}> .\n" if base else "", *heads])

    def write(self, term: object) -> str:
        """Return a term in Turtle."""
        if isinstance(term, ox.NamedNode):
            iri = term.value
            if iri not in self._known:
                self._known[iri] = self._shorten(iri)
            return self._known[iri]
        if isinstance(term, ox.Literal) and term.language is None:
            pattern = _BARE.get(term.datatype.value)
            if pattern and pattern.fullmatch(term.value):
                return term.value
            text, mark, datatype = str(term).rpartition("^^")
            return f"{text}^^{self.write(term.datatype)}" if mark and datatype == str(term.datatype) else str(term)
        return str(term)

    def _shorten(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:cut])
        if prefix and _LOCAL.fullmatch(iri, cut):
            return prefix + iri[cut:]
        if self._base and iri.startswith(self._base):
            path = iri.removeprefix(self._base)
            if not path or _PATH.fullmatch(path):
                return f"<{path}>"
        return f"<{iri}>"


def write_blocks(quads: Iterable[ox.Quad], shortener: Shortener) -> Iterator[str]:
    r"""Yield a block of Turtle for each subject of sorted quads, without their graphs.

    >>> quads = ox.parse('<x:a> a <x:C> ; <x:p> 1, 2 .', format=ox.RdfFormat.TURTLE)
    >>> list(write_blocks(quads, Shortener({}, "")))
    ['<x:a> a <x:C> ;\n    <x:p> 1, 2 .\n']
    """
    write = shortener.write
    for _, about in groupby(quads, key=lambda quad: str(quad.subject)):
        lines, subject = [], ""
        for predicate, found in groupby(about, key=lambda quad: quad.predicate.value):
            same = list(found)
            subject = subject or write(same[0].subject)
            verb = "a" if predicate == _TYPE else write(same[0].predicate)
            values = list(dict.fromkeys(write(quad.object) for quad in same))
            line = f"{verb} {', '.join(values)}"
            lines.append(
                line if len(line) < _WIDTH or len(values) == 1 else f"{verb}\n        " + ",\n        ".join(values)
            )
        yield f"{subject} " + " ;\n    ".join(lines) + " .\n"
