"""Rows: the answer to a saved question in, a JSON-LD document with an object for each of its rows out."""

import json
import re
from collections.abc import Collection

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, Solutions, Term
from testimonia.core.namespaces import expand

_IRI = re.compile(r"[a-z][a-z0-9+.-]*://\S+")

JsonValue = str | dict[str, str] | list["JsonValue"]


def write_jsonld(answer: Solutions, lists: Collection[str], page: str) -> str:
    """Return the document; `page` is the address of the question, where `#column-<name>` says what a column means.

    Rows stand in their order and have no IRI; what is unbound is left out; a cell of a column that `lists` names is an
    array of its members.

    >>> rows = ((ox.NamedNode("https://example.org/id/a"), ox.Literal(3)),)
    >>> print(write_jsonld(Solutions(("who", "n"), rows), (), "http://localhost/questions/who"))
    {"@context":{"@vocab":"http://localhost/questions/who#column-"},"@graph":[
    {"who":{"@id":"https://example.org/id/a"},"n":{"@value":"3","@type":"http://www.w3.org/2001/XMLSchema#integer"}}
    ]}
    """
    context = _dump({"@vocab": f"{page}#column-"})
    rows = [{n: _write(t, listed=n in lists) for n, t in row.items() if t is not None} for row in answer]
    body = "\n" + ",\n".join(map(_dump, rows)) + "\n" if rows else ""
    return f'{{"@context":{context},"@graph":[{body}]}}\n'


def _write(term: Term, *, listed: bool) -> JsonValue:
    """Return a term as a JSON-LD value."""
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    if not isinstance(term, ox.Literal):
        return {"@id": str(term)} if isinstance(term, ox.BlankNode) else str(term)
    if listed:
        return [{"@id": part} if _IRI.fullmatch(part) else part for part in term.value.split(SEPARATOR) if part]
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == expand("xsd:string"):
        return term.value
    return {"@value": term.value, "@type": term.datatype.value}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
