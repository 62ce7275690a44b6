"""How a table is written, as its context says under `dialect`; the names are those of CSV on the Web.

Source: Metadata Vocabulary for Tabular Data (W3C, 2015), sections 5.9 (dialect) and 5.7 (null, separator).
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_KEYS = ("delimiter", "encoding", "null", "separator")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written: between cells, between the items of a cell, the encoding, and cells that mean nothing.

    `delimiter` is None where the kind of file says it: a comma in CSV, a tab in TSV.
    """

    delimiter: str | None = None
    encoding: str = "utf-8"
    null: frozenset[str] = frozenset({""})
    separator: str = ";"


def parse_dialect(value: Any, note: Callable[[str, str], None]) -> Dialect:
    """Return the dialect that a value of JSON describes; what is wrong goes to `note` as (got, expected).

    >>> parse_dialect({"null": "n/a"}, print).null == {"", "n/a"}
    True
    >>> parse_dialect({"encoding": "latin-99"}, print).encoding
    an encoding that is not known utf-8, windows-1252, iso-8859-2, utf-16 …
    'utf-8'
    """
    if not isinstance(value, dict):
        note("a dialect that is no object", '{"delimiter": ";"}')
        return Dialect()
    unknown = sorted(value.keys() - set(_KEYS))
    if unknown:
        note(f"unknown: {', '.join(unknown)}", ", ".join(_KEYS))
    nulls = value.get("null", [])
    nulls = [nulls] if isinstance(nulls, str) else nulls
    if not isinstance(nulls, list) or not all(isinstance(n, str) for n in nulls):
        note("a null that is no text", '["", "unknown"]')
        nulls = []
    delimiter, separator = value.get("delimiter"), value.get("separator", ";")
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n'):
        note("a delimiter that is no single character", '";"')
        delimiter = None
    if not isinstance(separator, str) or not separator or not separator.isprintable():
        note("a separator that is no text", '";"')
        separator = ";"
    encoding = value.get("encoding", "utf-8")
    if not isinstance(encoding, str) or not _is_encoding(encoding):
        note("an encoding that is not known", "utf-8, windows-1252, iso-8859-2, utf-16 …")
        encoding = "utf-8"
    return Dialect(delimiter, encoding, frozenset({"", *nulls}), separator)


def _is_encoding(name: str) -> bool:
    """Tell whether Python knows an encoding by this name, one of text (not `base64` or `zip`)."""
    try:
        codecs.lookup(name)
        return isinstance("".encode(name), bytes)
    except (LookupError, UnicodeError):
        return False
