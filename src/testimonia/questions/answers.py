"""The expected answer of each question, made from the graph."""

from collections.abc import Iterator, Sequence

from testimonia.core.answer import Solutions
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.questions.asking import use_store
from testimonia.questions.evidence import ask_with_claims
from testimonia.questions.formats import write_csv
from testimonia.questions.question import Question
from testimonia.questions.reading import read_questions
from testimonia.rdf.short_names import read_naming
from testimonia.rdf.store import load_store


def make_answers(layout: Layout, graph: dict[str, bytes]) -> dict[str, bytes]:
    """Return the expected answers (file name → SPARQL CSV) to all questions over the files of a graph folder.

    Parameters take their defaults, else their examples. InputError lists every question that is ill-formed, that has no
    row, a row without evidence, or an ORDER BY that leaves the order of two rows open.
    """
    run = use_store(load_store(graph))
    naming = read_naming(layout)
    answers: dict[str, bytes] = {}
    findings: list[Finding] = []
    for question in read_questions(layout).values():
        answer, claims = ask_with_claims(question, question.usual_values, naming, run)
        findings += _check_answer(question, answer, claims)
        answers[f"{question.slug}.csv"] = write_csv(answer, guarded=False).encode()
    if findings:
        raise InputError(findings)
    return answers


def _check_answer(question: Question, answer: Solutions, claims: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """Yield what is wrong with the answer to a question and the claims behind its rows."""
    if tie := find_ties(question, answer):
        found = f"ORDER BY leaves row {tie} of its answer and an earlier one in either order"
        yield Finding.at(question.path, "order-open", found=found)
    if not answer.rows:
        found, fix = "its answer over the graph has no row", "Correct the query or its defaults, or remove it"
        yield Finding.at(question.path, "order-open", found=found, fix=fix)
    for number, behind in enumerate(claims, 1):
        if not behind:
            found, fix = (
                f"no claim stands behind row {number} of its answer",
                "Correct the query, or what evidence names",
            )
            yield Finding.at(question.path, "evidence-form", found=found, fix=fix)
            return


def find_ties(question: Question, answer: Solutions) -> int:
    """Return the number (1-based) of the first row with the same sort key as an earlier one; 0 for none.

    Variables in ORDER BY that are not projected are ignored.
    """
    columns = [answer.variables.index(name) for name in question.order if name in answer.variables]
    met: set[tuple[object, ...]] = set()
    for number, row in enumerate(answer.rows, 1):
        key = tuple(row[i] for i in columns)
        if key in met:
            return number
        met.add(key)
    return 0
