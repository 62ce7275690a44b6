"""Reader of the context file that says what the columns of a table become.

The file is a JSON-LD document without data. `@context` maps each column; keys beside it hold for every row
(`"@type": "ex:Detention"`); `dialect` says how the table is written. No context is fetched.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from testimonia.core.curated_files import read_text
from testimonia.core.errors import InputError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.record import Position
from testimonia.core.yaml_tree import Block, parse_tree
from testimonia.rdf.lexical import DATATYPES, XSD
from testimonia.sources.tables.dialect import Dialect, parse_dialect

RowNode = dict[str, Any]
_SAMPLE = "https://example.org/x"
_HEAD = {"@base", "@language", "@protected", "@version", "@vocab"}
_TERM = {"@container", "@context", "@id", "@language", "@protected", "@reverse", "@type"}
_SCOPED = {"@base", "@language", "@vocab"}
_GENERAL = tuple(":/?#[]@")
_SCHEMES = ("http://", "https://", "urn:")
_KINDS = {"anyURI", *(iri.removeprefix(XSD) for iri in DATATYPES if iri.startswith(XSD))}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """What a column becomes: `takes` is `@id`, `@type`, a datatype's IRI or "" for text; `several` if a cell is a list.

    `dropped` is a column that the context leaves out on purpose (`"remarks": null`); `text` is one whose words have a
    language; `needed` is one that a CSV table must have (any but a bare `"word": "ex:Word"`, which may be a class).
    """

    name: str
    takes: str = ""
    several: bool = False
    dropped: bool = False
    text: bool = False
    needed: bool = True


@dataclass(frozen=True, slots=True)
class TableForm:
    """A context that can be used: its columns by name, which of them is the id, what every row says, the dialect.

    `said` is how many triples a row has from `constants` alone.
    """

    path: str
    context: RowNode
    constants: RowNode
    columns: dict[str, TableColumn]
    identity: str
    said: int
    dialect: Dialect

    @property
    def prefixes(self) -> frozenset[str]:
        """The words that may stand before a colon, or alone where a column takes words of the context."""
        return frozenset(self.context)


def read_form(path: Path, name: str) -> TableForm:
    """Return the form that a context file describes; InputError lists every problem; `name` is the path as printed."""
    text, findings = read_text(path, name)
    if text is None:
        raise InputError(findings)
    return parse_form(text, name)


def parse_form(text: str, name: str) -> TableForm:
    """Return the form that the text of a context file describes; InputError lists every problem.

    >>> text = '{"@context": {"ex": "https://example.org/", "no": "@id", "held": "ex:held"}, "@type": "ex:Detention"}'
    >>> form = parse_form(text, "x.jsonld")
    >>> form.identity, sorted(form.columns), form.said
    ('no', ['held'], 1)
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        found = f"not JSON: {error.msg}"
        raise InputError.at(Position(name, error.lineno, error.colno), "table-context", found=found) from error
    except RecursionError as error:
        raise InputError.at(Position(name, 1, 1), "table-context", found="nested too deep") from error
    tree, findings = parse_tree(text, name)
    checker = _Checker(name, document, tree, findings)
    return checker.check()


