"""The format of an RDF file by its name, and why a parser gave up, in words and with a line."""

import io
import re
from pathlib import Path
from typing import IO, NamedTuple, cast

import pyoxigraph as ox

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""Ending of a file name → format; each may be followed by `.gz`."""
KNOWN = ", ".join([*FORMATS, "each also with .gz"])
_PLACE = re.compile(r"^Parser error at line .*? columns? \d+(?: and \d+)?: ")


class Refusal(NamedTuple):
    """Why a parser gave up: line and column (1-based), what it got, the code of the problem."""

    line: int
    column: int
    found: str
    code: str


def find_format(path: Path) -> ox.RdfFormat | None:
    """Return the format that the name of a file stands for, None when it is none of ours.

    >>> find_format(Path("graph/entities.nq.gz")).name, find_format(Path("notes.txt"))
    ('N-Quads', None)
    """
    name = path.name.lower().removesuffix(".gz")
    return FORMATS.get(Path(name).suffix)


def explain_refusal(error: SyntaxError, rdf_format: ox.RdfFormat, content: IO[bytes]) -> Refusal:
    """Say why a file does not parse; `content` is read again when the parser named no line.

    >>> data = b"<x:a> <x:b> ."
    >>> try:
    ...     list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    ... except SyntaxError as error:
    ...     refusal = explain_refusal(error, ox.RdfFormat.TURTLE, io.BytesIO(data))
    >>> refusal.line, refusal.column, refusal.code
    (1, 13, 'not-rdf')
    """
    line, column = error.lineno or find_line(content, rdf_format), error.offset or 1
    reason = _PLACE.sub("", str(error.msg))
    code = "not-rdf"
    if "LoadDocumentCallback" in reason:
        reason, code = "a context that would have to be fetched", "remote-context"
    return Refusal(line, column, f"not {rdf_format.name}: {reason}", code)


def find_line(content: IO[bytes], rdf_format: ox.RdfFormat) -> int:
    """Return the line (1-based) up to which a parser read before it gave up, for errors that name none."""
    lines = _Lines(content)
    try:
        for _ in ox.parse(cast(IO[bytes], lines), format=rdf_format):
            pass
    except SyntaxError:
        return lines.given
    return 0


class _Lines(io.RawIOBase):
    """A file that gives its parser one line at a time, and counts."""

    def __init__(self, content: IO[bytes]) -> None:
        self.given = 0
        self._content = content

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - a line is as much as is given at a time
        line = self._content.readline()
        self.given += bool(line)
        return line
