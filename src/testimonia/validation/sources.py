"""RDF files of any format, and folders of them, as quads.

Nothing is fetched: no remote context, no `owl:imports`, no external entity. What is read is bounded, compressed or not.
"""

import gzip
import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.files import report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.record import Position
from testimonia.rdf.formats import KNOWN, explain_failure, find_format
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
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and find_format(p) is not None)
            if not files:
                findings.append(
                    Finding.at(path.as_posix(), "nothing-here", found="no RDF file in this folder", expected=KNOWN)
                )
            found |= dict.fromkeys(files)
        elif not path.exists():
            findings.append(
                Finding.at(
                    path.as_posix(), "not-found", found="not found", expected="an RDF file, a record or a folder"
                )
            )
        elif not path.is_file():
            findings.append(Finding.at(path.as_posix(), "unreadable-file", found="neither a file nor a folder"))
        elif find_format(path) is None:
            findings.append(
                Finding.at(path.as_posix(), "unknown-format", found="unsupported file format", expected=KNOWN)
            )
        else:
            found[path] = None
    if findings:
        raise InputError(findings)
    return list(found)


def read_sources(paths: Iterable[Path]) -> list[RdfSource]:
    """Return the quads of RDF files; blank nodes of different files stay apart.

    InputError lists every file that cannot be read, is too large, does not parse (with line and column) or is empty.
    """
    sources: list[RdfSource] = []
    findings: list[Finding] = []
    left = LARGEST_RUN
    for path in paths:
        try:
            source = read_source(path)
        except InputError as error:
            findings += error.findings
            continue
        left -= source.size
        if left < 0:
            found = f"with it the files are more than {_write_size(LARGEST_RUN)}"
            findings.append(
                Finding.at(path.as_posix(), "file-too-large", found=found, fix="Check fewer files at a time")
            )
            break
        sources.append(source)
    if findings:
        raise InputError(findings)
    return sources


def read_source(path: Path) -> RdfSource:
    """Return the quads of one RDF file; InputError as `read_sources`."""
    name, rdf_format = path.as_posix(), find_format(path)
    if rdf_format is None:
        raise InputError.at(name, "unknown-format", found="unsupported file format", expected=KNOWN)
    content = _read_bytes(path, name)
    if rdf_format == ox.RdfFormat.RDF_XML:
        check_xml(io.BytesIO(content), name, LARGEST_FILE)
    try:
        quads = list(ox.parse(content, format=rdf_format, rename_blank_nodes=True))
    except SyntaxError as error:
        line, column, found, code = explain_failure(error, rdf_format, io.BytesIO(content))
        raise InputError.at(Position(name, line, column), code, found=found) from error
    if any(isinstance(term, ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        raise InputError.at(name, "triple-term", found="a triple as a term (RDF-star), which nothing here reads")
    if not quads:
        raise InputError.at(name, "no-triple", found=f"no triple in this file ({rdf_format.name})")
    return RdfSource(path, len(content), quads)


def _read_bytes(path: Path, name: str) -> bytes:
    """Return the content of a file, decompressed, and no more of it than is allowed."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError.at(name, "damaged-archive", found="damaged, or not compressed with gzip") from error
    except OSError as error:
        raise InputError([report_unreadable(name, error)]) from error
    if len(content) > LARGEST_FILE:
        unpacked = " decompressed" if path.suffix.lower() == ".gz" else ""
        found = f"more than {_write_size(LARGEST_FILE)}{unpacked}"
        raise InputError.at(
            name, "file-too-large", found=found, expected=f"at most {_write_size(LARGEST_FILE)}", fix=_SMALLER
        )
    return content


def _write_size(size: int) -> str:
    return f"{size // 2**20} MB"
