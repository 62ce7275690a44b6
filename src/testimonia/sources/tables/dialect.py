"""How a table is written, as its context says under `dialect`; the names are those of CSV on the Web.

Source: Metadata Vocabulary for Tabular Data (W3C, 2015), sections 5.9 (dialect) and 5.7 (null, separator).
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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
    unknown = sorted(value.keys() - _RULES.keys())
    if unknown:
        note(f"unknown: {', '.join(unknown)}", ", ".join(sorted(_RULES)))
    given: dict[str, Any] = {}
    for key, (allows, found, expected) in _RULES.items():
        if key in value and allows(value[key]):
            given[key] = value[key]
        elif key in value:
            note(found, expected)
    nulls = given.pop("null", [])
    return Dialect(null=frozenset({"", *([nulls] if isinstance(nulls, str) else nulls)}), **given)


def _is_delimiter(value: Any) -> bool:
    return value is None or (isinstance(value, str) and len(value) == 1 and value not in '"\r\n')


def _is_separator(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value.isprintable()


def _is_null(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _is_encoding(name: Any) -> bool:
    """Tell whether Python knows an encoding of text by this name (not `base64` or `zip`)."""
    try:
        codecs.lookup(name)
        return isinstance("".encode(name), bytes)
    except (LookupError, TypeError, UnicodeError):
        return False


_RULES: dict[str, tuple[Callable[[Any], bool], str, str]] = {
    "null": (_is_null, "a null that is no text", '["", "unknown"]'),
    "delimiter": (_is_delimiter, "a delimiter that is no single character", '";"'),
    "separator": (_is_separator, "a separator that is no text", '";"'),
    "encoding": (_is_encoding, "an encoding that is not known", "utf-8, windows-1252, iso-8859-2, utf-16 …"),
}
"""Key of a dialect → which values it may have, and what to say of another."""
