"""Parsing of cells by what their column takes.

Errors never quote a cell: a table of others may hold what must not be on a screen or in a log.
"""

import re
from typing import Any

from testimonia.core.namespaces import abbreviate, expand
from testimonia.rdf.lexical import DATATYPES
from testimonia.sources.tables.dialect import Dialect
from testimonia.sources.tables.form import TableColumn
from testimonia.sources.tables.rows import Number

_UNFIT = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_LEAVES = re.compile(r"/|.*(?:^|/)\.\.?(?:/|$)")
_OPAQUE = frozenset({"ark", "did", "doi", "geo", "info", "mailto", "tag", "tel", "urn"})
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


class CellError(ValueError):
    """A cell that does not fit its column: what was found and what was expected."""

    def __init__(self, found: str, expected: str = "") -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


def split_cell(value: Any, column: TableColumn, dialect: Dialect) -> list[Any]:
    """Return the values of a cell for a JSON-LD document, none for an empty one; CellError when it does not fit.

    A list is a JSON list or text cut at the separator; items come once, in order.

    >>> split_cell("a; b;a", TableColumn("x", several=True), Dialect())
    ['a', 'b']
    >>> split_cell("2031-02-30", TableColumn("x", expand("xsd:date")), Dialect())
    Traceback (most recent call last):
    testimonia.sources.tables.cells.CellError: a cell that is no xsd:date
    """
    items = value if isinstance(value, list) else [value]
    if isinstance(value, list) and not column.several:
        raise CellError("a list in a column that takes one value", 'one value, or "@container": "@set" in the context')
    if column.several and type(value) is str:
        items = [item.strip() for item in value.split(dialect.separator)]
    found = [_write_value(item, column) for item in items if not _is_empty(item, dialect)]
    distinct: list[Any] = []
    for one in found:
        if one not in distinct:
            distinct.append(one)
    return distinct


def check_iri(text: str, known: frozenset[str], *, words: bool = False) -> None:
    """Raise CellError unless a text can be the IRI of a node: full, with a prefix of `known`, or relative to a base.

    `words` tells that it is no relative IRI but a word of the context, which must be in `known`.

    >>> check_iri("2031-07", frozenset())
    >>> check_iri("VD:7", frozenset({"ex"}))
    Traceback (most recent call last):
    testimonia.sources.tables.cells.CellError: an IRI with a scheme or prefix that is not known
    """
    if _UNFIT.search(text):
        raise CellError("no IRI: a space or a character that IRIs have not", "percent-encoding, or a slug")
    match = _SCHEME.fullmatch(text)
    if match and not match[2].startswith("//") and match[1] not in known and match[1].lower() not in _OPAQUE:
        raise CellError("an IRI with a scheme or prefix that is not known", "https://…, or a prefix of the context")
    if text.startswith("@") or (match is None and _LEAVES.match(text)):
        raise CellError("an IRI that leaves its @base", "a name under it, or a full IRI")
    if words and match is None and text not in known:
        raise CellError("a class that the context does not know", "a key of the context, or a full IRI")


def _is_empty(item: Any, dialect: Dialect) -> bool:
    return item is None or (isinstance(item, str) and (not item.strip() or item in dialect.null))


def _write_value(item: Any, column: TableColumn) -> Any:
    """Return one value; where the column has no datatype, a JSON number or boolean gets its own."""
    if isinstance(item, list | tuple):
        raise CellError("a list or an object inside a cell", "text, a number, true or false")
    text, own = _read_scalar(item)
    if not column.takes:
        return {"@value": text, "@type": expand(own)} if own and not column.text else text
    datatype = DATATYPES.get(column.takes)
    if datatype is not None and not datatype.allows(text):
        raise CellError(f"a cell that is no {abbreviate(column.takes)}", datatype.wanted)
    return text


def _read_scalar(item: Any) -> tuple[str, str]:
    """Return the text of a scalar, and the datatype of a JSON number or boolean as a prefixed name, else ""."""
    if isinstance(item, bool):
        return str(item).lower(), "xsd:boolean"
    if not isinstance(item, Number):
        return str(item), ""
    if _INTEGER.fullmatch(item):
        return str(item), "xsd:integer"
    return str(item), "xsd:decimal" if _DECIMAL.fullmatch(item) else "xsd:double"
