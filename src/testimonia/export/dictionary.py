"""The data dictionary of the tables, for programs (CSVW) and for people (Markdown).

Source: Metadata Vocabulary for Tabular Data (W3C, 2015). Cells with several nodes have no `valueUrl`, which is defined
for single values; what their values begin with is told by `void:uriSpace`, for these and all others.
"""

import json
from collections.abc import Mapping
from typing import Any

from testimonia.core.namespaces import PREFIXES
from testimonia.export.attribution import read_credits
from testimonia.export.columns import ENGLISH, ExportColumn, Table
from testimonia.export.meanings import Meanings
from testimonia.export.row_classes import IDENTITY, TABLES
from testimonia.export.source import ExportSource
from testimonia.export.usage import NODE

_XSD = PREFIXES["xsd"]
_TABULAR = {"anyURI", "boolean", "date", "dateTime", "decimal", "double", "float", "integer", "string"}
_TABULAR |= {"gYear", "gYearMonth", "nonNegativeInteger", "positiveInteger"}
"""Datatypes of XML Schema that CSVW calls by the same names (Metadata, 5.11.1), as far as the graph may have them."""


def write_metadata(source: ExportSource, tables: Mapping[str, Table]) -> str:
    """Return the metadata of a bundle as CSVW has them: titles, datatypes, what refers to what, licence."""
    meanings, credits = Meanings(source), read_credits(source)
    said = {name: credits.tell(f"dct:{name}") for name in ("title", "description", "issued")}
    named = {name: credits.tell(f"dct:{name}") for name in ("license", "publisher")}
    group = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        **{f"dc:{name}": text for name, text in said.items() if text},
        **{f"dc:{name}": {"@id": iri} for name, iri in named.items() if iri},
        "tables": [_describe_table(table, meanings) for table in tables.values()],
    }
    return json.dumps(group, indent=2, ensure_ascii=False) + "\n"


def _describe_table(table: Table, meanings: Meanings) -> dict[str, Any]:
    identity = next(column for column in table.columns if column.name == IDENTITY)
    keys = [
        {"columnReference": [c.name], "reference": {"resource": f"{c.target}.csv", "columnReference": [IDENTITY]}}
        for c in table.columns
        if c.target
    ]
    return {
        "url": f"{table.name}.csv",
        "dc:description": TABLES[table.name],
        "tableSchema": {
            "columns": [_describe_column(column, table, meanings) for column in table.columns],
            "primaryKey": [IDENTITY],
            "aboutUrl": f"{identity.stem}{{+{IDENTITY}}}",
            **({"foreignKeys": keys} if keys else {}),
        },
    }


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
    if column.kind == NODE:
        described |= {"void:uriSpace": column.stem} if column.stem else {}
        described |= {"datatype": "string" if column.stem or column.separator else "anyURI"}
        described |= {"valueUrl": f"{column.stem}{{+{column.name}}}"} if column.iri and not column.separator else {}
    elif column.kind.startswith("@"):
        described |= {"datatype": "string", "lang": column.kind[1:]}
    else:
        local = column.kind.removeprefix(_XSD)
        described["datatype"] = local if local in _TABULAR else {"@id": column.kind, "base": "string"}
    return described | ({"separator": column.separator} if column.separator else {})


def write_dictionary(source: ExportSource, tables: Mapping[str, Table]) -> str:
    """Return the dictionary for people."""
    credits, meanings = read_credits(source), Meanings(source)
    title = credits.tell("dct:title") or "Tables"
    facts = {
        "Version": credits.tell("owl:versionInfo"),
        "Issued": credits.tell("dct:issued"),
        "Licence": credits.tell("dct:license"),
        "IRIs begin with": credits.base,
    }
    lines = [f"# {title}: what the tables hold", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items() if value]
    lines += ["", *_HOW, ""]
    for table in tables.values():
        lines += [f"## {table.name}.csv", "", f"{TABLES[table.name]} {table.rows:,} rows.", ""]
        lines += ["| column | what it is | values | refers to |", "|---|---|---|---|"]
        lines += [
            f"| `{column.name}` | {_escape(meanings.explain(column, table))} | {_escape(_tell_values(column))} | "
            f"{f'{column.target}.csv' if column.target else ''} |"
            for column in table.columns
        ]
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


def _tell_values(column: ExportColumn) -> str:
    """Return what stands in the cells of a column."""
    if column.kind == NODE:
        told = f"IRI without {column.stem}" if column.stem else "IRI"
    elif column.kind.startswith("@"):
        told = "text" if column.kind == ENGLISH else f"text ({column.kind[1:]})"
    else:
        told = column.kind.removeprefix(_XSD)
    return f"{told}; several with {column.separator!r} between" if column.separator else told


def _escape(text: str) -> str:
    return text.replace("|", "\\|")
