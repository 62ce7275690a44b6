"""CSV files for spreadsheets and statistics, with a data dictionary.

There is a table for each sort of node that people ask about, a row for each node, a column for each property. Cells
that a spreadsheet would take for formulas get an apostrophe, as in answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from testimonia.export.columns import SENTENCE, WHOSE, ExportColumn, Table, survey_tables
from testimonia.export.dictionary import write_dictionary, write_metadata
from testimonia.export.output import Bundle
from testimonia.export.row_classes import IDENTITY, RowClassifier, find_classes
from testimonia.export.sentences import Sentences
from testimonia.export.source import ExportSource, GraphPart
from testimonia.export.usage import get_kind
from testimonia.rdf.cells import guard_cell, quote_cell


def write_tables(source: ExportSource, bundle: Bundle) -> None:
    """Write a CSV file for each table, `csv-metadata.json` (W3C CSVW) and `DICTIONARY.md`."""
    tables, classifier, sentences = survey_tables(source), RowClassifier(source), Sentences(source)
    rows: dict[str, list[str]] = defaultdict(list)
    for part in source.read_parts():
        interview = source.find_interview(part.name)
        texts = sentences.write(interview) if interview else {}
        for name, cells in make_rows(part, source.shorten(part.name), classifier, tables, texts):
            rows[name].append(write_row(cells))
    for name, table in tables.items():
        with bundle(f"{name}.csv") as stream:
            stream.write(write_row(column.name for column in table.columns).encode())
            stream.writelines(row.encode() for row in rows[name])
    for path, write in (("csv-metadata.json", write_metadata), ("DICTIONARY.md", write_dictionary)):
        with bundle(path) as stream:
            stream.write(write(source, tables).encode())


def make_rows(
    part: GraphPart, graph: str, classifier: RowClassifier, tables: Mapping[str, Table], sentences: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield (table, row) for each node of a named graph (by its short name)."""
    classes = find_classes(part.quads)
    for node, quads in part.by_subject():
        table = classifier.find(graph, classes[node])
        if not table:
            continue
        values: dict[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = defaultdict(list)
        for quad in quads:
            values[quad.predicate.value, get_kind(quad.object)].append(quad.object)
        yield table, [_write_cell(column, node, values, sentences) for column in tables[table].columns]


def _write_cell(
    column: ExportColumn,
    node: str,
    values: Mapping[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]],
    sentences: Mapping[str, str],
) -> str:
    """Return the cell of a node in a column."""
    if column.iri:
        return column.write(values.get((column.iri, column.kind), []))
    if column.name == SENTENCE:
        return sentences.get(node, "")
    if column.name == WHOSE:
        stem, mark, rest = node.partition("/claim/")
        return f"{stem}{mark}{rest.partition('/')[0]}".removeprefix(column.stem) if mark else ""
    assert column.name == IDENTITY
    return node.removeprefix(column.stem)


def write_row(cells: Iterable[str]) -> str:
    r"""Return a line of CSV, in which an apostrophe guards formulas.

    >>> write_row(["=1", "a, b", "-5"])
    '\'=1,"a, b",-5\n'
    """
    return ",".join(quote_cell(guard_cell(cell)) for cell in cells) + "\n"
