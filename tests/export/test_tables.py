"""Tables: csvw and pandas read them; their cells lead back to every statement about what has a row, and to no other."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyoxigraph as ox
import pytest
from csvw import TableGroup

from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.export.columns import survey_tables
from testimonia.export.forms import write_export
from testimonia.export.row_classes import TABLES, RowClassifier, find_classes
from testimonia.export.source import ExportSource, read_source
from testimonia.rdf.cells import NUMBER, RISKY
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import load_store, run_select

Rows = set[tuple[str, str, str, str]]
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture
def bundle(folder: Path, tmp_path: Path) -> Path:
    """The tables of an invented graph."""
    write_export(read_source(folder), "csv", str(tmp_path / "tables"))
    return tmp_path / "tables"


def unguard(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it, as the guide tells readers to do."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) and not NUMBER.fullmatch(cell[1:]) else cell


def read_back(bundle: Path) -> Rows:
    """The statements that the rows say, by the metadata alone: csvw splits the cells."""
    group = TableGroup.from_file(bundle / "csv-metadata.json")
    found: Rows = set()
    for table in group.tables:
        schema = table.tableSchema
        for row in csv.DictReader((bundle / str(table.url)).open(encoding="utf-8", newline="")):
            subject = schema.aboutUrl.expand(id=row["id"])
            for column in schema.columns:
                if column.propertyUrl is None:
                    continue
                text = unguard(row[column.name])
                cells = text.split(column.separator) if column.separator else [text]
                stem = column.common_props.get("void:uriSpace", "")
                for cell in cells if text else []:
                    found.add((subject, str(column.propertyUrl.uri), *_tell(column, stem, cell)))
    return found


def _tell(column: Any, stem: str, cell: str) -> tuple[str, str]:
    """What a cell means, and of which kind it is."""
    base = column.datatype.base if column.datatype else "string"
    if stem or (base == "anyURI" and column.valueUrl is not None) or column.separator == " ":
        return stem + cell, "@id"
    if column.lang and column.lang != "und":
        return cell, f"@{column.lang}"
    identity = column.datatype.at_props.get("id") if column.datatype else None
    return cell, str(identity or XSD + base)


def list_told(source: ExportSource) -> Rows:
    """The statements of a graph about nodes that have a row."""
    classifier, found = RowClassifier(source), set()
    for part in source.read_parts():
        classes = find_classes(part.quads)
        for quad in part.quads:
            if classifier.find(source.shorten(part.name), classes[get_value(quad.subject)]):
                kind = "@id"
                if isinstance(quad.object, ox.Literal):
                    kind = f"@{quad.object.language}" if quad.object.language else quad.object.datatype.value
                found.add((get_value(quad.subject), quad.predicate.value, get_value(quad.object), kind))
    return found


def test_the_cells_lead_back_to_the_statements(folder: Path, bundle: Path) -> None:
    source = read_source(folder)
    told = list_told(source)
    assert read_back(bundle) == told
    said = {row[:3] for row in told}
    quads = [quad for part in source.read_parts() for quad in part.quads]
    left = [q for q in quads if (get_value(q.subject), q.predicate.value, get_value(q.object)) not in said]
    graphs = {source.shorten(get_value(quad.graph_name)) for quad in left}
    assert graphs <= {"dataset", "vocabulary"}
    kinds = {get_value(quad.object) for quad in left if quad.predicate.value == expand("rdf:type")}
    assert not kinds & {expand("skos:Concept"), expand("skos:ConceptScheme")}


def test_the_real_graph(project_layout: Layout, tmp_path: Path) -> None:
    write_export(read_source(project_layout.graph), "csv", str(tmp_path / "tables"))
    assert read_back(tmp_path / "tables") == list_told(read_source(project_layout.graph))


def test_csvw_accepts_all(bundle: Path) -> None:
    group = TableGroup.from_file(bundle / "csv-metadata.json")
    rows = group.read()
    assert group.check_referential_integrity()
    assert all(table.check_primary_key(items=rows[table.local_name]) for table in group.tables)
    assert {f"{name}.csv" for name in TABLES} >= {str(table.url) for table in group.tables}
    for table in group.tables:
        (keys, number) = (table.tableSchema.foreignKeys, len(rows[table.local_name]))
        assert number > 0
        if table.local_name == "turns.csv":
            assert {key.reference.resource.string for key in keys} >= {"interviews.csv"}


def test_as_many_rows_as_sparql_counts(folder: Path, bundle: Path) -> None:
    store = load_store({path.name: path.read_bytes() for path in folder.rglob("*.nq")})
    classes = {
        "interviews": "Interview",
        "claims": "Claim",
        "passages": "Passage",
        "figures": "Figure",
        "dates": "Date",
        "turns": "Turn",
    }
    for name, cls in classes.items():
        answer = run_select(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a <{T}{cls}> }}")
        count = int(get_value(answer.rows[0][0]))
        path = bundle / f"{name}.csv"
        assert (len(pd.read_csv(path, dtype=str)) if path.exists() else 0) == count, name
        if count:
            assert pl.read_csv(path, infer_schema=False).height == count


def test_pandas_answers_as_sparql(lantern: Path, tmp_path: Path) -> None:
    """Who does how many things to whom, from two tables joined, and from the graph."""
    write_export(read_source(lantern), "csv", str(tmp_path / "tables"))
    claims = pd.read_csv(tmp_path / "tables" / "claims.csv", dtype=str, keep_default_na=False)
    happenings = pd.read_csv(tmp_path / "tables" / "happenings.csv", dtype=str)
    acts = set(happenings[happenings["class"] == "Act"]["id"])
    pairs = [
        (actor, target)
        for _, row in claims.iterrows()
        for actor in str(row["actor"]).split()
        for target in str(row["target"]).split()
        if acts & set(str(row["about"]).split())
    ]
    told_of_an_act = f"FILTER EXISTS {{ ?c <{T}about> ?x . ?x a <{T}Act> }}"
    query = f"SELECT ?actor ?target {{ ?c <{T}actor> ?actor ; <{T}target> ?target {told_of_an_act} }}"
    store = load_store({path.name: path.read_bytes() for path in lantern.rglob("*.nq")})
    base = "https://example.org/lantern/"
    told = [tuple(get_value(term).removeprefix(base) for term in row) for row in run_select(store, query).rows]
    assert Counter(pairs) == Counter(told)
    assert len(pairs) >= 5


def test_statements_are_sentences(lantern: Path, tmp_path: Path) -> None:
    write_export(read_source(lantern), "csv", str(tmp_path / "tables"))
    rows = {row["id"]: row for row in csv.DictReader((tmp_path / "tables" / "claims.csv").open(encoding="utf-8"))}
    row = rows["interview/val-solen/claim/8"]
    assert row["statement"].startswith('Mira Solen (interviewee): it happened: act "raid"')
    assert (row["actor"], row["date"], row["modality"]) == ("id/harbour-police", "date/2031-05-04", "modality/occurred")
    assert row["target"].split(" ") == ["id/song-archive", "id/volunteers"]
    figures = list(csv.DictReader((tmp_path / "tables" / "figures.csv").open(encoding="utf-8")))
    assert {f["value"] for f in figures if f["claim"] == "interview/val-solen/claim/8"} == {"9", "2"}


def test_formulas_are_guarded_and_texts_kept_apart(tmp_path: Path) -> None:
    base, graph = "https://example.org/x/", "https://example.org/x/graph/entities"
    person, label, alias = f"<{base}id/a>", f"<{expand('rdfs:label')}>", f"<{expand('skos:altLabel')}>"
    lines = [
        f"{person} <{expand('rdf:type')}> <{T}Person> <{graph}> .",
        f'{person} {label} "=HYPERLINK(\\"x\\")"@en <{graph}> .',
        f'{person} {label} "une personne"@fr <{graph}> .',
        f'{person} {alias} "a | b"@en <{graph}> .',
        f'{person} {alias} "-5"@en <{graph}> .',
        f'{person} {alias} "c, \\"d\\"\\nline"@en <{graph}> .',
    ]
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "entities.nq").write_text("\n".join(lines) + "\n", "utf-8")
    source = read_source(tmp_path / "graph")
    write_export(source, "csv", str(tmp_path / "tables"))
    (row,) = csv.DictReader((tmp_path / "tables" / "entities.csv").open(encoding="utf-8", newline=""))
    assert row["label"] == '\'=HYPERLINK("x")'
    assert row["label_fr"] == "une personne"
    assert sorted(row["altLabel"].lstrip("'").split(" || ")) == ["-5", "a | b", 'c, "d"\nline']
    assert read_back(tmp_path / "tables") == list_told(source)


def test_the_dictionary_tells_every_column(folder: Path, bundle: Path) -> None:
    page = (bundle / "DICTIONARY.md").read_text("utf-8")
    metadata = json.loads((bundle / "csv-metadata.json").read_text("utf-8"))
    for name, table in survey_tables(read_source(folder)).items():
        section = page.split(f"\n## {name}.csv\n")[1].split("\n## ")[0]
        assert f"{table.rows:,} rows." in section
        with (bundle / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        told = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        (described,) = [t["tableSchema"]["columns"] for t in metadata["tables"] if t["url"] == f"{name}.csv"]
        assert header == [c.name for c in table.columns] == told == [column["name"] for column in described]
        assert all(column["dc:description"] for column in described)


def test_licence_and_version_go_along(lantern: Path, tmp_path: Path) -> None:
    write_export(read_source(lantern), "csv", str(tmp_path / "tables"))
    metadata = json.loads((tmp_path / "tables" / "csv-metadata.json").read_text("utf-8"))
    assert metadata["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert (metadata["dc:title"], metadata["dc:issued"]) == ("Lantern", "2031-09-01")
    assert "- Issued: 2031-09-01\n" in (tmp_path / "tables" / "DICTIONARY.md").read_text("utf-8")
