"""Cutting N-Quads files into parts of about one size.

A part is whole named graphs, several small ones together; a file that is much larger than a part is cut, between two
subjects where it is sorted.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

PART_BYTES = 2_000_000
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_LITERAL = rf'"(?:[^"\\\n\r]|\\.)*"(?:\^\^{_IRI}|@[A-Za-z0-9-]+)?'
_LINE = re.compile(rf"({_IRI}|_:\S+) ({_IRI}) ({_IRI}|_:\S+|{_LITERAL})(?: (?:{_IRI}|_:\S+))? \.\n?")
TripleLine = tuple[str, str, str]
"""Subject, predicate and object in N-Triples form; the graph is left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file, from one byte to another (end-exclusive)."""

    path: Path
    start: int
    end: int


PartPieces = tuple[Piece, ...]


def cut_files(paths: Iterable[Path], size: int = PART_BYTES) -> list[PartPieces]:
    """Return the files as parts of about so many bytes, in their order."""
    parts: list[PartPieces] = []
    gathered: list[Piece] = []
    for path in paths:
        for piece in _cut_file(path, size):
            if gathered and sum(p.end - p.start for p in gathered) + piece.end - piece.start > size:
                parts.append(tuple(gathered))
                gathered = []
            gathered.append(piece)
    return [*parts, tuple(gathered)] if gathered else parts


def read_part(part: PartPieces) -> list[TripleLine]:
    """Find the lines of a part; SyntaxError or ValueError where a file is no N-Quads, OSError where it cannot be read.

    Blank nodes of different files stay apart.
    """
    lines: list[TripleLine] = []
    for piece in part:
        with piece.path.open("rb") as file:
            file.seek(piece.start)
            text = file.read(piece.end - piece.start)
        lines += parse_lines(text, str(piece.path) if b"_:" in text else "")
    return lines


def parse_lines(text: bytes, stem: str = "") -> Iterator[TripleLine]:
    """Yield the statements of N-Quads or N-Triples; with a stem, blank nodes get labels that no other stem gives.

    >>> list(parse_lines(b'<a:s> <a:p> "o"@en <a:g> .'))
    [('<a:s>', '<a:p>', '"o"@en')]
    """
    labels: dict[str, str] = {}

    def name(term: str) -> str:
        if not stem or not term.startswith("_:"):
            return term
        return labels.setdefault(term, f"_:b{_join(stem, term)}")

    for line in io.StringIO(text.decode(), newline="\n"):
        match = _LINE.fullmatch(line)
        if match is None:  # written in another way: comments, tabs, escapes
            for quad in ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS):
                yield name(str(quad.subject)), str(quad.predicate), name(str(quad.object))
        elif stem:
            yield name(match[1]), match[2], name(match[3])
        else:
            yield match[1], match[2], match[3]


def _join(stem: str, term: str) -> str:
    """Return the letters and digits of a file's name and a label, as one label."""
    return f"{stem}{term}".encode().hex()


def _cut_file(path: Path, size: int) -> Iterator[Piece]:
    """Yield a file in one piece, or where it is much larger than the size in several, cut between subjects."""
    length = path.stat().st_size
    if length <= 2 * size:
        yield Piece(path, 0, length)
        return
    start = 0
    with path.open("rb") as file:
        while start < length:
            end = min(start + size, length)
            if end < length:
                file.seek(end)
                file.readline()
                subject = file.readline().partition(b" ")[0]
                end = file.tell()
                while (line := file.readline()) and line.partition(b" ")[0] == subject:
                    end = file.tell()
            yield Piece(path, start, end)
            start = end
