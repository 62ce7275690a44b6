"""Charts on the command line: the answer to a question drawn into a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from testimonia.cli.extras import need_extra
from testimonia.cli.output import print_note, write_answer_file
from testimonia.core.errors import QueryError

if TYPE_CHECKING:
    from testimonia.core.answer import QueryEngine, Solutions
    from testimonia.questions.question import Question
    from testimonia.rdf.short_names import Naming


def check_chart(questions: "Mapping[str, Question]", question: "Question", file: Path) -> None:
    """Raise QueryError when a question has no chart, naming those that have, or the file is to be of another kind."""
    if question.chart is None:
        charted = ", ".join(f"{other.slug} ({other.chart.kind})" for other in questions.values() if other.chart)
        raise QueryError(f'"{question.slug}" has no chart; there is one of: {charted}')
    if file.suffix.lower() != ".svg":
        raise QueryError(f'--chart "{file}": a picture is SVG; name a file that ends in .svg')


def draw_answer(
    question: "Question", values: Mapping[str, str], naming: "Naming", run: "QueryEngine", file: Path
) -> "Solutions":
    """Draw the answer to a question into a file, unless it has no rows, and return the answer.

    TestimoniaError when the extra is not installed; InputError when the file cannot be written.
    """
    with need_extra("chart"):
        from testimonia.questions.charts.drawing import draw_chart
    from testimonia.questions.evidence import ask_with_evidence

    found = ask_with_evidence(question, values, naming, run)
    if found.answer.rows:
        write_answer_file(file, draw_chart(question, values, found, naming, run))
        print_note(f"{file}: {len(found.answer.rows)} rows drawn")
    return found.answer
