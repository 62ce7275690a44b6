"""The command questions: what can be asked, and all of one question."""

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.engines import choose_engine
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import out, print_line
from testimonia.core.errors import QueryError, find_nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testimonia.core.layout import Layout
    from testimonia.questions.question import Question


@app.command(rich_help_panel=HelpGroup.ASK)
def questions(
    slug: Annotated[str, typer.Argument(metavar="[SLUG]", help="Tell all of this question.")] = "",
    tag: Annotated[str | None, typer.Option("--tag", help="Only the questions with this tag.")] = None,
    untouched: Annotated[
        bool, typer.Option("--untouched", help="List what the data use and no question asks about or answers with.")
    ] = False,
    project: ProjectOption = Path(),
) -> None:
    """List the saved questions, or tell what one of them asks, who asks it, its parameters and its columns."""
    from testimonia.questions.asking import get_question
    from testimonia.questions.reading import read_questions

    layout = get_layout(project)
    found = read_questions(layout)
    if untouched:
        _list_untouched(layout, found)
    elif slug:
        _tell_question(layout, get_question(found, slug))
    else:
        _list_questions(layout, found, tag)


def _list_questions(layout: "Layout", found: "Mapping[str, Question]", tag: str | None) -> None:
    """Print the questions with a tag, or all, and how to go on; QueryError when there is no such tag."""
    from testimonia.questions.reading import read_tags

    tags = read_tags(layout)
    if tag is not None:
        if tag not in tags:
            raise QueryError(f'there is no tag "{tag}". {find_nearest(tag, tags)} There are: {", ".join(tags)}')
        _print_wrapped(f"{tag}: {tags[tag]}", "")
    shown = [q for q in found.values() if tag is None or tag in q.tags]
    for question in shown:
        _print_wrapped(f"{question.slug}  [{', '.join(question.tags)}]", "")
        _print_wrapped(question.summary, "    ")
        for name, parameter in question.parameters.items():
            usual = f"example: {parameter.example}" if parameter.default is None else f"default: {parameter.default}"
            _print_wrapped(f"--param {name}=…  {parameter.description} ({usual})", "    ")
    print_line(f"{len(shown)} questions.")
    if shown:
        print_line(f"All of one: testimonia questions {shown[0].slug}")
        print_line(f"To ask it:  testimonia ask {shown[0].slug}")


def _list_untouched(layout: "Layout", found: "Mapping[str, Question]") -> None:
    """Print which classes, properties and terms that graph/ uses no question touches."""
    from testimonia.questions.untouched import find_untouched
    from testimonia.rdf.store import read_store

    answers = [path.read_bytes() for path in sorted(layout.answers.glob("*.csv"))]
    rest = find_untouched(found.values(), answers, read_store(layout.graph))
    for one in rest:
        print_line(f"{one.kind:8}  {one.name}")
    print_line(f"{len(rest)} that {len(found)} questions do not touch.")


def _tell_question(layout: "Layout", question: "Question") -> None:
    """Print all that the header of a question says, with the values that graph/ knows for its parameters."""
    _print_wrapped(f"{question.slug}  [{', '.join(question.tags)}]", "")
    for text in (question.summary, question.description, question.audience):
        _print_wrapped(text, "    ")
    if question.parameters:
        _tell_parameters(layout, question)
    print_line("Columns")
    for name, meaning in question.columns.items():
        _print_wrapped(f"{name}: {meaning}" + (" (a list)" if name in question.lists else ""), "    ")
    asked = "".join(f" --param {n}={p.example}" for n, p in question.parameters.items() if p.default is None)
    print_line(f"Ask it: testimonia ask {question.slug}{asked}")
    print_line(f"  who says so: testimonia ask {question.slug}{asked} --evidence")
    if question.chart is not None:
        print_line(f"  as a picture ({question.chart.kind}): testimonia ask {question.slug}{asked} --chart FILE.svg")


def _tell_parameters(layout: "Layout", question: "Question") -> None:
    """Print each parameter of a question: what it is, what is taken when it is left out, which values there are."""
    from testimonia.questions.values import describe_type, find_values
    from testimonia.rdf.short_names import read_naming

    naming, run = read_naming(layout), choose_engine(layout, None, 0)
    print_line("Parameters")
    for name, parameter in question.parameters.items():
        usual = f"needed; for example {parameter.example}" if parameter.default is None else parameter.default
        _print_wrapped(f"--param {name}=…  {parameter.description}", "    ")
        _print_wrapped(f"{describe_type(parameter)}; left out: {usual}", "        ")
        known = find_values(parameter, naming, run)
        if known:
            _print_wrapped(f"{len(known)} in graph/: {', '.join(known)}", "        ")


def _print_wrapped(text: str, indent: str) -> None:
    """Print text of a data set at the width of the screen, its further lines under the first."""
    for line in wrap(text, out.width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False):
        print_line(line)
