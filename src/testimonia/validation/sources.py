"""Sources: RDF files of any format and folders of them in, quads out, or every file that cannot be used.

Nothing is fetched: no remote context, no `owl:imports`, no external entity. What is read is bounded, compressed or not.
"""

import gzip
import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import InputError, Problem
from testimonia.rdf.formats import KNOWN, explain_refusal, find_format
from testimonia.rdf.rdfxml import check_xml

LARGEST_FILE = 64 * 2**20
"""Bytes that one file may have, decompressed."""
LARGEST_RUN = 256 * 2**20
"""Bytes that all files of one run may have together, decompressed."""
_SMALLER = "Split it, a file for each named graph"


@dataclass(frozen=True, slots=True)
class RdfSource:
    """An RDF file as read: its path, its size in bytes (decompressed) and its quads."""

    path: Path
    size: int
    quads: list[ox.Quad]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the RDF files that paths name, each once: files as they are, of folders all those with a known ending.

    InputError lists each path that is not there, of no known format, or a folder without any.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and find_format(p) is not None)
            if not files:
                problems.append(
                    Problem(path.as_posix(), 0, 0, "", "no RDF file in this folder", KNOWN, code="nothing-here")
                )
            found |= dict.fromkeys(files)
        elif not path.exists():
            problems.append(
                Problem(path.as_posix(), 0, 0, "", "not found", "an RDF file, a record or a folder", code="not-found")
            )
        elif not path.is_file():
            problems.append(Problem(path.as_posix(), 0, 0, "", "neither a file nor a folder", code="unreadable-file"))
        elif find_format(path) is None:
            problems.append(
                Problem(path.as_posix(), 0, 0, "", "of no format that is read here", KNOWN, code="unknown-format")
            )
        else:
            found[path] = None
    if problems:
        raise InputError(problems)
    return list(found)


def read_sources(paths: Iterable[Path]) -> list[RdfSource]:
    """Return the quads of RDF files; blank nodes of different files stay apart.

    InputError lists every file that cannot be read, is too large, does not parse (with line and column) or is empty.
    """
    sources: list[RdfSource] = []
    problems: list[Problem] = []
    left = LARGEST_RUN
    for path in paths:
        try:
            source = read_source(path)
        except InputError as error:
            problems += error.problems
            continue
        left -= source.size
        if left < 0:
            got = f"with it the files are more than {_write_size(LARGEST_RUN)}"
            problems.append(
                Problem(path.as_posix(), 0, 0, "", got, "", "Check fewer files at a time", code="file-too-large")
            )
            break
        sources.append(source)
    if problems:
        raise InputError(problems)
    return sources


def read_source(path: Path) -> RdfSource:
    """Return the quads of one RDF file; InputError as `read_sources`."""
    name, rdf_format = path.as_posix(), find_format(path)
    if rdf_format is None:
        raise InputError([Problem(name, 0, 0, "", "of no format that is read here", KNOWN, code="unknown-format")])
    content = _read_bytes(path, name)
    if rdf_format == ox.RdfFormat.RDF_XML:
        check_xml(io.BytesIO(content), name, LARGEST_FILE)
    try:
        quads = list(ox.parse(content, format=rdf_format, rename_blank_nodes=True))
    except SyntaxError as error:
        line, column, got, code = explain_refusal(error, rdf_format, io.BytesIO(content))
        raise InputError([Problem(name, line, column, "", got, code=code)]) from error
    if any(isinstance(term, ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        raise InputError(
            [Problem(name, 0, 0, "", "a triple as a term (RDF-star), which nothing here reads", code="triple-term")]
        )
    if not quads:
        raise InputError([Problem(name, 0, 0, "", f"no triple in this file ({rdf_format.name})", code="no-triple")])
    return RdfSource(path, len(content), quads)


def _read_bytes(path: Path, name: str) -> bytes:
    """Return the content of a file, decompressed, and no more of it than is allowed."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(
            [Problem(name, 0, 0, "", "damaged, or not compressed with gzip", code="damaged-archive")]
        ) from error
    except OSError as error:
        raise InputError(
            [Problem(name, 0, 0, "", f"cannot be read: {error.strerror or error}", code="unreadable-file")]
        ) from error
    if len(content) > LARGEST_FILE:
        unpacked = " decompressed" if path.suffix.lower() == ".gz" else ""
        got = f"more than {_write_size(LARGEST_FILE)}{unpacked}"
        raise InputError(
            [Problem(name, 0, 0, "", got, f"at most {_write_size(LARGEST_FILE)}", _SMALLER, code="file-too-large")]
        )
    return content


def _write_size(size: int) -> str:
    return f"{size // 2**20} MB"
