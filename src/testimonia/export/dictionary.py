"""The data dictionary of the tables, for programs (CSVW) and for people (Markdown).

Source: Metadata Vocabulary for Tabular Data (W3C, 2015). Cells with several nodes have no `valueUrl`, which is defined
for single values; `void:uriSpace` gives the stem that is left out, for these as for all other columns of IRIs.
"""

import json
from collections.abc import Mapping
from typing import Any

from testimonia.core.namespaces import PREFIXES
from testimonia.export.attribution import read_attribution
from testimonia.export.columns import ENGLISH, ExportColumn, Table
from testimonia.export.meanings import Meanings
from testimonia.export.row_classes import IDENTITY, TABLES
from testimonia.export.source import ExportSource
from testimonia.export.usage import NODE

_XSD = PREFIXES["xsd"]
_TABULAR = {"anyURI", "boolean", "date", "dateTime", "decimal", "double", "float", "integer", "string"}
_TABULAR |= {"gYear", "gYearMonth", "nonNegativeInteger", "positiveInteger"}
"""Datatypes of XML Schema that have the same names in CSVW (Metadata, 5.11.1), as far as the graph may have them."""


def write_metadata(source: ExportSource, tables: Mapping[str, Table]) -> str:
    """Return the CSVW metadata of the tables: titles, datatypes, foreign keys, licence."""
    meanings, attribution = Meanings(source), read_attribution(source)
    group: dict[str, Any] = {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}]}
    for name in ("title", "description", "issued", "license", "publisher"):
        if text := attribution.get_text(f"dct:{name}"):
            group[f"dc:{name}"] = {"@id": text} if name in {"license", "publisher"} else text
    group["tables"] = [_describe_table(table, meanings) for table in tables.values()]
    return json.dumps(group, indent=2, ensure_ascii=False) + "\n"


def _describe_table(table: Table, meanings: Meanings) -> dict[str, Any]:
    identity = next(column for column in table.columns if column.name == IDENTITY)
    schema: dict[str, Any] = {
        "columns": [_describe_column(column, table, meanings) for column in table.columns],
        "primaryKey": [IDENTITY],
        "aboutUrl": f"{identity.stem}{{+{IDENTITY}}}",
    }
    for column in table.columns:
        if column.target:
            reference = {"resource": f"{column.target}.csv", "columnReference": [IDENTITY]}
            schema.setdefault("foreignKeys", []).append({"columnReference": [column.name], "reference": reference})
    return {"url": f"{table.name}.csv", "dc:description": TABLES[table.name], "tableSchema": schema}


def _describe_column(column: ExportColumn, table: Table, meanings: Meanings) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "titles": column.name}
    if meaning := meanings.explain(column, table):
        described["dc:description"] = meaning
    if column.iri:
        described["propertyUrl"] = column.iri
    else:
        described["suppressOutput"] = True
    if column.name == IDENTITY:
        described["required"] = True
    described |= _describe_nodes(column) if column.kind == NODE else _describe_literals(column.kind)
    if column.separator:
        described["separator"] = column.separator
    return described


def _describe_nodes(column: ExportColumn) -> dict[str, Any]:
    described: dict[str, Any] = {"void:uriSpace": column.stem} if column.stem else {}
    described["datatype"] = "string" if column.stem or column.separator else "anyURI"
    if column.iri and not column.separator:
        described["valueUrl"] = f"{column.stem}{{+{column.name}}}"
    return described


def _describe_literals(kind: str) -> dict[str, Any]:
    if kind.startswith("@"):
        return {"datatype": "string", "lang": kind[1:]}
    local = kind.removeprefix(_XSD)
    return {"datatype": local if local in _TABULAR else {"@id": kind, "base": "string"}}


def write_dictionary(source: ExportSource, tables: Mapping[str, Table]) -> str:
    """Return the dictionary for people, in Markdown."""
    attribution, meanings = read_attribution(source), Meanings(source)
    title = attribution.get_text("dct:title") or "Tables"
    facts = {
        "Version": attribution.get_text("owl:versionInfo"),
        "Issued": attribution.get_text("dct:issued"),
        "Licence": attribution.get_text("dct:license"),
        "IRIs begin with": attribution.base,
    }
    lines = [f"# {title}: what the tables hold", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items() if value]
    lines += ["", *_HOW, ""]
    for table in tables.values():
        lines += [f"## {table.name}.csv", "", f"{TABLES[table.name]} {table.rows:,} rows.", ""]
        lines += ["| column | what it is | values | refers to |", "|---|---|---|---|"]
        for column in table.columns:
            meaning, values = meanings.explain(column, table), _describe_values(column)
            cells = (f"`{column.name}`", _escape(meaning), _escape(values), column.target and f"{column.target}.csv")
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


_HOW = (
    "UTF-8, comma-separated, a header line; an empty cell is a value that nobody gave. `csv-metadata.json` tells",
    "programs the same as this page (CSV on the Web). Read no row as a fact: a row of `claims.csv` is what somebody",
    "said, and its `modality` says whether it is told as done, planned, feared or denied.",
    "",
    "A cell that a spreadsheet would take for a formula, because it begins with = + - or @ and is no number, has an",
    "apostrophe before it that is not part of the value.",
)


def _describe_values(column: ExportColumn) -> str:
    """Return what the cells of a column contain."""
    if column.kind == NODE:
        told = f"IRI without {column.stem}" if column.stem else "IRI"
    elif column.kind.startswith("@"):
        told = "text" if column.kind == ENGLISH else f"text ({column.kind[1:]})"
    else:
        told = column.kind.removeprefix(_XSD)
    return f"{told}; several with {column.separator!r} between" if column.separator else told


def _escape(text: str) -> str:
    return text.replace("|", "\\|")
