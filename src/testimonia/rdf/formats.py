"""The formats of RDF files by their names, and the reason and place of a parse error."""

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


class ParseFailure(NamedTuple):
    """A parse error: line and column (1-based), what was found, the code of the finding."""

    line: int
    column: int
    found: str
    code: str


def find_format(path: Path) -> ox.RdfFormat | None:
    """Return the RDF format of a file by its name, None for an unsupported one.

    >>> find_format(Path("graph/entities.nq.gz")).name, find_format(Path("notes.txt"))
    ('N-Quads', None)
    """
    name = path.name.lower().removesuffix(".gz")
    return FORMATS.get(Path(name).suffix)


def explain_failure(error: SyntaxError, rdf_format: ox.RdfFormat, content: IO[bytes]) -> ParseFailure:
    """Return why and where a file does not parse; `content` is read again when the parser gives no line.

    >>> data = b"<x:a> <x:b> ."
    >>> try:
    ...     list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    ... except SyntaxError as error:
    ...     failure = explain_failure(error, ox.RdfFormat.TURTLE, io.BytesIO(data))
    >>> failure.line, failure.column, failure.code
    (1, 13, 'not-rdf')
    """
    line, column = error.lineno or find_line(content, rdf_format), error.offset or 1
    reason = _PLACE.sub("", str(error.msg))
    code = "not-rdf"
    if "LoadDocumentCallback" in reason:
        reason, code = "a context that would have to be fetched", "remote-context"
    return ParseFailure(line, column, f"not {rdf_format.name}: {reason}", code)


def find_line(content: IO[bytes], rdf_format: ox.RdfFormat) -> int:
    """Return the line (1-based) that a parser had reached when it failed, for errors that give none."""
    lines = _Lines(content)
    try:
        for _ in ox.parse(cast(IO[bytes], lines), format=rdf_format):
            pass
    except SyntaxError:
        return lines.count
    return 0


class _Lines(io.RawIOBase):
    """A file that returns one line for each read, and counts them."""

    def __init__(self, content: IO[bytes]) -> None:
        self.count = 0
        self._content = content

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - one line at a time, whatever the size
        line = self._content.readline()
        self.count += bool(line)
        return line
