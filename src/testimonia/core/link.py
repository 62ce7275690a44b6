"""Links to other data sets: judgements whether one of our entities is the same as something there."""

from dataclasses import dataclass

from testimonia.core.namespaces import expand
from testimonia.core.record import Position

SAME = (expand("skos:exactMatch"), expand("owl:sameAs"))
"""Properties that say of two things that they are the same."""

LINK_PROPERTIES = (
    *SAME,
    *(expand(f"skos:{name}") for name in ("closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
)
"""What a link may say; statements with these stand in the named graph `links`."""


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a file of links; subject, predicate, object, justification and reviewer are IRIs.

    `negated` denies it. `confidence` lies between 0 and 1, None where none is given; `date` is the
    day of the judgement, `reviewer` and `date` are "" where they are left out. `path` and `line` (1-based) say where it
    stands; the labels are for readers.
    """

    subject: str
    predicate: str
    object: str
    negated: bool
    justification: str
    confidence: float | None
    reviewer: str
    date: str
    path: str
    line: int
    subject_label: str = ""
    object_label: str = ""

    @property
    def position(self) -> Position:
        """Where its line begins."""
        return Position(self.path, self.line, 1)

    @property
    def is_same(self) -> bool:
        """Whether it says that the two are the same."""
        return self.predicate in SAME and not self.negated

    @property
    def is_stated(self) -> bool:
        """Whether it is a statement of the graph: neither denied nor left open."""
        return self.predicate in LINK_PROPERTIES and not self.negated
