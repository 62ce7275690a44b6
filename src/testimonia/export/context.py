"""The JSON-LD context of a document, with short keys for the properties of a source.

The context is part of the document, so that nothing is fetched to read it. A plain text is in English, unless the term
definition of its key says otherwise.
"""

import re
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from testimonia.core.errors import TestimoniaError
from testimonia.core.namespaces import PREFIXES, TERM, T, expand
from testimonia.export.usage import NODE, PropertyUse, get_kind

LANGUAGE = "en"
_STRING = expand("xsd:string")
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~%-]*(?:[/#.][A-Za-z0-9_~%-]+)*")
"""What can be written as a relative IRI: no empty or dotted segment, no colon."""
_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~%./#-]*")
"""What can follow a prefix: nothing that begins like an authority (`//`)."""
_CHILDREN = (("claims", "claimsOf"), ("turns", "turnsOf"))
"""The keys of an interview's claims and turns, each with another in case the first is a property already."""
_PREFIXES = {**{namespace: prefix for prefix, namespace in PREFIXES.items()}, TERM: "term"}


class Context:
    """The keys and values of a document about one data set (its `base` IRI)."""

    def __init__(self, uses: Mapping[str, PropertyUse], base: str) -> None:
        self._uses = uses
        self._base = base
        self._known: dict[str, str] = {}
        taken = {use.name for use in uses.values()}
        self.claims, self.turns = (next(n for n in names if n not in taken) for names in _CHILDREN)

    def write(self) -> dict[str, Any]:
        """Return the context: base and prefixes, then a term definition for each property."""
        lines: dict[str, Any] = {"@base": self._base} if self._base else {}
        lines |= {"@vocab": T, "@language": LANGUAGE, "term": TERM, **PREFIXES}
        for use in sorted(self._uses.values(), key=lambda use: use.name):
            lines[use.name] = _define(use)
        for key in (self.claims, self.turns):
            lines[key] = {"@reverse": "t:inInterview", "@type": "@id"}
        return lines

    def get_key(self, iri: str) -> str:
        """Return the key of a property."""
        return self._uses[iri].name

    def is_single(self, iri: str) -> bool:
        """Tell whether a node has at most one value of a property, so that it is written without a list."""
        return self._uses[iri].is_single

    def write_value(self, iri: str, term: object) -> Any:
        """Return a value of a property: a plain text where the context tells its type or language, else an object."""
        use = self._uses[iri]
        if not isinstance(term, ox.Literal):
            node = self.shorten(term)
            return node if use.kind == NODE else {"@id": node}
        kind = get_kind(term)
        if kind == use.kind or (kind == f"@{LANGUAGE}" and not use.kind):
            return term.value
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if kind == _STRING:
            return {"@value": term.value}
        return {"@value": term.value, "@type": self.shorten(term.datatype)}

    def shorten(self, term: object) -> str:
        """Return the IRI of a node with a prefix, relative to the base, or whole.

        TestimoniaError when JSON-LD would take the whole IRI for a prefixed name.

        >>> context = Context({}, "https://example.org/")
        >>> iris = ("https://example.org/id/a", "urn:a", T + "Act", TERM + "a/b")
        >>> [context.shorten(ox.NamedNode(iri)) for iri in iris]
        ['id/a', 'urn:a', 't:Act', 'term:a/b']
        """
        if not isinstance(term, ox.NamedNode):
            return str(term)
        iri = term.value
        if iri not in self._known:
            self._known[iri] = self._shorten(iri)
        return self._known[iri]

    def _shorten(self, iri: str) -> str:
        short = compact(iri)
        if short == iri and self._base and iri.startswith(self._base) and _PATH.fullmatch(iri, len(self._base)):
            return iri.removeprefix(self._base)
        if short == iri and iri.partition(":")[0] in _PREFIXES.values():
            raise TestimoniaError(f"<{iri}> cannot be told from a shortened IRI in JSON-LD; choose another form")
        return short


def compact(iri: str) -> str:
    """Return an IRI with its prefix, or whole where it has none.

    >>> compact(TERM + "happening/raid"), compact("https://example.org/a")
    ('term:happening/raid', 'https://example.org/a')
    """
    for namespace, prefix in _PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _define(use: PropertyUse) -> Any:
    """Return the term definition of a property: its IRI, and the type or language that all its values share."""
    iri = compact(use.iri)
    if not use.kind or use.kind == f"@{LANGUAGE}":
        return {"@id": iri}
    if use.kind == NODE:
        return {"@id": iri, "@type": "@id"}
    if use.kind.startswith("@"):
        return {"@id": iri, "@language": use.kind[1:]}
    if use.kind == _STRING:
        return {"@id": iri, "@language": None}
    return {"@id": iri, "@type": compact(use.kind)}
