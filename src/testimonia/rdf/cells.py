"""RDF terms as the text of table cells."""

import re

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, Term
from testimonia.rdf.short_names import Naming

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
"""A number in a cell."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a cell for a formula, or that it drops before one."""
_CONTROL = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def write_short(term: Term | None, naming: Naming) -> str:
    """Return a term for people: its short name or text, with control characters as spaces; "" for None.

    >>> write_short(ox.NamedNode("https://example.org/interview/val-solen/claim/5"), Naming("https://example.org/"))
    'val-solen#5'
    """
    text = write_plain(term)
    if isinstance(term, ox.NamedNode) or text.startswith(("http://", "https://")):  # an IRI, or a list of IRIs
        text = SEPARATOR.join(naming.shorten(part) for part in text.split(SEPARATOR))
    return _CONTROL.sub(" ", text)


def guard_cell(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula; numbers stay as they are.

    >>> guard_cell("=1+1"), guard_cell("-5")
    ("'=1+1", '-5')
    """
    return f"'{text}" if text.startswith(RISKY) and not NUMBER.fullmatch(text) else text


def quote_cell(text: str) -> str:
    """Return a CSV cell (RFC 4180); Python's writer does not quote a lone CR, which its reader takes for a line end.

    >>> quote_cell('a, "b" c')
    '"a, ""b"" c"'
    """
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def write_plain(term: Term | None) -> str:
    """Return a term as in SPARQL CSV results."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return "" if term is None else str(term)
