"""JSON-LD of the answer to a saved question: an object for each row."""

import re
from collections.abc import Collection

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, Solutions, Term
from testimonia.core.namespaces import expand
from testimonia.questions.formats import dump_json

_IRI = re.compile(r"[a-z][a-z0-9+.-]*://\S+")

JsonValue = str | dict[str, str] | list["JsonValue"]


def write_jsonld(answer: Solutions, lists: Collection[str], page: str) -> str:
    """Return the document; `page` is the URL of the question, at which `#column-<name>` explains a column.

    Rows keep their order and have no IRI; unbound cells are left out; cells of the columns in `lists` are arrays.

    >>> rows = ((ox.NamedNode("https://example.org/id/a"), ox.Literal(3)),)
    >>> print(write_jsonld(Solutions(("who", "n"), rows), (), "http://localhost/questions/who"))
    {"@context":{"@vocab":"http://localhost/questions/who#column-"},"@graph":[
    {"who":{"@id":"https://example.org/id/a"},"n":{"@value":"3","@type":"http://www.w3.org/2001/XMLSchema#integer"}}
    ]}
    """
    context = dump_json({"@vocab": f"{page}#column-"})
    rows: list[dict[str, JsonValue]] = []
    for row in answer:
        bound = [(name, term) for name, term in row.items() if term is not None]
        rows.append({name: _write(term, listed=name in lists) for name, term in bound})
    body = "\n" + ",\n".join(map(dump_json, rows)) + "\n" if rows else ""
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
