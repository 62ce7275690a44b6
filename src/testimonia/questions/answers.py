"""The expected answer of each question, made from the graph, and the committed ones compared with it."""

from pathlib import Path

from testimonia.core.answer import QueryEngine, Solutions
from testimonia.core.atomic import write_file
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.core.record import Position
from testimonia.questions.asking import use_store
from testimonia.questions.evidence import ask_with_claims
from testimonia.questions.formats import write_csv
from testimonia.questions.question import Question
from testimonia.questions.reading import read_questions
from testimonia.rdf.short_names import read_naming
from testimonia.rdf.store import load_store, read_store

_MEND = "Look at what changed, then run: make generated"


def make_answers(layout: Layout, graph: dict[str, bytes]) -> dict[str, bytes]:
    """Return the expected answers (file name → SPARQL CSV) to all questions over the files of a graph folder.

    Parameters take their defaults, else their examples. InputError lists every question that is ill-formed, that
    has no row or one that no claim stands behind, or whose ORDER BY leaves two rows in either order.
    """
    return _make_answers(layout, use_store(load_store(graph)))


def write_answers(layout: Layout) -> list[str]:
    """Write the expected answers over `graph/` and remove stray ones; give the names of the files that changed."""
    wanted = _make_answers(layout, use_store(read_store(layout.graph)))
    there = {path.name: path for path in layout.answers.glob("*.csv")}
    changed = [name for name, content in wanted.items() if _read(there.get(name)) != content]
    for name in changed:
        write_file(layout.answers / name, wanted[name])
    for name in there.keys() - wanted.keys():
        there[name].unlink()
    return sorted([*changed, *(there.keys() - wanted.keys())])


def check_answers(layout: Layout) -> list[Finding]:
    """Return a problem for each expected answer that is missing, differs from `graph/`, or belongs to no question."""
    wanted = _make_answers(layout, use_store(read_store(layout.graph)))
    there = {path.name: path for path in layout.answers.glob("*.csv")}
    findings: list[Finding] = []
    for name, content in wanted.items():
        path = layout.name(layout.answers / name)
        found = _read(there.get(name))
        if found is None:
            findings.append(Finding.at(path, "answer-missing", found="no expected answer", fix=_MEND))
        elif found != content:
            line = _find_difference(found, content)
            findings.append(
                Finding.at(
                    Position(path, line, 1),
                    "answer-differs",
                    found="the graph gives another answer from here on",
                    fix=_MEND,
                )
            )
    for name in sorted(there.keys() - wanted.keys()):
        path = layout.name(layout.answers / name)
        findings.append(Finding.at(path, "answer-missing", found="an answer to no question", fix="Remove it"))
    return findings


def find_ties(question: Question, answer: Solutions) -> int:
    """Return the number (from 1) of the first row that the question's ORDER BY does not tell from another; 0 for none.

    Variables that are ordered by but not projected count as telling nothing apart.
    """
    columns = [answer.variables.index(name) for name in question.order if name in answer.variables]
    met: set[tuple[object, ...]] = set()
    for number, row in enumerate(answer.rows, 1):
        key = tuple(row[i] for i in columns)
        if key in met:
            return number
        met.add(key)
    return 0


def _make_answers(layout: Layout, run: QueryEngine) -> dict[str, bytes]:
    naming = read_naming(layout)
    answers: dict[str, bytes] = {}
    findings: list[Finding] = []
    for question in read_questions(layout).values():
        answer, claims = ask_with_claims(question, question.usual_values, naming, run)
        tie = find_ties(question, answer)
        if tie:
            found = f"ORDER BY leaves row {tie} of its answer and an earlier one in either order"
            findings.append(Finding.at(question.path, "order-open", found=found))
        if not answer.rows:
            found, fix = "its answer over the graph has no row", "Correct the query or its defaults, or remove it"
            findings.append(Finding.at(question.path, "order-open", found=found, fix=fix))
        bare = next((number for number, behind in enumerate(claims, 1) if not behind), 0)
        if bare:
            found, fix = f"no claim stands behind row {bare} of its answer", "Correct the query, or what evidence names"
            findings.append(Finding.at(question.path, "evidence-form", found=found, fix=fix))
        answers[f"{question.slug}.csv"] = write_csv(answer, guarded=False).encode()
    if findings:
        raise InputError(findings)
    return answers


def _read(path: Path | None) -> bytes | None:
    return path.read_bytes() if path is not None else None


def _find_difference(found: bytes, wanted: bytes) -> int:
    """Return the first line (from 1) where two texts differ."""
    left, right = found.split(b"\n"), wanted.split(b"\n")
    differing = (n for n, (a, b) in enumerate(zip(left, right, strict=False), 1) if a != b)
    return next(differing, min(len(left), len(right)))
