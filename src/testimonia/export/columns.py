"""Which columns each table has, from a first look at all values.

A column holds the values of one property and one kind (nodes, texts in a language, literals of a datatype). Nodes are
written without what all of a column begin with; several values stand in one cell.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from testimonia.core.namespaces import TERM, T, expand
from testimonia.export.row_classes import CLASS, IDENTITY, TABLES, Sorter, find_classes
from testimonia.export.source import ExportSource
from testimonia.export.usage import NODE, PropertyUse, find_uses, tell_kind
from testimonia.rdf.reading import get_value

TYPE = expand("rdf:type")
ENGLISH = "@en"
"""The kind of texts whose column is called as the property is, whatever other languages there are."""
SENTENCE, WHOSE = "statement", "claim"
"""Columns that no property is behind: a claim as a sentence, and the claim that a passage or figure is of."""

_FIRST = (
    *("label", "prefLabel", SENTENCE, WHOSE, "inInterview", "statedBy", "voice", "accordingTo", "modality"),
    *("about", "evidence", "context", "figure"),
)
_NODES, _TEXTS = " ", (" | ", " || ", " ||| ", " ¦ ")
"""What stands between several values in a cell: between nodes, and between texts the first that is in none of them."""


@dataclass(slots=True)
class ExportColumn:
    """A column: its name, property (IRI; "" for one that is derived), kind, and how its values are written.

    `stem` is what nodes are written without; `separator` is "" where a cell has one value at most; `target` is the
    table whose ids all its values are, "" where there is none.
    """

    name: str
    iri: str
    kind: str
    stem: str = ""
    separator: str = ""
    target: str = ""

    def write(self, values: list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]) -> str:
        """Return the cell of some values."""
        return self.separator.join(get_value(value).removeprefix(self.stem) for value in values)


@dataclass(slots=True)
class Table:
    """A table: its name, its columns in order, the classes of its nodes and those above them, how many rows it has."""

    name: str
    columns: list[ExportColumn]
    classes: tuple[str, ...]
    rows: int


@dataclass(slots=True)
class _Seen:
    """What was seen of a column: how many values a node has at most, and all the values."""

    most: int = 0
    values: set[str] = field(default_factory=set)


_Survey = dict[str, dict[tuple[str, str], _Seen]]


def survey_tables(source: ExportSource) -> dict[str, Table]:
    """Return the tables of a source by name, those without rows left out."""
    sorter, uses = Sorter(source), find_uses(source)
    seen: _Survey = defaultdict(lambda: defaultdict(_Seen))
    rows: dict[str, set[str]] = defaultdict(set)
    for part in source.scan_parts():
        classes = find_classes(part.quads)
        graph = source.shorten(part.name)
        tables = {node: sorter.find(graph, kinds) for node, kinds in classes.items()}
        counts: Counter[tuple[str, str, str]] = Counter()
        for quad in part.quads:
            node = get_value(quad.subject)
            if table := tables[node]:
                rows[table].add(node)
                kind = tell_kind(quad.object)
                counts[node, quad.predicate.value, kind] += 1
                seen[table][quad.predicate.value, kind].values.add(get_value(quad.object))
        for (node, predicate, kind), count in counts.items():
            column = seen[tables[node]][predicate, kind]
            column.most = max(column.most, count)
    found = {
        name: Table(
            name,
            _make_columns(name, seen[name], uses, source.base, rows[name]),
            sorter.list_classes(seen[name].get((TYPE, NODE), _Seen()).values),
            len(rows[name]),
        )
        for name in TABLES
        if name in rows
    }
    _find_targets(found, seen, rows)
    return found


def _make_columns(
    table: str, seen: Mapping[tuple[str, str], _Seen], uses: Mapping[str, PropertyUse], base: str, nodes: set[str]
) -> list[ExportColumn]:
    """Return the columns of a table: id and class, then the others, those that say most to readers first."""
    columns = [ExportColumn(IDENTITY, "", NODE, _find_stem(nodes, base))]
    for (iri, kind), what in sorted(seen.items()):
        use = uses.get(iri, PropertyUse(TYPE, CLASS, frozenset({NODE}), is_single=True))
        kinds = {k for i, k in seen if i == iri}
        name = use.name if len(kinds) == 1 or kind == ENGLISH else f"{use.name}_{_name_kind(kind)}"
        stem = _find_stem(what.values, base) if kind == NODE else ""
        several = what.most > 1 or not use.is_single
        between = _NODES if kind == NODE else next(s for s in _TEXTS if not any(s in v for v in what.values))
        columns.append(
            ExportColumn(name.replace("-", "_").replace(":", "_"), iri, kind, stem, between if several else "")
        )
    if table == "claims":
        columns.append(ExportColumn(SENTENCE, "", ENGLISH))
    if table in {"passages", "figures"}:
        columns.append(ExportColumn(WHOSE, "", NODE, base))
    order = {name: place for place, name in enumerate((IDENTITY, CLASS, *_FIRST))}
    return sorted(columns, key=lambda column: (order.get(column.name, len(order)), column.name))


def _find_stem(values: set[str], base: str) -> str:
    """Return what nodes are written without: the stem of terms, of classes or of the data set, where all begin so."""
    stems = (TERM, T, base)
    return next((stem for stem in stems if stem and all(value.startswith(stem) for value in values)), "")


def _name_kind(kind: str) -> str:
    """Return what a kind adds to the name of a column: a language, `iri`, or the last part of a datatype."""
    return "iri" if kind == NODE else kind.removeprefix("@").rpartition("#")[2].rpartition("/")[2]


def _find_targets(tables: Mapping[str, Table], seen: _Survey, rows: Mapping[str, set[str]]) -> None:
    """Note of each column with single nodes which table they all have rows of."""
    for table in tables.values():
        for column in table.columns:
            if column.kind != NODE or column.separator or not column.iri or column.iri == TYPE:
                continue
            values = seen[table.name][column.iri, NODE].values
            for other in tables.values():
                if values <= rows[other.name] and other.columns[0].stem == column.stem and other.name != "links":
                    column.target = other.name
                    break
    for name in ("passages", "figures"):
        for column in tables[name].columns if name in tables else ():
            if column.name == WHOSE and "claims" in tables:
                column.target = "claims"
