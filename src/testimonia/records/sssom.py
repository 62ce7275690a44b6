"""Parse a file of links: its header and rows as written, with everything that is wrong with their form.

The format is SSSOM/TSV (https://mapping-commons.github.io/sssom/spec-formats-tsv/): YAML behind `#`, then a table with
tabs between its cells.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field

from testimonia.core.errors import find_nearest
from testimonia.core.findings import Finding
from testimonia.core.iris import WEB_IRI
from testimonia.core.namespaces import PREFIXES
from testimonia.core.record import Position, Word
from testimonia.core.yaml_tree import Block, Tree, parse_tree

BUILT_IN = {
    **{prefix: PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "skos")},
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
}
"""Prefixes that a file need not declare."""

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
COLUMNS = (
    *("record_id", "subject_id", "subject_label", "subject_category"),
    *("predicate_id", "predicate_label", "predicate_modifier"),
    *("object_id", "object_label", "object_category", "mapping_justification"),
    *("author_id", "author_label", "reviewer_id", "reviewer_label", "creator_id", "creator_label", "license"),
    *("subject_type", "subject_source", "subject_source_version"),
    *("object_type", "object_source", "object_source_version", "predicate_type"),
    *("mapping_provider", "mapping_source", "mapping_cardinality", "cardinality_scope"),
    *("mapping_tool", "mapping_tool_id", "mapping_tool_version"),
    *("mapping_date", "publication_date", "review_date", "confidence", "reviewer_agreement"),
    *("curation_rule", "curation_rule_text", "subject_match_field", "object_match_field", "match_string"),
    *("subject_preprocessing", "object_preprocessing", "similarity_score", "similarity_measure"),
    *("see_also", "issue_tracker_item", "other", "comment"),
)
"""The slots of a mapping, in the order in which they are written (https://w3id.org/sssom/Mapping)."""

_NEEDED = ("mapping_set_id", "license")


@dataclass(frozen=True, slots=True)
class SssomRow:
    """A line of the table: column → cell, "" where it is empty, and its number (1-based)."""

    cells: Mapping[str, str]
    line: int


@dataclass(slots=True)
class LinkFile:
    """A file of links as written: header (key → text), prefixes (prefix → namespace), rows in their order."""

    header: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    rows: list[SssomRow] = field(default_factory=list)

    def expand(self, curie: str) -> str | None:
        """Return the IRI that a CURIE stands for, None where its prefix is not declared or nothing follows it.

        >>> LinkFile(prefixes={"id": "https://example.org/id/"}).expand("id:ivo-brandt")
        'https://example.org/id/ivo-brandt'
        """
        prefix, colon, local = curie.partition(":")
        namespace = self.prefixes.get(prefix) or BUILT_IN.get(prefix)
        return namespace + local if namespace and colon and local else None


def parse_links(text: str, path: str) -> tuple[LinkFile, list[Finding]]:
    r"""Return a file of links from its text, and findings about its form; `path` is the file as printed.

    >>> text = "#mapping_set_id: https://example.org/m\n#license: https://example.org/l\nsubject_id\tobject_id\n"
    >>> for finding in parse_links(text, "x.sssom.tsv")[1]: print(finding.found)
    no column "predicate_id"
    no column "mapping_justification"
    """
    lines = text.removeprefix("\ufeff").split("\n")
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    file, findings = LinkFile(), []
    tree, found = parse_tree("\n".join(line[1:] for line in lines[:first]), path)
    findings += [f for f in found if f.rule != "empty-file"]
    if tree is not None or not findings:
        findings += _read_header(file, tree, path)
    findings += _read_table(file, lines[first:], first, path)
    return file, findings


def _read_header(file: LinkFile, tree: Block | None, path: str) -> list[Finding]:
    entries: dict[str, Tree] = tree.entries if tree else {}
    file.header = {key: value.text for key, value in entries.items() if isinstance(value, Word)}
    findings = []
    for key in _NEEDED:
        if not WEB_IRI.fullmatch(file.header.get(key, "")):
            line = tree.places[key].line if tree and key in entries else 1
            found = f'{key} "{file.header[key]}"' if key in file.header else f'no "{key}" in the header'
            expected = f"#{key}: an http(s) IRI"
            findings.append(Finding.at(Position(path, line, 1), "link-header", found=found, expected=expected))
    prefixes = entries.get("curie_map")
    for word, value in prefixes if isinstance(prefixes, Block) else ():
        namespace = value.text if isinstance(value, Word) else ""
        file.prefixes[word.text] = namespace
        if not WEB_IRI.fullmatch(namespace):
            # the header was parsed without its "#", so columns are one less than in the file
            place = Position(path, word.position.line, word.position.column + 1)
            found = f'prefix "{word.text}" stands for no IRI'
            findings.append(Finding.at(place, "link-header", found=found, fix="Correct it"))
    return findings


def _read_table(file: LinkFile, lines: list[str], before: int, path: str) -> list[Finding]:
    """Read the rows below the header; `before` lines stand above them."""
    reader = csv.reader(lines, delimiter="\t", strict=True)
    findings: list[Finding] = []
    columns: list[str] | None = None
    line = before
    try:
        for cells in reader:
            line = before + reader.line_num
            if not any(cells):
                continue
            if columns is None:
                columns = cells
                findings += _check_columns(columns, Position(path, line, 1))
            elif len(cells) != len(columns):
                found, expected = f"{len(cells)} cells", f"{len(columns)}, one for each column, with tabs between them"
                findings.append(Finding.at(Position(path, line, 1), "link-cells", found=found, expected=expected))
            else:
                file.rows.append(SssomRow(dict(zip(columns, map(str.strip, cells), strict=True)), line))
    except csv.Error as error:
        place = Position(path, line + 1, 1)
        findings.append(Finding.at(place, "link-cells", found=f"no table: {error}", fix="Mind the quotes"))
    if columns is None:
        expected, fix = "columns " + ", ".join(REQUIRED), "Add it below the header"
        findings.append(Finding.at(path, "link-columns", found="no table", expected=expected, fix=fix))
    return findings


def _check_columns(columns: list[str], place: Position) -> list[Finding]:
    findings: list[Finding] = []

    def report(found: str, expected: str | None = None, fix: str | None = None) -> None:
        findings.append(Finding.at(place, "link-columns", found=found, expected=expected, fix=fix))

    for name in REQUIRED:
        if name not in columns:
            report(f'no column "{name}"', expected=", ".join(REQUIRED))
    for number, name in enumerate(columns):
        if name not in COLUMNS:
            report(f'unknown column "{name}"', "a slot of SSSOM", find_nearest(name, COLUMNS) or "Take it away")
        elif name in columns[:number]:
            report(f'column "{name}" twice', fix="Take one away")
    return findings
