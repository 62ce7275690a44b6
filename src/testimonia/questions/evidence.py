"""The answer to a question with the claims behind each row: who states them, whom they cite, where.

The words themselves are never part of it: passages are given by interview, turn and offsets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, QueryEngine, SolutionRow, Solutions, Term
from testimonia.core.errors import QueryError
from testimonia.questions.asking import bind_question, sort_lists
from testimonia.questions.question import Question
from testimonia.questions.values import check_values
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming, declare_prefixes
from testimonia.sparql.evidence import add_evidence
from testimonia.sparql.parameters import write_term

COLUMNS = ("evidence_claims", "evidence_stated_by", "evidence_cites", "evidence_where")
"""The columns of evidence in formats that are tables of values; each has one entry for each claim, in one order."""

_AT_ONCE = 500
_PREFIXES = declare_prefixes("oa", "rdfs", "t")
_BACKING = """
    SELECT ?claim ?voice ?cited ?modality ?file ?turn ?start ?end {
      VALUES ?claim { %s }
      ?claim t:statedBy ?speaker ; t:accordingTo ?source .
      ?speaker rdfs:label ?voice .
      OPTIONAL { ?claim t:modality ?modality }
      OPTIONAL { ?source rdfs:label ?cited . FILTER(?source != ?speaker) }
      OPTIONAL {
        ?claim t:inInterview/t:source ?file ; t:evidence ?passage .
        ?passage t:inTurn ?turn ; oa:start ?start ; oa:end ?end .
      }
    }"""


@dataclass(frozen=True, slots=True, order=True)
class EvidencePassage:
    """The place of a passage: source file, turn (1-based), offsets in code points (0-based, end-exclusive)."""

    source: str
    turn: int
    start: int
    end: int

    def __str__(self) -> str:
        """Return the place in words.

        >>> print(EvidencePassage("lantern.txt", 4, 393, 518))
        lantern.txt, turn 4, 393-518
        """
        return f"{self.source}, turn {self.turn}, {self.start}-{self.end}"


@dataclass(slots=True)
class Backing:
    """A claim (IRI) that is evidence of a row: its modality (IRI), who states it, whom they cite, its passages."""

    claim: str
    modality: str = ""
    stated_by: set[str] = field(default_factory=set)
    cites: set[str] = field(default_factory=set)
    passages: set[EvidencePassage] = field(default_factory=set)

    @property
    def who(self) -> str:
        """Who states it and whom they cite, in words.

        >>> Backing("https://example.org/a", "", {"Mira Solen"}, {"The Daily Harbour"}).who
        'Mira Solen, citing The Daily Harbour'
        """
        speakers = _join(self.stated_by)
        return f"{speakers}, citing {_join(self.cites)}" if self.cites else speakers


@dataclass(frozen=True, slots=True)
class Evidenced:
    """An answer with the claims behind each of its rows, in the order of the rows."""

    answer: Solutions
    backing: tuple[tuple[Backing, ...], ...]

    def widen(self) -> Solutions:
        """Return the answer with the additional columns `COLUMNS`."""
        rows = zip(self.answer.rows, self.backing, strict=True)
        return Solutions(
            (*self.answer.variables, *COLUMNS), tuple((*row, *_make_cells(behind)) for row, behind in rows)
        )


def ask_with_evidence(question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine) -> Evidenced:
    """Return the answer to a question with the claims behind each row; QueryError as `ask_question`."""
    answer, claims = ask_with_claims(question, values, naming, run)
    found = find_backing(chain.from_iterable(claims), run)
    backing = [tuple(found[claim] for claim in behind if claim in found) for behind in claims]
    return Evidenced(answer, tuple(backing))


def ask_with_claims(
    question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine
) -> tuple[Solutions, tuple[tuple[str, ...], ...]]:
    """Return the answer to a question, and the claims (IRIs) behind each row, by interview and number."""
    query, columns = add_evidence(bind_question(question, values, naming), question.evidence, separator=SEPARATOR)
    check_values(question, values, naming, run)
    found = sort_lists(question, run(query))
    shown = _pick_columns(found, question.columns)
    behind = _pick_columns(found, [columns[name] for name in question.evidence])
    return Solutions(tuple(question.columns), shown), tuple(map(_read_claims, behind))


def _pick_columns(answer: Solutions, names: Iterable[str]) -> tuple[SolutionRow, ...]:
    """Return the rows of an answer with some of its columns."""
    places = [answer.variables.index(name) for name in names]
    return tuple(tuple(row[place] for place in places) for row in answer.rows)


def find_backing(claims: Iterable[str], run: QueryEngine) -> dict[str, Backing]:
    """Return claim IRI → its backing; IRIs that are no claims of the data are left out.

    QueryError when the answer is no table.
    """
    wanted = [write_term(ox.NamedNode(claim)) for claim in dict.fromkeys(claims)]
    found: dict[str, Backing] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        answer = run(_PREFIXES + _BACKING % " ".join(wanted[at : at + _AT_ONCE]))
        if not isinstance(answer, Solutions):
            raise QueryError("the claims behind the answer gave no table")
        for claim, voice, cited, modality, source, turn, start, end in answer.rows:
            backing = found.setdefault(get_value(claim), Backing(get_value(claim), get_value(modality)))
            backing.stated_by.add(get_value(voice))
            if cited is not None:
                backing.cites.add(get_value(cited))
            if source is None:
                continue
            number = int(get_value(turn).rpartition("/")[2])
            backing.passages.add(EvidencePassage(get_value(source), number, int(get_value(start)), int(get_value(end))))
    return found


def _read_claims(cells: Iterable[Term | None]) -> tuple[str, ...]:
    """Return the IRIs in some cells, each with one IRI or a list of them, by interview and number."""
    iris = set(chain.from_iterable(get_value(cell).split(SEPARATOR) for cell in cells))
    return tuple(sorted(iris - {""}, key=lambda iri: (iri.rpartition("/")[0], len(iri), iri)))


def _make_cells(behind: tuple[Backing, ...]) -> list[ox.Literal]:
    """Return the cells of `COLUMNS` for the claims behind a row."""
    columns: list[list[str]] = [[] for _ in COLUMNS]
    for backing in behind:
        passages = " and ".join(map(str, sorted(backing.passages)))
        entries = (backing.claim, _join(backing.stated_by), _join(backing.cites) or "nobody", passages)
        for column, entry in zip(columns, entries, strict=True):
            column.append(entry)
    return [ox.Literal(SEPARATOR.join(column)) for column in columns]


def _join(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))
