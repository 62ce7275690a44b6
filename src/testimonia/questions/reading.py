"""Reading: the folder of saved questions in, questions out, or every problem of every file at once.

A file begins with its header: lines that begin with `#+`, together a YAML mapping (the syntax of grlc, with keys of
our own), and goes on with one SELECT query.
"""

from testimonia.errors import Problem, find_nearest
from testimonia.headed import HeadedQueryReader, read_headed_queries
from testimonia.iris import SLUG
from testimonia.layout import Layout
from testimonia.model.record import Position
from testimonia.questions.asking import get_question
from testimonia.questions.naming import SPACES
from testimonia.questions.question import Question, QuestionParameter
from testimonia.records.tree import Block
from testimonia.sparql.forms import Form
from testimonia.sparql.parameters import Parameter, ParameterType

_KEYS = ("summary", "description", "tags", "parameters", "columns", "lists")
_PARAMETER_KEYS = ("description", "default", "example", "in", "object-of")


def read_questions(layout: Layout) -> dict[str, Question]:
    """Give the saved questions of a data set by slug, in alphabetical order; InputError lists every problem."""
    return read_headed_queries(layout.questions, layout.name, "question", parse_question)


def read_question(layout: Layout, slug: str) -> Question:
    """Give one saved question of a data set, whatever is wrong with the others.

    QueryError names the nearest one when there is none of this slug; InputError lists every problem of its file.
    """
    get_question({path.stem: path for path in layout.questions.glob("*.rq")}, slug)
    return read_headed_queries(layout.questions, layout.name, "question", parse_question, only={slug})[slug]


def parse_question(text: str, slug: str, name: str) -> tuple[Question | None, list[Problem]]:
    r"""Give the question that a text is (None when it cannot be used) and its problems.

    >>> question, problems = parse_question("#+ summary: All\nSELECT ?x { ?x ?y ?z } ORDER BY ?x", "all", "all.rq")
    >>> print(problems[-1])
    all.rq:1:4: no "columns". Add it to the header. [key-missing]
    """
    reader = QuestionReader(name)
    reader.check_slug(slug)
    tree = reader.read_header(text)
    parameters, form = reader.read_query(text, noun="question")
    if form is not None and form.name == "SELECT" and not form.order:
        mend = "Name columns that tell any two rows apart"
        reader.report(Position(name, 0, 0), "no ORDER BY", "rows in one order always", mend, code="order-open")
    if tree is None:
        return None, reader.problems
    reader.check_keys(tree, _KEYS)
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


class QuestionReader(HeadedQueryReader):
    """Reads the header of a question: what its columns and parameters mean."""

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
