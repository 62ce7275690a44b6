"""Headed: the text of a saved query in; its header, its parameters and its form out, with every problem of the file.

A saved query (a question, a view, a check) begins with its header: lines that begin with `#+`, together a YAML mapping
(the syntax of grlc), and goes on with one SPARQL query that changes nothing. What the header must hold is its room's.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from testimonia.core.curated_files import read_text
from testimonia.core.errors import InputError, Problem, QueryError, find_nearest
from testimonia.core.iris import SLUG
from testimonia.core.record import Position, Word
from testimonia.core.yaml_tree import Block, Items, Tree, parse_tree
from testimonia.sparql.forms import QueryForm, check_read_only, parse_form
from testimonia.sparql.parameters import Parameter, ParameterType, bind_parameters, find_parameters, parse_value

_Query = TypeVar("_Query")
_PLACE = re.compile(r"line (\d+), column (\d+): (.*)", re.DOTALL)
_STAND_INS = {
    ParameterType.IRI: "https://example.org/x",
    ParameterType.INTEGER: "1",
    ParameterType.NUMBER: "1.5",
    ParameterType.DATE: "2031-05-04",
}


def read_headed_queries(
    folder: Path,
    name: Callable[[Path], str],
    noun: str,
    parse: Callable[[str, str, str], tuple[_Query | None, list[Problem]]],
    *,
    only: Collection[str] | None = None,
) -> dict[str, _Query]:
    """Return what `parse` makes of each `*.rq` of a folder, or of `only` some slugs, by slug, in alphabetical order.

    `parse` takes the text, the slug and the path as printed, which `name` gives. InputError lists every problem of
    every file, or says that there is none of what `noun` calls.
    """
    queries: dict[str, _Query] = {}
    problems: list[Problem] = []
    paths = sorted(path for path in folder.glob("*.rq") if only is None or path.stem in only)
    if not paths:
        problems.append(Problem(f"{name(folder)}/", 0, 0, "", f"no {noun} here (*.rq)", code="nothing-here"))
    for path in paths:
        text, found = read_text(path, name(path))
        query, more = parse(text, path.stem, name(path)) if text is not None else (None, [])
        problems += found + more
        if query is not None:
            queries[path.stem] = query
    if problems:
        raise InputError(problems)
    return queries


@dataclass(slots=True)
class HeadedQueryReader:
    """Reads one file; collects what is wrong with it."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, position: Position, got: str, expected: str = "", mend: str = "", *, code: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(self.path, position.line, position.column, "", got, expected, mend, code=code))

    def report_error(self, error: QueryError) -> None:
        """Report what the floor below says of the query, at the place that it names."""
        match = _PLACE.fullmatch(str(error))
        line, column, got = (int(match[1]), int(match[2]), match[3]) if match else (0, 0, str(error))
        self.report(Position(self.path, line, column), got, "", "Correct the query", code="query-syntax")

    def check_slug(self, slug: str) -> None:
        """Report a name that no query may have."""
        if not SLUG.fullmatch(slug):
            got, expected = f'"{slug}" is no slug', "small letters, digits, hyphens"
            self.report(Position(self.path, 0, 0), got, expected, "Rename the file", code="not-a-slug")

    def check_keys(self, tree: Block, known: Iterable[str]) -> None:
        """Report the keys of the header that nobody knows."""
        names = list(known)
        for key, _ in tree:
            if key.text not in names:
                mend = find_nearest(key.text, names) or "Remove it"
                self.report(key.position, f'unknown key "{key.text}"', ", ".join(names), mend, code="unknown-key")

    def read_header(self, text: str) -> Block | None:
        """Return the header as a tree; `#+` becomes two spaces, so that lines and columns stay those of the file."""
        lines: list[str] = []
        for line in text.splitlines():
            if not line.startswith("#+"):
                break
            lines.append("  " + line[2:])
        if not lines:
            mend = "Begin the file with lines such as: #+ summary: …"
            self.report(Position(self.path, 1, 1), "no header", "lines that begin with #+", mend, code="key-missing")
            return None
        tree, problems = parse_tree("\n".join(lines) + "\n", self.path)
        self.problems += problems
        return tree

    def read_query(
        self, text: str, *, noun: str, wanted: str = "SELECT"
    ) -> tuple[dict[str, Parameter], QueryForm | None]:
        """Return the parameters and the form of the query, checked with stand-ins for the parameters.

        `noun` says what the file is, for messages.
        """
        try:
            check_read_only(text, remote=True)
            parameters = find_parameters(text)
        except QueryError as error:
            self.report_error(error)
            return {}, None
        values = {name: parse_value(p, _STAND_INS.get(p.type, "x")) for name, p in parameters.items()}
        try:
            form = parse_form(bind_parameters(text, values))
        except QueryError as error:
            self.report_error(error)
            return parameters, None
        if form.name != wanted:
            self.report(Position(self.path, 0, 0), f"a {noun} that is {form.name}", wanted, code="query-form")
        return parameters, form

    def read_text(self, tree: Block, key: str, *, needed: bool = True) -> str:
        """Return the text of a key; reports a needed one that is missing or empty, and anything that is no text."""
        value = tree.entries.get(key)
        if value is None:
            if needed:
                self.report(tree.position, f'no "{key}"', "", "Add it to the header", code="key-missing")
            return ""
        if not isinstance(value, Word) or not value.text.strip():
            self.report(value.position, f'"{key}" is empty or no text', "a line of text", code="value-expected")
            return ""
        return " ".join(value.text.split())

    def read_list(self, tree: Block, key: str, *, needed: bool) -> list[Word]:
        """Return the words of a list."""
        value = tree.entries.get(key)
        if value is None:
            if needed:
                self.report(tree.position, f'no "{key}"', "", "Add it to the header", code="key-missing")
            return []
        if isinstance(value, Items) and value.items and all(isinstance(i, Word) for i in value.items):
            return [item for item in value.items if isinstance(item, Word)]
        self.report(value.position, f'"{key}" is no list of words', "for example [law, country]", code="not-a-list")
        return []

    def read_block(self, tree: Block, key: str) -> Block | None:
        """Return a mapping of the header, if it is there."""
        value: Tree | None = tree.entries.get(key)
        if value is None or isinstance(value, Block):
            return value
        self.report(value.position, f'"{key}" is no mapping', "name: value lines, indented", code="not-a-mapping")
        return None
