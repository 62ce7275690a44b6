"""Streaming reader of others' RDF files and tables, with limits; nothing is fetched.

A file of several GB is never in memory as a whole. Source: docs/decisions/0033-foreign-blank-nodes.md.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.record import Position
from testimonia.rdf.formats import KNOWN, explain_failure, find_format
from testimonia.rdf.rdfxml import check_xml
from testimonia.sources.limits import ENTITIES, LARGEST, MIB, SWELLING, SWELLING_FROM
from testimonia.sources.tables.form import TableForm
from testimonia.sources.tables.mapping import map_table
from testimonia.sources.tables.rows import find_form

NOWHERE = "https://relative.invalid/"
"""The base that relative IRIs of JSON-LD get where none is given, so that they are found instead of dropped."""
_DAMAGES = (gzip.BadGzipFile, EOFError, zlib.error)
_MARK = b"\xef\xbb\xbf"


def read_quads(path: Path, name: str, base: str | None = None, form: TableForm | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of an RDF file; `name` is what messages call it, `base` what relative IRIs are resolved against.

    With `form`, a table is read by it, as `map_table` does.

    Blank nodes have labels that no other file has. InputError says where it does not parse, what is too large, cut
    off, in another encoding, or has relative IRIs and no base.
    """
    if form is not None and find_form(path.name):
        yield from _read_table(path, name, form)
        return
    rdf_format = find_format(path)
    if rdf_format is None:
        raise InputError.at(name, "unknown-format", found="unsupported file format", expected=KNOWN)
    count = 0
    try:
        for quad in _parse_quads(path, name, base, rdf_format):
            count += 1
            yield quad
    except SyntaxError as error:
        raise InputError([_explain(error, rdf_format, path, name, base)]) from error
    except _DAMAGES as error:
        raise InputError([_tell_damaged(name)]) from error
    except MemoryError as error:
        if "buffer" not in str(error):
            raise
        found, fix = "a term or a line of more than 16 MiB", "Is it the right file?"
        raise InputError.at(name, "file-too-large", found=found, fix=fix) from error
    if not count:
        found = f"no triple in this file ({rdf_format.name})"
        raise InputError.at(name, "no-triple", found=found, fix="Is it the right file?")


def _parse_quads(path: Path, name: str, base: str | None, rdf_format: ox.RdfFormat) -> Iterator[ox.Quad]:
    """Yield the quads of a file whose entities are bounded; InputError for relative IRIs and for triple terms."""
    if rdf_format == ox.RdfFormat.RDF_XML:
        with open_file(path, name) as content:
            factor = SWELLING if path.suffix.lower() == ".gz" else ENTITIES
            check_xml(content, name, max(SWELLING_FROM, factor * path.stat().st_size))
    nowhere = NOWHERE if rdf_format == ox.RdfFormat.JSON_LD and not base else None
    with open_file(path, name) as content:
        for quad in ox.parse(content, format=rdf_format, base_iri=base or nowhere, rename_blank_nodes=True):
            if nowhere and nowhere in str(quad):
                raise InputError([_tell_relative(name, 0)])
            if isinstance(quad.object, ox.Triple):
                found = "a triple as a term (RDF-star), which nothing here reads"
                raise InputError.at(name, "triple-term", found=found)
            yield quad


def _read_table(path: Path, name: str, form: TableForm) -> Iterator[ox.Quad]:
    count = 0
    try:
        with open_file(path, name) as content:
            for count, t in enumerate(map_table(content, name, form), 1):  # noqa: B007  (it is asked for below)
                yield ox.Quad(t.subject, t.predicate, t.object)
    except _DAMAGES as error:  # in its first bytes; further on, the table tells
        raise InputError([_tell_damaged(name)]) from error
    if not count:
        found = "no triple in this table: no row below the header has a cell besides its id"
        raise InputError.at(name, "no-triple", found=found, fix="Is it the right file?")


def open_file(path: Path, name: str) -> IO[bytes]:
    """Open a file, decompressed, from behind a byte order mark; reading more than is allowed raises InputError."""
    packed = path.suffix.lower() == ".gz"
    largest = min(LARGEST, max(SWELLING_FROM, path.stat().st_size * SWELLING)) if packed else LARGEST
    content = cast(IO[bytes], gzip.open(path) if packed else path.open("rb"))  # noqa: SIM115 (the caller closes it)
    counted = cast(IO[bytes], io.BufferedReader(_Counted(content, name, largest), 256 * 1024))
    if counted.peek(len(_MARK))[: len(_MARK)] == _MARK:  # type: ignore[attr-defined]
        counted.read(len(_MARK))
    return counted


class _Counted(io.RawIOBase):
    """A file of which at most so many bytes are read."""

    def __init__(self, content: IO[bytes], name: str, largest: int) -> None:
        self._content, self._name, self._left, self._largest = content, name, largest, largest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        chunk = self._content.read(len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            found = f"it swells to more than {self._largest // MIB:,} MiB when it is read"
            fix = "Unpack it, look at it, and split it into several sources"
            raise InputError.at(self._name, "file-too-large", found=found, fix=fix)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._content.close()
        super().close()


def _explain(error: SyntaxError, rdf_format: ox.RdfFormat, path: Path, name: str, base: str | None) -> Finding:
    """Return the finding that a file does not parse, with a fix."""
    with open_file(path, name) as content:
        line, column, found, code = explain_failure(error, rdf_format, content)
    if "No scheme found" in found and base is None:
        return _tell_relative(name, line, column)
    if "UTF-8" in found:
        return Finding.at(Position(name, line, column), "not-utf-8", found=found, expected="UTF-8")
    fix = "Write the context into the file" if code == "remote-context" else "Correct it, or fetch it again"
    return Finding.at(Position(name, line, column), code, found=found, fix=fix)


def _tell_damaged(name: str) -> Finding:
    found, fix = "damaged, or not compressed with gzip", "Fetch it again"
    return Finding.at(name, "damaged-archive", found=found, fix=fix)


def _tell_relative(name: str, line: int, column: int = 0) -> Finding:
    found, expected = "a relative IRI, and no base to resolve it against", "an IRI with a scheme"
    return Finding.at(Position(name, line, column), "relative-iri", found=found, expected=expected)
