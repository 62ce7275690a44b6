"""What an IRI of the graph leads back to: record, claim, entity, date."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from testimonia.core.evidence import Lock, LockedInterview
from testimonia.core.record import Claim, Position, Record, Records
from testimonia.validation.dates import find_first_dates
from testimonia.vocabulary.reading import Vocabulary


@dataclass(slots=True)
class GraphIndex:
    """Everything that a data set's graph is made of, by the ids that its IRIs are minted from.

    `subjects` says where IRIs that no record mints (terms, classes) stand; `keys` gives the key that writes a property
    (IRI); `things` the first claim that names a happening with `as:`, by its slug; `dates` the first use of a date.
    """

    records: Records
    lock: Lock
    vocabulary: Vocabulary
    subjects: Mapping[str, Position]
    keys: dict[str, str] = field(init=False)
    interviews: dict[str, Record] = field(init=False)
    claims: dict[tuple[str, str], Claim] = field(init=False)
    things: dict[str, tuple[str, Claim]] = field(init=False)
    dates: dict[str, tuple[str, str, Position]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the records by their ids."""
        records = self.records.records
        self.keys = {key.property: name for name, key in self.vocabulary.keys.items()}
        self.interviews = {r.interview.text: r for r in records}
        self.claims = {(r.interview.text, c.id.text): c for r in records for c in r.claims}
        named = ((c.thing.text, r.interview.text, c) for r in reversed(records) for c in reversed(r.claims) if c.thing)
        self.things = {slug: (interview, claim) for slug, interview, claim in named}
        self.dates = find_first_dates(self.records, self.vocabulary)

    def cut(self, iri: str) -> tuple[str, str]:
        """Return the kind of a node (interview, id, date, graph, "" for what is not the data set's) and the rest."""
        base = self.records.base
        kind, _, rest = iri.removeprefix(base).partition("/") if base and iri.startswith(base) else ("", "", "")
        return kind, rest

    def get_locked(self, interview: str) -> LockedInterview | None:
        """Return what the lock holds of an interview; None where it has none."""
        return self.lock.interviews.get(interview)


def split_iri(path: str, parts: int) -> list[str]:
    """Cut the path of an IRI into so many parts: the last holds all the rest, "" stands for those it has not.

    >>> split_iri("val-solen/claim/5/figure/detained/minors", 3)
    ['val-solen', 'claim', '5/figure/detained/minors']
    >>> split_iri("val-solen", 3)
    ['val-solen', '', '']
    """
    found = path.split("/", parts - 1)
    return found + [""] * (parts - len(found))
