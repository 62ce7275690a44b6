"""Reading the folder of saved questions; every finding in every file is reported at once.

A file begins with its header: lines that begin with `#+`, together a YAML mapping (the syntax of grlc, with keys of
our own), and goes on with one SELECT query.
"""

from collections.abc import Mapping
from functools import partial

from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.core.record import Position, Word
from testimonia.questions.asking import get_question
from testimonia.questions.headers import QuestionReader
from testimonia.questions.question import Question
from testimonia.sparql.saved_query import read_saved_queries

_KEYS = ("summary", "description", "audience", "tags", "parameters", "columns", "lists", "evidence", "chart")


def read_questions(layout: Layout) -> dict[str, Question]:
    """Read the saved questions of a data set by slug, in alphabetical order; InputError lists all findings."""
    parse = partial(parse_question, tags=read_tags(layout))
    return read_saved_queries(layout.questions, layout.name, "question", parse)


def read_question(layout: Layout, slug: str) -> Question:
    """Read one saved question of a data set, whatever is wrong with the others.

    QueryError names the nearest one when there is none of this slug; InputError lists every problem of its file.
    """
    get_question({path.stem: path for path in layout.questions.glob("*.rq")}, slug)
    parse = partial(parse_question, tags=read_tags(layout))
    return read_saved_queries(layout.questions, layout.name, "question", parse, only={slug})[slug]


def read_tags(layout: Layout) -> dict[str, str]:
    """Read the tags that questions may have: tag → description, in the order of their list.

    InputError when the list cannot be read, or a tag has no description.
    """
    name = layout.name(layout.tags)
    tree, findings = read_yaml(layout.tags, name)
    tags: dict[str, str] = {}
    for key, value in tree or ():
        if isinstance(value, Word) and value.text.strip():
            tags[key.text] = " ".join(value.text.split())
        else:
            where, found = key.position, f'"{key.text}" has no description'
            findings.append(
                Finding.at(
                    Position(name, where.line, where.column), "value-expected", found=found, expected="a line of text"
                )
            )
    if findings:
        raise InputError(findings)
    return tags


def parse_question(
    text: str, slug: str, name: str, *, tags: Mapping[str, str]
) -> tuple[Question | None, list[Finding]]:
    r"""Parse the text of a question; return it (None when it cannot be used) and its findings. `tags` are those known.

    >>> text = "#+ summary: All\nSELECT ?x { ?x ?y ?z } ORDER BY ?x"
    >>> question, problems = parse_question(text, "all", "all.rq", tags={})
    >>> print(problems[-1])
    all.rq:1:4: no "evidence". Add it to the header. [key-missing]
    """
    reader = QuestionReader(name)
    reader.check_slug(slug)
    tree = reader.read_header(text)
    parameters, form = reader.read_query(text, noun="question")
    if form is not None and form.name == "SELECT" and not form.order:
        fix = "Name columns that tell any two rows apart"
        reader.report(name, "order-open", found="no ORDER BY", expected="rows in one order always", fix=fix)
    if tree is None:
        return None, reader.findings
    reader.check_keys(tree, _KEYS)
    summary, description, audience = (reader.read_text(tree, key) for key in ("summary", "description", "audience"))
    words = reader.read_tags(tree, tags)
    described = reader.read_parameters(tree, parameters)
    columns = reader.read_columns(tree, form)
    lists = reader.read_list(tree, "lists", needed=False)
    for word in lists:
        if word.text not in columns:
            reader.report(
                word, "unknown-column", found=f'no column "{word.text}"', fix=find_nearest(word.text, columns)
            )
    evidence = reader.read_evidence(tree, text if form is not None else "")
    chart = reader.read_chart(tree, columns)
    if reader.findings or form is None:
        return None, reader.findings
    return Question(
        slug=slug,
        path=name,
        summary=summary,
        description=description,
        audience=audience,
        tags=words,
        parameters=described,
        columns=columns,
        lists=frozenset(word.text for word in lists),
        evidence=evidence,
        chart=chart,
        order=form.order,
        query=text,
    ), []
