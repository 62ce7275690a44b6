"""Formats: an answer in; a table for people, CSV, JSON, Markdown, Turtle or N-Triples out, as text."""

import io
import json
import re
from enum import StrEnum

import pyoxigraph as ox
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from testimonia.errors import QueryError
from testimonia.model.answer import Answer, Solutions, Statements, Term
from testimonia.namespaces import PREFIXES
from testimonia.questions.naming import Naming
from testimonia.questions.question import SEPARATOR

WIDTH = 80
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_CONTROL = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"


def write_answer(answer: Answer, form: Format, naming: Naming, *, width: int = WIDTH) -> str:
    """Give an answer as text that ends in a line feed; QueryError when a format cannot hold it.

    >>> print(write_answer(True, Format.TABLE, Naming("https://example.org/")), end="")
    yes
    """
    if isinstance(answer, Statements):
        return _write_statements(answer, form)
    if form in {Format.TURTLE, Format.NTRIPLES}:
        raise QueryError(f"--format {form} is for CONSTRUCT and DESCRIBE; choose table, csv, json or markdown")
    if isinstance(answer, bool):
        return _write_truth(answer, form)
    match form:
        case Format.CSV:
            return write_csv(answer, guarded=True)
        case Format.JSON:
            return write_json(answer)
        case Format.MARKDOWN:
            return write_markdown(answer, naming)
    return write_table(answer, naming, width=width)


def write_csv(answer: Solutions, *, guarded: bool) -> str:
    r"""Give SPARQL 1.1 CSV results (full IRIs, plain values, LF at line ends).

    `guarded` puts an apostrophe before a cell that a spreadsheet would take for a formula; numbers stay as they are.

    >>> cells = tuple((ox.Literal(text),) for text in ("=1+1", "-5", "a,b"))
    >>> write_csv(Solutions(("x",), cells), guarded=True)
    'x\n\'=1+1\n-5\n"a,b"\n'
    """
    cells = [answer.variables, *([_write_plain(term) for term in row] for row in answer.rows)]
    return "".join(",".join(_quote(_guard(cell) if guarded else cell) for cell in row) + "\n" for row in cells)


def write_json(answer: Solutions) -> str:
    """Give SPARQL 1.1 JSON results, one row a line.

    >>> print(write_json(Solutions(("x",), ((ox.Literal("a", language="en"),), (None,)))))
    {"head":{"vars":["x"]},"results":{"bindings":[
    {"x":{"type":"literal","value":"a","xml:lang":"en"}},
    {}
    ]}}
    """
    head = _dump({"vars": answer.variables})
    rows = [_dump({n: _write_json_term(t) for n, t in row.items() if t is not None}) for row in answer]
    body = "\n" + ",\n".join(rows) + "\n" if rows else ""
    return f'{{"head":{head},"results":{{"bindings":[{body}]}}}}\n'


def write_markdown(answer: Solutions, naming: Naming) -> str:
    r"""Give a Markdown table with short names.

    >>> row = (ox.NamedNode("https://example.org/id/mira-solen"), ox.Literal("a|b"))
    >>> print(write_markdown(Solutions(("who", "what"), (row,)), Naming("https://example.org/")), end="")
    | who | what |
    |---|---|
    | mira-solen | a\|b |
    """
    lines = [answer.variables, tuple("---" for _ in answer.variables)]
    rows = [tuple(_escape_markdown(write_short(term, naming)) for term in row) for row in answer.rows]
    head, rule, *body = [*lines, *rows]
    written = [f"| {' | '.join(head)} |", f"|{'|'.join(rule)}|", *(f"| {' | '.join(row)} |" for row in body)]
    return "\n".join(written) + "\n"


def write_table(answer: Solutions, naming: Naming, *, width: int = WIDTH) -> str:
    """Give a table for people, `width` cells wide: columns that are empty throughout are left out.

    Where the columns do not fit side by side, each row becomes a block of `column  value` lines.
    """
    texts = [[write_short(term, naming) for term in row] for row in answer.rows]
    shown = [i for i in range(len(answer.variables)) if not texts or any(row[i] for row in texts)]
    names = [answer.variables[i].replace("_", " ") for i in shown]
    rows = [[row[i] for i in shown] for row in texts]
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as capture:
        if _fits(names, rows, width):
            console.print(_make_table(names, rows))
        else:
            console.print(_make_blocks(names, rows))
    lines = [line.rstrip() for line in capture.get().splitlines()]
    return "\n".join(line for line in lines if line.strip() or not _fits(names, rows, width)).strip("\n") + "\n"


def write_short(term: Term | None, naming: Naming) -> str:
    """Give a term as people read it: a short name, or the text; control characters become spaces; "" for None.

    >>> write_short(ox.NamedNode("https://example.org/interview/val-solen/claim/5"), Naming("https://example.org/"))
    'val-solen#5'
    """
    text = _write_plain(term)
    if isinstance(term, ox.NamedNode) or text.startswith(("http://", "https://")):  # an IRI, or a list of IRIs
        text = SEPARATOR.join(naming.shorten(part) for part in text.split(SEPARATOR))
    return _CONTROL.sub(" ", text)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write_plain(term: Term | None) -> str:
    """Give a term as SPARQL CSV results write it."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return "" if term is None else str(term)


def _write_json_term(term: Term) -> dict[str, object]:
    """Give a term as SPARQL JSON results write it (RDF 1.2 triples as a triple of such)."""
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


def _write_truth(answer: bool, form: Format) -> str:
    """Give what ASK says: for programs true or false, for people yes or no."""
    if form is Format.JSON:
        return _dump({"head": {}, "boolean": answer}) + "\n"
    words = ("true", "false") if form is Format.CSV else ("yes", "no")
    return words[0 if answer else 1] + "\n"


def _write_statements(answer: Statements, form: Format) -> str:
    """Give triples as Turtle (for people the same), or N-Triples."""
    if form is Format.NTRIPLES:
        return "".join(f"{triple} .\n" for triple in answer.triples)
    if form in {Format.TABLE, Format.TURTLE}:
        return (ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    raise QueryError(f"--format {form} is for SELECT and ASK; choose turtle or ntriples")


def _quote(text: str) -> str:
    """Give a CSV cell (RFC 4180); Python's writer leaves a lone CR bare, which its reader takes for a line end."""
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) and not _NUMBER.fullmatch(text) else text


def _escape_markdown(text: str) -> str:
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", text)


def _fits(names: list[str], rows: list[list[str]], width: int) -> bool:
    """Tell whether columns can stand side by side: each needs its longest word, long texts some room to wrap."""
    needed = 0
    for i, name in enumerate(names):
        cells = [row[i] for row in rows]
        longest_word = max((cell_len(w) for c in (name, *cells) for w in c.split()), default=1)
        longest = max((cell_len(c) for c in (name, *cells)), default=1)
        needed += max(min(longest_word, 24), min(longest, 22) if longest > 40 else 0) + 2
    return needed <= width


def _make_table(names: list[str], rows: list[list[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for i, name in enumerate(names):
        numeric = bool(rows) and all(not row[i] or _NUMBER.fullmatch(row[i]) for row in rows)
        table.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _make_blocks(names: list[str], rows: list[list[str]]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, row in enumerate(rows):
        if number:
            table.add_row("", "")
        for name, cell in zip(names, row, strict=True):
            if cell:
                table.add_row(Text(name), Text(cell))
    return table
