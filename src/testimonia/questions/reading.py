"""Reading: the folder of saved questions in, questions out, or every problem of every file at once.

A file begins with its header: lines that begin with `#+`, together a YAML mapping (the syntax of grlc, with keys of
our own), and goes on with one SELECT query.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from testimonia.errors import InputError, Problem, QueryError, find_nearest
from testimonia.iris import SLUG
from testimonia.layout import Layout
from testimonia.model.record import Position, Word
from testimonia.questions.naming import SPACES
from testimonia.questions.question import Question, QuestionParameter
from testimonia.records.reading import read_text
from testimonia.records.tree import Block, Items, Tree, parse_tree
from testimonia.sparql.forms import Form, check_read_only, parse_form
from testimonia.sparql.parameters import Parameter, ParameterType, bind_parameters, find_parameters, parse_value

_KEYS = ("summary", "description", "tags", "parameters", "columns", "lists")
_PARAMETER_KEYS = ("description", "default", "example", "in", "object-of")
_Query = TypeVar("_Query")
_PLACE = re.compile(r"line (\d+), column (\d+): (.*)", re.DOTALL)
_STAND_INS = {
    ParameterType.IRI: "https://example.org/x",
    ParameterType.INTEGER: "1",
    ParameterType.NUMBER: "1.5",
    ParameterType.DATE: "2031-05-04",
}


def read_questions(layout: Layout) -> dict[str, Question]:
    """Give the saved questions of a data set by slug, in alphabetical order; InputError lists every problem."""
    return read_headed_queries(layout.questions, layout.name, "question", parse_question)


def read_headed_queries(
    folder: Path,
    name: Callable[[Path], str],
    noun: str,
    parse: Callable[[str, str, str], tuple[_Query | None, list[Problem]]],
) -> dict[str, _Query]:
    """Give what `parse` makes of each `*.rq` of a folder, by slug, in alphabetical order.

    `parse` takes the text, the slug and the path as printed, which `name` gives. InputError lists every problem of
    every file, or says that there is none of what `noun` calls.
    """
    queries: dict[str, _Query] = {}
    problems: list[Problem] = []
    paths = sorted(folder.glob("*.rq"))
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


def parse_question(text: str, slug: str, name: str) -> tuple[Question | None, list[Problem]]:
    r"""Give the question that a text is (None when it cannot be used) and its problems.

    >>> question, problems = parse_question("#+ summary: All\nSELECT ?x { ?x ?y ?z } ORDER BY ?x", "all", "all.rq")
    >>> print(problems[-1])
    all.rq:1:4: no "columns". Add it to the header. [key-missing]
    """
    reader = HeadedQueryReader(name)
    if not SLUG.fullmatch(slug):
        reader.report(
            Position(name, 0, 0),
            f'"{slug}" is no slug',
            "small letters, digits, hyphens",
            "Rename the file",
            code="not-a-slug",
        )
    tree = reader.read_header(text)
    parameters, form = reader.read_query(text)
    if tree is None:
        return None, reader.problems
    for key, _ in tree:
        if key.text not in _KEYS:
            mend = find_nearest(key.text, _KEYS) or "Remove it"
            reader.report(key.position, f'unknown key "{key.text}"', ", ".join(_KEYS), mend, code="unknown-key")
    summary, description = (reader.read_text(tree, key) for key in ("summary", "description"))
    tags = reader.read_list(tree, "tags", needed=True)
    described = reader.read_parameters(tree, parameters)
    columns = reader.read_columns(tree, form)
    lists = reader.read_list(tree, "lists", needed=False)
    for word in lists:
        if word.text not in columns:
            reader.report(
                word.position, f'no column "{word.text}"', "", find_nearest(word.text, columns), code="unknown-column"
            )
    if reader.problems or form is None:
        return None, reader.problems
    names = frozenset(word.text for word in lists)
    words = tuple(tag.text for tag in tags)
    return Question(slug, name, summary, description, words, described, columns, names, form.order, text), []


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

    def read_header(self, text: str) -> Block | None:
        """Give the header as a tree; `#+` becomes two spaces, so that lines and columns stay those of the file."""
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

    def read_query(self, text: str, *, wanted: str = "SELECT") -> tuple[dict[str, Parameter], Form | None]:
        """Give the parameters and the form of the query, checked with stand-ins for the parameters."""
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
        noun = "question" if wanted == "SELECT" else "view"
        if form.name != wanted:
            self.report(Position(self.path, 0, 0), f"a {noun} that is {form.name}", wanted, code="query-form")
        elif wanted == "SELECT" and not form.order:
            mend = "Name columns that tell any two rows apart"
            self.report(Position(self.path, 0, 0), "no ORDER BY", "rows in one order always", mend, code="order-open")
        return parameters, form

    def read_text(self, tree: Block, key: str, *, needed: bool = True) -> str:
        """Give the text of a key; reports a needed one that is missing or empty, and anything that is no text."""
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
        """Give the words of a list."""
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
        """Give a mapping of the header, if it is there."""
        value: Tree | None = tree.entries.get(key)
        if value is None or isinstance(value, Block):
            return value
        self.report(value.position, f'"{key}" is no mapping', "name: value lines, indented", code="not-a-mapping")
        return None

    def read_columns(self, tree: Block, form: Form | None) -> dict[str, str]:
        """Give column → meaning in the order of the projection; both sides must name the same columns."""
        block = self.read_block(tree, "columns")
        if block is None:
            if "columns" not in tree.entries:
                self.report(tree.position, 'no "columns"', "", "Add it to the header", code="key-missing")
            return {}
        found = {key.text: self.read_text(block, key.text) for key, _ in block}
        if form is None:
            return found
        for variable in form.variables:
            if variable not in found:
                self.report(
                    block.position,
                    f"the query's column ?{variable} is not explained",
                    "",
                    "Add it to columns",
                    code="not-explained",
                )
        for key, _ in block:
            if key.text not in form.variables:
                mend = find_nearest(key.text, form.variables) or "Remove it"
                self.report(key.position, f'the query has no column "{key.text}"', "", mend, code="unknown-column")
        return {variable: found.get(variable, "") for variable in form.variables}

    def read_parameters(self, tree: Block, parameters: dict[str, Parameter]) -> dict[str, QuestionParameter]:
        """Give what the header says of each parameter of the query."""
        block = self.read_block(tree, "parameters")
        found: dict[str, QuestionParameter] = {}
        for key, value in block or ():
            if key.text not in parameters:
                mend = find_nearest(key.text, parameters) or "Remove it"
                self.report(
                    key.position, f'the query has no parameter "{key.text}"', "", mend, code="unknown-parameter"
                )
            elif not isinstance(value, Block):
                self.report(
                    value.position, f'"{key.text}" is no mapping', ", ".join(_PARAMETER_KEYS), code="not-a-mapping"
                )
            else:
                found[key.text] = self.read_parameter(value, parameters[key.text])
        for name, parameter in parameters.items():
            if block is None or name not in block.entries:
                where = Position(self.path, parameter.line, parameter.column)
                self.report(
                    where,
                    f'parameter "{name}" is not explained',
                    "",
                    "Add it to parameters in the header",
                    code="not-explained",
                )
        return {name: found[name] for name in parameters if name in found}

    def read_parameter(self, block: Block, parameter: Parameter) -> QuestionParameter:
        """Give what the header says of one parameter."""
        for key, _ in block:
            if key.text not in _PARAMETER_KEYS:
                mend = find_nearest(key.text, _PARAMETER_KEYS) or "Remove it"
                self.report(
                    key.position, f'unknown key "{key.text}"', ", ".join(_PARAMETER_KEYS), mend, code="unknown-key"
                )
        if ("default" in block.entries) == ("example" in block.entries):
            self.report(
                block.position,
                "a default and an example, or neither",
                "one of the two",
                "Keep or add one",
                code="parameter-form",
            )
        space = self.read_text(block, "in", needed=False)
        known = space in SPACES or (space.startswith("term/") and SLUG.fullmatch(space.removeprefix("term/")))
        if space and not (known and parameter.type is ParameterType.IRI):
            expected = f"one of {', '.join(SPACES)}, term/<scheme>, for a parameter of type iri"
            self.report(block.entries["in"].position, f'in: "{space}"', expected, code="parameter-form")
        return QuestionParameter(
            parameter,
            self.read_text(block, "description"),
            self.read_text(block, "default", needed=False) if "default" in block.entries else None,
            self.read_text(block, "example", needed=False),
            space,
            self.read_text(block, "object-of", needed=False),
        )
