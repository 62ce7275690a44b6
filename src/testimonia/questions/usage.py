"""The number of claims that use each term of the vocabulary.

A claim uses a term when it refers to the term itself, or a node that it refers to does (thing, figure, entity). A term
used by one claim or none deserves a look, unless a `skos:editorialNote` says why it is kept, or why its scheme is
complete, or it has narrower terms.
"""

from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.namespaces import TERM
from testimonia.rdf.short_names import declare_prefixes
from testimonia.rdf.store import select_values

_PREFIXES = declare_prefixes("skos", "t")
_TERMS = """
    SELECT ?term (COUNT(?under) AS ?narrower) (SAMPLE(?own) AS ?reason) (SAMPLE(?whole) AS ?scale) {
      ?term a skos:Concept ; skos:inScheme ?scheme .
      OPTIONAL { ?under skos:broader ?term }
      OPTIONAL { ?term skos:editorialNote ?own }
      OPTIONAL { ?scheme skos:editorialNote ?whole }
    } GROUP BY ?term"""
_CLAIMS = """
    SELECT ?term (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?interview) AS ?interviews) {
      ?claim a t:Claim ; t:inInterview ?interview .
      { ?claim ?names ?term }
      UNION
      { ?claim ?reaches ?node . ?node ?names ?term .
        FILTER NOT EXISTS { ?node a t:Claim } FILTER NOT EXISTS { ?node a skos:Concept } }
      ?term a skos:Concept ; skos:inScheme ?scheme .
    } GROUP BY ?term"""


@dataclass(frozen=True, slots=True, order=True)
class TermUse:
    """The numbers of claims and interviews that use a term, which is given by its scheme and its slug.

    `reason` is why the term is kept, or why its scheme is complete, "" for none; `narrower` is the number of narrower
    terms.
    """

    scheme: str
    slug: str
    claims: int
    interviews: int
    narrower: int = 0
    reason: str = ""

    @property
    def finding(self) -> str:
        """What deserves a look: `unused`, `used once`, or "".

        >>> TermUse("charge", "mockery", 1, 1).finding
        'used once'
        >>> TermUse("hedge", "likely", 0, 0, reason="A whole scale.").finding
        ''
        """
        if self.claims > 1 or self.narrower or self.reason:
            return ""
        return "used once" if self.claims else "unused"


def count_uses(store: ox.Store) -> tuple[TermUse, ...]:
    """Return the use of each term of a graph, sorted by scheme and slug."""
    counts = {term: counts for term, *counts in select_values(store, _PREFIXES + _CLAIMS)}
    uses = []
    for term, narrower, reason, scale in select_values(store, _PREFIXES + _TERMS):
        scheme, _, slug = term.removeprefix(TERM).partition("/")
        claims, interviews = map(int, counts.get(term, ("0", "0")))
        uses.append(TermUse(scheme, slug, claims, interviews, int(narrower), reason or scale))
    return tuple(sorted(uses))
