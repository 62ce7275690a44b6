"""The answer to a question with who says each row, whom they cite, and where.

Never what they say: passages are given by interview, turn and offsets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, QueryEngine, Solutions, Term
from testimonia.core.errors import QueryError
from testimonia.core.namespaces import PREFIXES
from testimonia.questions.asking import bind_question, sort_lists
from testimonia.questions.question import Question
from testimonia.questions.values import check_values
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming
from testimonia.sparql.evidence import add_evidence
from testimonia.sparql.parameters import write_term

COLUMNS = ("evidence_claims", "evidence_stated_by", "evidence_cites", "evidence_where")
"""The columns that evidence is given in by formats that are tables of values; one entry a claim, in the same order."""

_AT_ONCE = 500
_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("oa", "rdfs", "t"))
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
    """Where words stand: file of the source, turn (from 1), offsets in code points (0-based, end-exclusive)."""

    source: str
    turn: int
    start: int
    end: int

    def __str__(self) -> str:
        """Return it in words.

        >>> print(EvidencePassage("lantern.txt", 4, 393, 518))
        lantern.txt, turn 4, 393-518
        """
        return f"{self.source}, turn {self.turn}, {self.start}-{self.end}"


@dataclass(slots=True)
class Backing:
    """A claim (its IRI) that stands behind a row: who says it, whom they cite, where, and its modality (IRI)."""

    claim: str
    modality: str = ""
    stated_by: set[str] = field(default_factory=set)
    cites: set[str] = field(default_factory=set)
    passages: set[EvidencePassage] = field(default_factory=set)

    @property
    def who(self) -> str:
        """Who says it and whom they cite, in words.

        >>> Backing("https://example.org/a", "", {"Mira Solen"}, {"The Daily Harbour"}).who
        'Mira Solen, citing The Daily Harbour'
        """
        said = " and ".join(sorted(self.stated_by))
        return f"{said}, citing {' and '.join(sorted(self.cites))}" if self.cites else said


@dataclass(frozen=True, slots=True)
class Evidenced:
    """An answer with the claims behind each of its rows, in the order of the rows."""

    answer: Solutions
    backing: tuple[tuple[Backing, ...], ...]

    def widen(self) -> Solutions:
        """Return the answer with its evidence in further columns (`COLUMNS`), each a list with one entry a claim."""
        rows = tuple(
            (*row, *(ox.Literal(SEPARATOR.join(entries)) for entries in _list_entries(behind)))
            for row, behind in zip(self.answer.rows, self.backing, strict=True)
        )
        return Solutions((*self.answer.variables, *COLUMNS), rows)


def ask_with_evidence(question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine) -> Evidenced:
    """Return the answer to a question with the claims behind each row; QueryError as `ask_question`."""
    answer, claims = ask_with_claims(question, values, naming, run)
    found = find_backing((claim for behind in claims for claim in behind), run)
    return Evidenced(answer, tuple(tuple(found[claim] for claim in behind if claim in found) for behind in claims))


def ask_with_claims(
    question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine
) -> tuple[Solutions, tuple[tuple[str, ...], ...]]:
    """Return the answer to a question, and the IRIs of the claims behind each row in the order of the interview."""
    query, columns = add_evidence(bind_question(question, values, naming), question.evidence, separator=SEPARATOR)
    check_values(question, values, naming, run)
    found = sort_lists(question, run(query))
    shown = [found.variables.index(name) for name in question.columns]
    behind = [found.variables.index(columns[name]) for name in question.evidence]
    rows = tuple(tuple(row[n] for n in shown) for row in found.rows)
    return Solutions(tuple(question.columns), rows), tuple(_read_claims(row[n] for n in behind) for row in found.rows)


def find_backing(claims: Iterable[str], run: QueryEngine) -> dict[str, Backing]:
    """Return what stands behind claims, by IRI; what is no claim of the data is left out.

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
    """Return the IRIs in cells that hold one or a list of them, by interview and number."""
    iris = {iri for cell in cells if cell is not None for iri in get_value(cell).split(SEPARATOR) if iri}
    return tuple(sorted(iris, key=lambda iri: (iri.rpartition("/")[0], len(iri), iri)))


def _list_entries(behind: tuple[Backing, ...]) -> tuple[list[str], ...]:
    return (
        [backing.claim for backing in behind],
        [" and ".join(sorted(backing.stated_by)) for backing in behind],
        [" and ".join(sorted(backing.cites)) or "nobody" for backing in behind],
        [" and ".join(map(str, sorted(backing.passages))) for backing in behind],
    )
