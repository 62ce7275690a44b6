"""Tables: each case on disk gives its triples, or its problems, all of them at once, by file, line and column."""

import csv
import gzip
import io
import itertools
import json
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox
import pytest

from testimonia.core.errors import InputError
from testimonia.rdf.reading import get_value
from testimonia.sources.tables.faults import MOST
from testimonia.sources.tables.form import TableForm, parse_form, read_form
from testimonia.sources.tables.mapping import map_table
from testimonia.sources.tables.rows import LONGEST

from .files import read_table

CASES = Path(__file__).resolve().parents[2] / "cases" / "tables"
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())


def write_outcome(folder: Path) -> str:
    """What comes of a case: sorted N-Triples, or the lines of its problems."""
    try:
        form = read_form(folder / "context.jsonld", "context.jsonld")
        lines = []
        for path in sorted(folder.glob("table.*")):
            lines += [f"{triple} ." for triple in read_table(path, path.name, form)]
        return "".join(f"{line}\n" for line in sorted(lines))
    except InputError as error:
        return f"{error}\n"


def test_there_are_cases() -> None:
    kinds = [path.name.partition("-")[0] for path in FOLDERS]
    assert {kind: kinds.count(kind) for kind in kinds} == {"bad": 12, "context": 9, "good": 6}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_case(folder: Path) -> None:
    (expected,) = folder.glob("expected.*")
    assert (expected.suffix == ".nt") == folder.name.startswith("good-")
    assert write_outcome(folder) == expected.read_text("utf-8")


@pytest.mark.parametrize("folder", [f for f in FOLDERS if f.name.startswith("good-")], ids=lambda p: p.name)
def test_triples_can_be_read_again(folder: Path) -> None:
    triples = list(ox.parse((folder / "expected.nt").read_bytes(), format=ox.RdfFormat.N_TRIPLES))
    assert triples
    assert all(isinstance(t.subject, ox.NamedNode) and not isinstance(t.object, ox.BlankNode) for t in triples)


EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "tables"


def test_the_worked_example() -> None:
    form = read_form(EXAMPLE / "detentions.jsonld", "detentions.jsonld")
    triples = list(read_table(EXAMPLE / "detentions.csv", "detentions.csv", form))
    assert len(triples) == len(set(triples)) == 43
    assert len({triple.subject for triple in triples}) == 4


def test_rdflib_reads_the_example_as_we_do() -> None:
    """The context is plain JSON-LD: another library gives the same triples from the same cells."""
    from rdflib import Graph

    document = json.loads((EXAMPLE / "detentions.jsonld").read_text("utf-8"))
    constants = {key: value for key, value in document.items() if key not in {"@context", "dialect"}}
    with (EXAMPLE / "detentions.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {k: v.split("; ") if k == "charges" else v for k, v in row.items() if v not in {"", "unknown"}}
            for row in csv.DictReader(file)
        ]
    text = json.dumps({"@context": document["@context"], "@graph": [{**constants, **row} for row in rows]})
    graph = Graph().parse(data=text, format="json-ld")
    theirs = {(str(s), str(p), str(o)) for s, p, o in graph}
    form = read_form(EXAMPLE / "detentions.jsonld", "detentions.jsonld")
    ours = list(read_table(EXAMPLE / "detentions.csv", "detentions.csv", form))
    assert theirs == {(get_value(t.subject), t.predicate.value, get_value(t.object)) for t in ours}


class Rows(io.RawIOBase):
    """A table of many rows that is never whole anywhere; `read` counts what was taken of it."""

    def __init__(self, rows: int) -> None:
        self.rows = iter(range(rows))
        self.read_rows = 0
        self.rest = b"no,held\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.rest:
            numbers = list(itertools.islice(self.rows, 100))
            self.read_rows += len(numbers)
            self.rest = b"".join(b"urn:x:%d,%d\n" % (n, n % 9) for n in numbers)
        taken, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def test_a_table_is_read_as_its_triples_are_taken() -> None:
    form = parse_form('{"@context": {"no": "@id", "held": "https://example.org/held"}}', "x.jsonld")
    source = Rows(100_000)
    triples = map_table(cast("IO[bytes]", io.BufferedReader(source)), "x.csv", form)
    next(triples)
    assert source.read_rows < 5000
    assert sum(1 for _ in triples) == 99_999


def test_problems_beyond_many_are_counted() -> None:
    form = parse_form('{"@context": {"no": "@id", "held": "https://example.org/held"}}', "x.jsonld")
    table = b"no,held\n" + b"a b,1\n" * 1000
    with pytest.raises(InputError) as caught:
        list(map_table(io.BytesIO(table), "x.csv", form))
    assert len(caught.value.findings) == MOST + 1
    assert "x.csv: 800 further problems of the same table" in str(caught.value)


def test_a_line_without_end_is_not_read_to_its_end() -> None:
    form = parse_form('{"@context": {"no": "@id", "held": "https://example.org/held"}}', "x.jsonld")
    with pytest.raises(InputError, match=r"x\.csv:2:1: a line of more than 1,048,576 characters\. \[table-row\]"):
        list(map_table(io.BytesIO(b"no,held\nurn:x:1," + b"9" * (LONGEST + 1)), "x.csv", form))


def test_what_is_no_table() -> None:
    form = parse_form('{"@context": {"no": "@id"}}', "x.jsonld")
    with pytest.raises(InputError, match="no table by the ending of its name"):
        list(map_table(io.BytesIO(b""), "x.xlsx", form))


def test_a_compressed_table(tmp_path: Path) -> None:
    form = parse_form('{"@context": {"no": "@id", "held": "https://example.org/held"}}', "x.jsonld")
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"no,held\nurn:x:1,3\n"))
    assert len(list(read_table(path, path.name, form))) == 1
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match="compressed data that are broken or cut short"):
        list(read_table(path, path.name, form))


def find_problems(table: bytes, form: TableForm) -> str:
    """The lines about a table; none when it fits."""
    try:
        list(map_table(io.BytesIO(table), "x.csv", form))
    except InputError as error:
        return str(error)
    return ""


def test_no_message_has_the_words_of_a_cell() -> None:
    form = read_form(EXAMPLE / "detentions.jsonld", "detentions.jsonld")
    lines = (EXAMPLE / "detentions.csv").read_bytes().splitlines()
    secret = [b"Xyzzy Q"] * 12
    for at in range(12):
        cells = [b"2031/1", *[b""] * 11]
        cells[at] = secret[at]
        assert "Xyzzy" not in find_problems(lines[0] + b"\n" + b",".join(cells) + b"\n", form)
    told = find_problems(b",".join(secret) + b"\n", form)
    assert "none of the columns" in told
    assert "Xyzzy" not in told
