"""The columns of each table, determined by a survey of all values.

A column holds the values of one property and one kind (nodes, texts in a language, literals of a datatype). IRIs are
written without the stem that all of a column share; a cell may hold several values.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from testimonia.core.namespaces import TERM, T, expand, get_last_word
from testimonia.export.row_classes import CLASS, IDENTITY, TABLES, RowClassifier, find_classes
from testimonia.export.source import ExportSource
from testimonia.export.usage import NODE, PropertyUse, find_uses, get_kind
from testimonia.rdf.reading import get_value

TYPE = expand("rdf:type")
ENGLISH = "@en"
"""The kind of texts whose column has the plain name of the property, whatever other languages there are."""
SENTENCE, WHOSE = "statement", "claim"
"""Columns without a property: a claim as a sentence, and the claim that a passage or figure belongs to."""

_FIRST = (
    *("label", "prefLabel", SENTENCE, WHOSE, "inInterview", "statedBy", "voice", "accordingTo", "modality"),
    *("about", "evidence", "context", "figure"),
)
_NODES, _TEXTS = " ", (" | ", " || ", " ||| ", " ¦ ")
"""Separators of the values in a cell: of nodes, and of texts, where the first that occurs in none of them is used."""


@dataclass(slots=True)
class ExportColumn:
    """A column: its name, property (IRI, "" for a derived column), kind, and how its values are written.

    `stem` is left out at the beginning of IRIs; `separator` is "" where a cell has one value at most; `target` is the
    table whose ids the values are, "" where there is none.
    """

    name: str
    iri: str
    kind: str
    stem: str = ""
    separator: str = ""
    target: str = ""

    def write(self, values: list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]) -> str:
        """Return the cell for these values."""
        return self.separator.join(get_value(value).removeprefix(self.stem) for value in values)


@dataclass(slots=True)
class Table:
    """A table: its name, its columns in order, the classes of its nodes with their superclasses, its number of rows."""

    name: str
    columns: list[ExportColumn]
    classes: tuple[str, ...]
    rows: int


@dataclass(slots=True)
class _Seen:
    """What was found of a column: the most values that a node has, and all values."""

    most: int = 0
    values: set[str] = field(default_factory=set)


_Survey = dict[str, dict[tuple[str, str], _Seen]]


def survey_tables(source: ExportSource) -> dict[str, Table]:
    """Return the tables of a source that have rows, by name."""
    classifier, uses = RowClassifier(source), find_uses(source)
    seen, rows = _survey(source, classifier)
    tables: dict[str, Table] = {}
    for name in filter(rows.get, TABLES):
        columns = _make_columns(name, seen[name], uses, source.base, rows[name])
        classes = seen[name].get((TYPE, NODE), _Seen()).values
        tables[name] = Table(name, columns, classifier.list_classes(classes), len(rows[name]))
    for table in tables.values():
        for column in table.columns:
            column.target = _find_target(column, seen[table.name], tables, rows)
    return tables


def _survey(source: ExportSource, classifier: RowClassifier) -> tuple[_Survey, dict[str, set[str]]]:
    """Return what was found of the columns of each table, and the nodes that have a row in it."""
    seen: _Survey = defaultdict(lambda: defaultdict(_Seen))
    rows: dict[str, set[str]] = defaultdict(set)
    for part in source.scan_parts():
        classes = find_classes(part.quads)
        graph = source.shorten(part.name)
        tables = {node: classifier.find(graph, kinds) for node, kinds in classes.items()}
        counts: Counter[tuple[str, str, str]] = Counter()
        for quad in part.quads:
            node, kind = get_value(quad.subject), get_kind(quad.object)
            if table := tables[node]:
                rows[table].add(node)
                counts[node, quad.predicate.value, kind] += 1
                seen[table][quad.predicate.value, kind].values.add(get_value(quad.object))
        for (node, predicate, kind), count in counts.items():
            column = seen[tables[node]][predicate, kind]
            column.most = max(column.most, count)
    return seen, rows


def _make_columns(
    table: str, seen: Mapping[tuple[str, str], _Seen], uses: Mapping[str, PropertyUse], base: str, nodes: set[str]
) -> list[ExportColumn]:
    """Return the columns of a table: id and class, then the others, those most useful to readers first."""
    columns = [ExportColumn(IDENTITY, "", NODE, _find_stem(nodes, base))]
    kinds = Counter(iri for iri, _ in seen)
    for iri, kind in sorted(seen):
        use = uses.get(iri, PropertyUse(TYPE, CLASS, frozenset({NODE}), is_single=True))
        name = use.name if kinds[iri] == 1 or kind == ENGLISH else f"{use.name}_{_name_kind(kind)}"
        column = ExportColumn(name.replace("-", "_").replace(":", "_"), iri, kind)
        values = seen[iri, kind].values
        if kind == NODE:
            column.stem = _find_stem(values, base)
        if seen[iri, kind].most > 1 or not use.is_single:
            column.separator = _NODES if kind == NODE else _find_separator(values)
        columns.append(column)
    if table == "claims":
        columns.append(ExportColumn(SENTENCE, "", ENGLISH))
    if table in {"passages", "figures"}:
        columns.append(ExportColumn(WHOSE, "", NODE, base))
    order = {name: place for place, name in enumerate((IDENTITY, CLASS, *_FIRST))}
    return sorted(columns, key=lambda column: (order.get(column.name, len(order)), column.name))


def _find_stem(values: set[str], base: str) -> str:
    """Return the stem that all IRIs share: that of terms, of the ontology or of the data set, else ""."""
    for stem in (TERM, T, base):
        if all(value.startswith(stem) for value in values):
            return stem
    return ""


def _find_separator(values: set[str]) -> str:
    """Return the first separator that occurs in none of some texts."""
    text = "\n".join(values)
    return next(separator for separator in _TEXTS if separator not in text)


def _name_kind(kind: str) -> str:
    """Return the suffix of a column's name for a kind: a language, `iri`, or the last part of a datatype."""
    return "iri" if kind == NODE else get_last_word(kind.removeprefix("@"))


def _find_target(
    column: ExportColumn,
    seen: Mapping[tuple[str, str], _Seen],
    tables: Mapping[str, Table],
    rows: Mapping[str, set[str]],
) -> str:
    """Return the table that has a row for each value of a column with single nodes, "" for any other column."""
    if column.name == WHOSE and not column.iri:
        return "claims" if "claims" in tables else ""
    if column.kind != NODE or column.separator or column.iri in {"", TYPE}:
        return ""
    values = seen[column.iri, NODE].values
    for other in tables.values():
        if values <= rows[other.name] and other.columns[0].stem == column.stem and other.name != "links":
            return other.name
    return ""
