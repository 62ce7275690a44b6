"""Cells: a term of an answer in, the text that people read or that a file of plain values holds out."""

import re

import pyoxigraph as ox

from testimonia.model.answer import Term
from testimonia.questions.naming import Naming
from testimonia.questions.question import SEPARATOR

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
"""What is a number, as cells write it."""
_CONTROL = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def write_short(term: Term | None, naming: Naming) -> str:
    """Give a term as people read it: a short name, or the text; control characters become spaces; "" for None.

    >>> write_short(ox.NamedNode("https://example.org/interview/val-solen/claim/5"), Naming("https://example.org/"))
    'val-solen#5'
    """
    text = write_plain(term)
    if isinstance(term, ox.NamedNode) or text.startswith(("http://", "https://")):  # an IRI, or a list of IRIs
        text = SEPARATOR.join(naming.shorten(part) for part in text.split(SEPARATOR))
    return _CONTROL.sub(" ", text)


def write_plain(term: Term | None) -> str:
    """Give a term as SPARQL CSV results write it."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return "" if term is None else str(term)