class _Checker:
    """Looks through a context file and collects what is wrong with it."""

    def __init__(self, name: str, document: Any, tree: Block | None, findings: list[Finding]) -> None:
        self.name, self.findings = name, findings
        self.document: RowNode = document if isinstance(document, dict) else {}
        self.tree = tree
        context = self.document.get("@context")
        self.context: RowNode = context if isinstance(context, dict) else {}
        if not isinstance(context, dict):
            found, expected = 'no "@context" that is an object', '{"@context": {"column": "ex:property", …}}'
            self.note("", found, expected, "Write it into this file; none is fetched")

    def note(self, key: str, found: str, expected: str = "", fix: str = "") -> None:
        """Note a problem at the line of a key: a column of the context, or a key beside it."""
        block = self.tree.entries.get("@context") if self.tree else None
        columns = block.keys if isinstance(block, Block) else {}
        word = columns.get(key) or (self.tree.keys.get(key) if self.tree else None)
        line, column = (word.position.line, word.position.column) if word else (1, 1)
        record = f"column {key}" if key in columns and not key.startswith("@") else key
        place = Position(self.name, line, column)
        finding = Finding.at(place, "table-context", record=record, found=found, expected=expected, fix=fix)
        self.findings.append(finding)

    def check(self) -> TableForm:
        """Return the form; InputError when there is any problem."""
        constants = {k: v for k, v in self.document.items() if k not in {"@context", "dialect"}}
        dialect = parse_dialect(
            self.document.get("dialect", {}), lambda found, expected: self.note("dialect", found, expected)
        )
        for key in self.context.keys() - _HEAD:
            if key.startswith("@"):
                self.note(key, "a keyword that tables have no use for", ", ".join(sorted(_HEAD)))
        identity = self._find_identity()
        columns = self._read_columns(constants)
        said = 0 if self.findings else self._count_said(constants)
        if self.findings:
            raise InputError(self.findings)
        return TableForm(self.name, self.context, constants, columns, identity, said, dialect)

    def _find_identity(self) -> str:
        """Return the column that is the id; "" after a finding where not exactly one is."""
        identities = [key for key, line in self.context.items() if line == "@id"]
        if len(identities) == 1:
            return identities[0]
        if self.context:
            found = "several columns are the id: " + ", ".join(identities) if identities else "no column is the id"
            self.note("@context", found, '"number": "@id", of one column', "An IRI is never made from a row's position")
        return ""

    def _read_columns(self, constants: RowNode) -> dict[str, TableColumn]:
        """Return the columns that the context describes, each tried with a sample cell."""
        columns: dict[str, TableColumn] = {}
        for key, line in self.context.items():
            if key not in constants and not key.startswith("@") and line != "@id":
                column = self._read_column(key, line)
                if column is not None:
                    columns[key] = column
        noted = {finding.record for finding in self.findings}
        for column in columns.values():
            if not column.dropped and f"column {column.name}" not in noted:
                self._try_column(column)
        return columns

    def _read_column(self, key: str, line: Any) -> TableColumn | None:
        """Return what a column becomes; None for a prefix, or when its line cannot be used."""
        if line is None or line == {"@id": None}:
            return TableColumn(key, dropped=True, needed=False)
        if isinstance(line, str):
            is_class = line == "@type"
            return None if line.endswith(_GENERAL) else TableColumn(key, line if is_class else "", needed=is_class)
        if not isinstance(line, dict):
            self.note(key, "a line that is neither text nor object nor null", '{"@id": "ex:property"}')
            return None
        self._check_keywords(key, line)
        datatype = self._read_datatype(key, line)
        if datatype is None:
            return None
        several = line.get("@container") is not None
        return TableColumn(key, datatype, several, text=bool(line.get("@language")))

    def _check_keywords(self, key: str, line: RowNode) -> None:
        """Note what the line of a column says that a table has no use for."""
        unknown = sorted(line.keys() - _TERM)
        if unknown:
            self.note(key, f"{', '.join(unknown)}, which tables have no use for", ", ".join(sorted(_TERM)))
        if line.get("@container") not in (None, "@set", ["@set"]):
            self.note(key, "another @container", "@set, or none", "A list in order would be made of blank nodes")
        scoped = line.get("@context", {})
        if not isinstance(scoped, dict) or scoped.keys() - _SCOPED:
            self.note(key, "a @context of its own", "an object with " + ", ".join(sorted(_SCOPED)))

    def _read_datatype(self, key: str, line: RowNode) -> str | None:
        """Return a column's keyword or datatype IRI, "" for plain text; None after a finding that no cell has it."""
        takes = "@type" if line.get("@id") == "@type" else line.get("@type", "")
        if not isinstance(takes, str) or takes in {"@json", "@none"}:
            self.note(key, "a @type that no cell has", "@id, @vocab or a datatype")
            return None
        datatype = takes if takes.startswith("@") else self._expand(takes)
        kind = datatype.removeprefix(XSD)
        if kind != datatype and kind not in _KINDS:
            self.note(key, f'no datatype of XSD: "{kind}"', "for example xsd:date", find_nearest(kind, _KINDS))
        return datatype

    def _expand(self, name: str) -> str:
        """Return the IRI of a prefixed name of the context; a full IRI stays as it is."""
        prefix, colon, local = name.partition(":")
        stem = self.context.get(prefix)
        stem = stem.get("@id") if isinstance(stem, dict) else stem
        return stem + local if colon and isinstance(stem, str) and not local.startswith("//") else name

    def _map(self, node: RowNode, column: str = "") -> list[ox.Triple]:
        """Return the triples of a node; with `column`, under what the context says of prefixes and that one only."""
        context = self.context
        if column:
            head = {k: v for k, v in context.items() if k in _HEAD or (isinstance(v, str) and v.endswith(_GENERAL))}
            context = {**head, column: context[column]}
        document = {"@context": context, "@graph": [{"@id": _SAMPLE, **node}]}
        try:
            return [q.triple for q in ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)]
        except SyntaxError as error:
            self.note(column or "@context", f"not a context that can be read: {error.msg}")
            return []

    def _count_said(self, constants: RowNode) -> int:
        """Return how many triples the constants are; each must be one, and none may have a blank node."""
        triples = self._map(constants)
        for key, value in constants.items():
            alone = self._map({key: value})
            if len(alone) < (len(value) if isinstance(value, list) else 1):
                self.note(key, "said of every row, but becomes no triple", "a key of the context with a value", "")
            self._check_triples(key, alone)
        return len(triples)

    def _try_column(self, column: TableColumn) -> None:
        """Map one sample cell of a column: it must come out as one triple."""
        sample = _SAMPLE if column.takes.startswith("@") else "x"
        triples = self._map({column.name: sample}, column.name)
        if len(triples) != 1 and f"column {column.name}" not in {finding.record for finding in self.findings}:
            fix = "Look at its prefix, its language tag, its @type"
            self.note(column.name, "a cell of it becomes no triple", "an IRI or a declared prefix", fix)
        self._check_triples(column.name, triples)

    def _check_triples(self, key: str, triples: list[ox.Triple]) -> None:
        for triple in triples:
            if any(isinstance(term, ox.BlankNode) for term in (triple.subject, triple.object)):
                self.note(key, "makes a blank node", "an @id in every object")
            elif not triple.predicate.value.startswith(_SCHEMES):
                self.note(key, "an @id whose prefix is not declared", '{"@id": "ex:property"} and "ex" in the context')
            elif isinstance(triple.object, ox.Literal) and not triple.object.datatype.value.startswith(_SCHEMES):
                self.note(key, "a @type whose prefix is not declared", '"xsd" in the context')
