"""An answer as a table for people, CSV, TSV, JSON, Markdown, Turtle or N-Triples."""

import json
import re
from collections.abc import Callable
from enum import StrEnum

import pyoxigraph as ox

from testimonia.core.answer import Answer, Solutions, Statements, Term
from testimonia.core.errors import QueryError
from testimonia.core.namespaces import PREFIXES
from testimonia.questions.evidence import Backing, Evidenced
from testimonia.questions.tables import WIDTH, write_table
from testimonia.rdf.cells import guard_cell, quote_cell, write_plain, write_short
from testimonia.rdf.short_names import Naming


class AnswerFormat(StrEnum):
    """The formats of answers."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MARKDOWN = "markdown"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"


def write_answer(answer: Answer, form: AnswerFormat, naming: Naming, *, width: int = WIDTH) -> str:
    """Return an answer as text that ends in a line feed; QueryError when the format does not fit its form.

    >>> print(write_answer(True, AnswerFormat.TABLE, Naming("https://example.org/")), end="")
    yes
    """
    if isinstance(answer, Statements):
        return _write_statements(answer, form)
    if form in {AnswerFormat.TURTLE, AnswerFormat.NTRIPLES}:
        raise QueryError(f"--format {form} is for CONSTRUCT and DESCRIBE; choose table, csv, tsv, json or markdown")
    if isinstance(answer, bool):
        return _write_truth(answer, form)
    if form is AnswerFormat.TABLE:
        return write_table(answer, naming, width=width)
    if form is AnswerFormat.MARKDOWN:
        return write_markdown(answer, naming)
    return _FILES[form](answer)


def write_evidenced(found: Evidenced, form: AnswerFormat, naming: Naming, *, width: int = WIDTH) -> str:
    """Return an answer with its evidence: below each row in a table for people, else in additional columns."""
    if form is not AnswerFormat.TABLE:
        return write_answer(found.widen(), form, naming, width=width)
    beneath = [_describe_evidence(behind, naming) for behind in found.backing]
    return write_table(found.answer, naming, width=width, beneath=beneath)


def _describe_evidence(behind: tuple[Backing, ...], naming: Naming) -> list[str]:
    """Return the lines that say who states each claim behind a row, and where."""
    lines: list[str] = []
    for backing in behind:
        lines.append(f"{naming.shorten(backing.claim)}: {backing.who}")
        lines += [f"  {passage}" for passage in sorted(backing.passages)]
    return lines


def write_csv(answer: Solutions, *, guarded: bool) -> str:
    r"""Return SPARQL 1.1 CSV results (full IRIs, plain values, LF at line ends).

    `guarded` puts an apostrophe before a cell that a spreadsheet would take for a formula; numbers stay as they are.

    >>> cells = tuple((ox.Literal(text),) for text in ("=1+1", "-5", "a,b"))
    >>> write_csv(Solutions(("x",), cells), guarded=True)
    'x\n\'=1+1\n-5\n"a,b"\n'
    """
    lines = [",".join(map(quote_cell, answer.variables))]
    for row in answer.rows:
        cells = map(guard_cell, map(write_plain, row)) if guarded else map(write_plain, row)
        lines.append(",".join(map(quote_cell, cells)))
    return "\n".join(lines) + "\n"


def write_tsv(answer: Solutions) -> str:
    r"""Return SPARQL 1.1 TSV results: every term in Turtle, nothing for an unbound variable.

    >>> write_tsv(Solutions(("x", "y"), ((ox.Literal("a\tb", language="en"), None),)))
    '?x\t?y\n"a\\tb"@en\t\n'
    """
    lines = ["\t".join(f"?{name}" for name in answer.variables)]
    lines += ["\t".join(map(_write_turtle, row)) for row in answer.rows]
    return "\n".join(lines) + "\n"


def write_json(answer: Solutions) -> str:
    """Return SPARQL 1.1 JSON results, each row on a line of its own.

    >>> print(write_json(Solutions(("x",), ((ox.Literal("a", language="en"),), (None,)))))
    {"head":{"vars":["x"]},"results":{"bindings":[
    {"x":{"type":"literal","value":"a","xml:lang":"en"}},
    {}
    ]}}
    """
    head = dump_json({"vars": answer.variables})
    rows: list[str] = []
    for row in answer:
        rows.append(dump_json({name: _write_json_term(term) for name, term in row.items() if term is not None}))
    body = "\n" + ",\n".join(rows) + "\n" if rows else ""
    return f'{{"head":{head},"results":{{"bindings":[{body}]}}}}\n'


def write_markdown(answer: Solutions, naming: Naming) -> str:
    r"""Return a Markdown table with short names.

    >>> row = (ox.NamedNode("https://example.org/id/mira-solen"), ox.Literal("a|b"))
    >>> print(write_markdown(Solutions(("who", "what"), (row,)), Naming("https://example.org/")), end="")
    | who | what |
    |---|---|
    | mira-solen | a\|b |
    """
    lines = [f"| {' | '.join(answer.variables)} |", f"|{'---|' * len(answer.variables)}"]
    for row in answer.rows:
        cells = [_escape_markdown(write_short(term, naming)) for term in row]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def dump_json(value: object) -> str:
    """Return JSON on one line, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write_turtle(term: Term | None) -> str:
    """Return a term in Turtle without tabs and line breaks, "" for an unbound variable."""
    return "" if term is None else str(term).replace("\t", "\\t")


def _write_json_term(term: Term) -> dict[str, object]:
    """Return a term as in SPARQL JSON results; RDF 1.2 triple terms are written as SPARQL 1.2 does."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _write_json_term(part) for name, part in parts.items()}}
    written: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        written["xml:lang"] = term.language
    elif term.datatype.value != PREFIXES["xsd"] + "string":
        written["datatype"] = term.datatype.value
    return written


def _write_truth(answer: bool, form: AnswerFormat) -> str:
    """Return the answer to ASK: true or false for programs, yes or no for people."""
    if form is AnswerFormat.JSON:
        return dump_json({"head": {}, "boolean": answer}) + "\n"
    words = ("true", "false") if form in {AnswerFormat.CSV, AnswerFormat.TSV} else ("yes", "no")
    return words[0 if answer else 1] + "\n"


def _write_statements(answer: Statements, form: AnswerFormat) -> str:
    """Return triples as Turtle, for people too, or as N-Triples."""
    if form is AnswerFormat.NTRIPLES:
        return "".join(f"{triple} .\n" for triple in answer.triples)
    if form in {AnswerFormat.TABLE, AnswerFormat.TURTLE}:
        return (ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    raise QueryError(f"--format {form} is for SELECT and ASK; choose turtle or ntriples")


def _escape_markdown(text: str) -> str:
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", text)


_FILES: dict[AnswerFormat, Callable[[Solutions], str]] = {
    AnswerFormat.CSV: lambda answer: write_csv(answer, guarded=True),
    AnswerFormat.TSV: write_tsv,
    AnswerFormat.JSON: write_json,
}
